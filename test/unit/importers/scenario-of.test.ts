/** From items to a scenario file: names, needs through what does not run, owners, places, assumptions, mappings. */
import { describe, expect, it } from "vitest";
import { compose } from "../../../src/importers/compose/compose.js";
import type { Imported, ImportedNeed, Item } from "../../../src/importers/contract.js";
import type { ImportedScenario } from "../../../src/importers/imported-scenario.js";
import { fits, type Mapping, noMapping, parseMapping } from "../../../src/importers/mapping.js";
import { scenarioOf } from "../../../src/importers/scenario-of.js";
import { scenarioText } from "../../../src/importers/scenario-text.js";
import { importOf, noOptions, treeOf } from "../../helpers/imported.js";
import { scenarioOf as parsed } from "../../helpers/scenario.js";

const at = { file: "f.yaml", line: 3, column: 5 };
const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: "Deployment",
  title: id,
  runs: true,
  contains: [],
  data: false,
  at,
  owner: null,
  ownership: null,
  keep: null,
  needs: [],
  needsKnown: true,
  replicas: 1,
  ...more,
});
const need = (on: string, kind: ImportedNeed["kind"] = "hard", certain = true): ImportedNeed => ({
  on,
  kind,
  certain,
  evidence: "words",
  at,
});
const imported = (items: readonly Item[], more: Partial<Imported> = {}): Imported => ({
  format: "kubernetes",
  items,
  managers: [],
  refused: new Map(),
  reads: [],
  issues: [],
  ...more,
});
const write = (
  from: Imported,
  mapping: Mapping = noMapping,
  remove: readonly string[] = [],
): ImportedScenario => scenarioOf(from, mapping, { title: "t", remove });
// biome-ignore lint/suspicious/noExplicitAny: the tests look into documents by path
const documentOf = (from: Imported, mapping?: Mapping): any => write(from, mapping).document;

describe("names", () => {
  it("fit the format, are there once, and keep the title", () => {
    const services = documentOf(
      imported([
        item("x/a@1.service", { title: "a@1.service" }),
        item("one/web", { title: "web" }),
        item("two/web", { title: "web" }),
        item("...", { title: "..." }),
        item("r", { title: "A1..A9" }),
        item("__proto__", { title: "__proto__" }),
      ]),
    ).services;
    expect(Object.keys(services)).toEqual([
      "a-1.service",
      "one-web",
      "two-web",
      "unnamed",
      "A1.A9",
      "proto__",
    ]);
    expect(services["a-1.service"].title).toBe("a@1.service");
    expect(services["one-web"].title).toBe("web");
  });
});

describe("needs", () => {
  it("lead through what does not run, as strong as their weakest step", () => {
    const services = documentOf(
      imported([
        item("a", { needs: [need("t"), need("u", "soft")] }),
        item("t", { runs: false, needs: [need("b"), need("c", "startup"), need("d", "soft")] }),
        item("u", { runs: false, needs: [need("e")] }),
        ...["b", "c", "d", "e"].map((id) => item(id)),
      ]),
    ).services;
    expect(services.a.needs).toEqual([
      { service: "b", kind: "hard", from: "f.yaml:3:5 words (t) -> words" },
      { service: "c", kind: "startup", from: "f.yaml:3:5 words (t) -> words" },
      { service: "e", kind: "soft", from: "f.yaml:3:5 words (u) -> words" },
    ]);
  });

  it("circles through what does not run end, and nobody needs itself", () => {
    const services = documentOf(
      imported([
        item("a", { needs: [need("t"), need("a")] }),
        item("t", { runs: false, needs: [need("t"), need("a")] }),
      ]),
    ).services;
    expect(services.a.needs).toBeUndefined();
  });

  it("that are inferred are marked, and a mapping makes more or less of them", () => {
    const from = imported([item("a", { needs: [need("b", "soft", false)] }), item("b")]);
    expect(documentOf(from).services.a.needs[0]).toMatchObject({
      kind: "soft",
      assumed: "inferred, stated nowhere",
    });
    expect(documentOf(from, { inferred: "hard" }).services.a.needs[0].kind).toBe("hard");
    expect(documentOf(from, { inferred: "leave-out" }).services.a.needs).toBeUndefined();
    expect(write(from).counts).toMatchObject({ statedNeeds: 0, inferredNeeds: 1 });
  });

  it("that are unknown are said to be", () => {
    const result = write(imported([item("a", { needsKnown: false }), item("b")]));
    expect(result.counts.unknownNeeds).toBe(1);
    expect(JSON.stringify(result.document)).toContain("needs are unknown");
  });

  it("on data make a service with state", () => {
    const data = (owner: string | null, keep: Item["keep"]): unknown =>
      documentOf(
        imported([
          item("db", { needs: [need("disk")] }),
          item("disk", { runs: false, data: true, owner, keep }),
          item("o", {
            runs: false,
            ownership: { omitted: "delete", deleted: "delete", refused: "keep", because: [] },
          }),
        ]),
      ).services.db.state.onRemove;
    expect(data(null, null)).toBe("retain");
    expect(data("o", null)).toBe("delete");
    expect(data("o", { text: "helm.sh/resource-policy: keep", at })).toBe("retain");
  });
});

describe("owners and managers", () => {
  const owner = item("o", {
    kind: "Kustomization",
    runs: false,
    owner: "top",
    ownership: {
      omitted: "delete",
      deleted: "keep",
      refused: "keep",
      because: [{ text: "prune: true", at }],
    },
  });
  const top = item("top", {
    runs: false,
    ownership: { omitted: "keep", deleted: "delete", refused: "keep", because: [] },
  });
  const manager = {
    name: "flux",
    preset: "flux/kustomization",
    service: null,
    reads: ["git"],
    roots: ["top"],
    at,
  };

  it("become objects of the manager on whose root they hang", () => {
    const document = documentOf(
      imported([item("a", { owner: "o" }), item("b"), item("git", { owner: "top" }), owner, top], {
        managers: [manager],
      }),
    );
    expect(document.objects).toEqual({
      o: {
        manager: "flux",
        owns: ["a"],
        finalizer: "orphan",
        prune: true,
        from: "f.yaml:3:5 Kustomization, prune: true",
      },
      top: {
        manager: "flux",
        owns: ["git", "o"],
        finalizer: "cascade",
        prune: false,
        from: "f.yaml:3:5 Deployment",
      },
    });
    expect([document.services.a.manager, document.services.b.manager]).toEqual(["flux", null]);
    expect(document.managers.flux).toMatchObject({ reads: ["git"], from: "f.yaml:3:5 flux/kustomization" });
  });

  it("are the preset of the catalogue, or what the mapping says", () => {
    const from = imported([item("a", { owner: "o" }), owner, top], { managers: [{ ...manager, reads: [] }] });
    expect(documentOf(from).managers.flux).toEqual({
      model: "flux/kustomization",
      from: "f.yaml:3:5 flux/kustomization",
    });
    expect(documentOf(from, { managers: { flux: "pruning" } }).managers.flux.model).toBe("pruning");
  });

  it("own no object that a setting keeps, and none that owns what owns it", () => {
    const kept = { ...owner, keep: { text: "prune: disabled", at } };
    const objects = (one: Item): object =>
      documentOf(
        imported([item("a", { owner: "o" }), item("git", { owner: "top" }), one, top], {
          managers: [manager],
        }),
      ).objects;
    expect(objects(kept)).toMatchObject({ o: { owns: ["a"] }, top: { owns: ["git"] } });
    expect(objects({ ...kept, keepOnly: "omitted" })).toMatchObject({ top: { owns: ["git", "o"] } });
    const circle = [item("a", { owner: "o" }), owner, { ...top, owner: "o" }];
    expect(documentOf(imported(circle, { managers: [{ ...manager, reads: [] }] })).objects).toMatchObject({
      o: { owns: ["a"] },
    });
  });

  it("that own each other in a circle are nobody's", () => {
    const document = documentOf(
      imported([
        item("a", { owner: "o" }),
        { ...owner, owner: "p" },
        { ...owner, id: "p", title: "p", owner: "o" },
      ]),
    );
    expect(document.services.a.manager).toBeNull();
    expect(document.objects).toBeUndefined();
  });
});

describe("a mapping", () => {
  const file = `
regions: { eu: { members: [eu-1, eu-2] }, us: { members: [us-1] } }
services:
  "web*": { placement: global, deploy: 1m }
kinds:
  Deployment: { deploy: { p50: 3m, p90: 9m }, byHand: true }
`;

  it("gives regions, deploy times and placement, by name before kind", () => {
    const mapping = parseMapping(file, "map.yaml");
    if (!mapping.ok) throw new Error("a good mapping");
    const document = documentOf(imported([item("web-1"), item("db")]), mapping.value);
    expect(document.regions).toEqual({ eu: { members: ["eu-1", "eu-2"] }, us: { members: ["us-1"] } });
    expect(document.services["web-1"]).toMatchObject({ placement: "global", deploy: "1m", byHand: true });
    expect(document.services.db).toMatchObject({ deploy: { p50: "3m", p90: "9m" }, byHand: true });
    expect(document.services.db.assumed).toBeUndefined();
  });

  it.each([
    ["nix: 1", "1:1 unknown-key"],
    ["services: { a: { deploy: soon } }", "1:26 wrong-format"],
    ["services: { a: { deploy: { p50: 9m, p90: 3m } } }", "1:26 wrong-distribution"],
    ["kinds: { X: { placement: everywhere } }", "1:26 wrong-value"],
    ["regions: { eu: [] }", "1:16 wrong-type"],
    ["[", "1:2 yaml"],
    ["", "1:1 empty"],
  ])("%s is told with its place", (text, expected) => {
    const mapping = parseMapping(text, "map.yaml");
    const [first] = mapping.ok ? [] : mapping.error;
    expect(`${first?.line}:${first?.column} ${first?.code}`).toBe(expected);
  });

  it("that fits nothing is told", () => {
    const from = imported([item("web")]);
    const { issues } = write(from, { services: { wep: {} }, kinds: { Job: {} }, managers: { m: "x" } }, [
      "wab",
    ]);
    expect(issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "error unknown-service",
      "warning unused-mapping",
      "warning unused-mapping",
      "warning unused-mapping",
    ]);
    expect(issues[0]!.hint).toBe('did you mean "web"?');
  });

  it.each([
    ["web", "web", true],
    ["web*", "web", true],
    ["*b", "web", true],
    ["w*b", "web", true],
    ["w*e*b", "web", true],
    ["we*eb", "web", false],
    ["*x*", "web", false],
    ["web", "web-1", false],
  ])("%s fits %s: %s", (key, name, expected) => {
    expect(fits(key, [name])).toBe(expected);
  });
});

describe("the text", () => {
  const shop = {
    "compose.yaml":
      "services:\n  web: { image: w, depends_on: [db], scale: 2 }\n  db: { image: d, volumes: [data:/x], environment: [CACHE=cache:1] }\n  cache: { image: c }\nvolumes: { data: }\n",
  };

  it("is a scenario that can be read and run, and the same bytes every time", () => {
    const make = (): string => scenarioText("compose", write(importOf(compose, shop), noMapping, ["cache"]));
    const scenario = parsed(make());
    expect(scenario.variants[0]!.spec.fleet.services.map(({ name }) => name)).toEqual(["cache", "db", "web"]);
    expect(scenario.variants[0]!.spec.changes).toHaveLength(1);
    expect(make()).toBe(make());
  });

  it("says first what was taken for granted", () => {
    const text = scenarioText("compose", write(importOf(compose, shop)));
    expect(text.split("\n").filter((line) => line.startsWith("#"))).toEqual([
      "# Made by `fleetquake import compose`. `from` is file:line:column, relative to the folder that was read.",
      "# Needs: 1 stated, 1 inferred, unknown for 2 of 3 services.",
      "# Taken for granted:",
      "# - deploy time of a service: p50 15s, p90 1m (--map: kinds or services)",
      "# - regions: one, default-1 (--map: regions)",
      "# - time to restore data: p50 1h, p90 3h",
      "# - 1 need is inferred; each says from what (--map: inferred)",
      "# - 2 services have unknown needs: unknown is not independent, add what they need",
    ]);
  });

  it("does not depend on the order in which files are found", () => {
    const files = {
      "a/compose.yaml": shop["compose.yaml"],
      "b/compose.yaml": "services: { web: { image: x } }",
    };
    const tree = treeOf(files);
    const turned = { ...tree, files: new Map([...tree.files].reverse()) };
    const text = (one: typeof tree): string => scenarioText("compose", write(compose.read(one, noOptions)));
    expect(text(turned)).toBe(text(tree));
  });
});
