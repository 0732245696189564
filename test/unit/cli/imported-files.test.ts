/** Scenarios that keep the user's own files behind them: mutations strike these, and findings point at them. */
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";

function fixture(name: string): string {
  const folder = temporaryFolder();
  cpSync(join(root, "test/fixtures/imported", name), join(folder, name), { recursive: true });
  return folder;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Found {
  readonly property: string;
  readonly counterexample: { readonly mutations: readonly { readonly op: string }[]; readonly place: Place };
}

const cases = [
  { format: "compose", name: "shop", took: /^shop took away (web|mail|db) / },
  { format: "supervisord", name: "host", took: /^supervisord took away (api|worker|mailer) / },
  { format: "flux", name: "cluster", took: /^flux took away shop-(store|web) / },
];

describe.each(cases)("$format: files of the user", ({ format, name, took }) => {
  const folder = fixture(name);
  const file = `${name}.yaml`;

  it("stay behind the scenario, which validates, and of which nothing goes by itself", () => {
    expect(cli(["import", format, name, "--out", file], folder).code).toBe(0);
    expect(readFileSync(join(folder, file), "utf8")).toContain(
      `configuration:\n  import: ${format}\n  root: ./${name}\n`,
    );
    expect(cli(["validate", file], folder)).toMatchObject({ code: 0, err: "" });
    expect(cli(["run", file], folder).out).toMatch(/default +0 +0 /);
  });

  it("are struck by mistakes in their text, and what goes then is told with file and line", () => {
    const args = ["check", file, "--only", "text", "--runs", "20", "--format", "json,sarif"];
    expect(cli(args, folder).code).toBe(1);
    const result = JSON.parse(readFileSync(join(folder, "reports", name, "check.json"), "utf8")).results[0];
    const found: Found[] = result.findings;
    const lost = found.find(({ property }) => property === "no-collateral-removal")!;
    expect(result.findings[found.indexOf(lost)].decision).toMatch(took);
    const { place, mutations } = lost.counterexample;
    expect(mutations.map(({ op }) => op[0])).toEqual(["T"]);
    expect(place.file.startsWith(`${name}/`)).toBe(true);
    const lines = readFileSync(join(folder, place.file), "utf8").split("\n");
    expect(place.line).toBeGreaterThan(1);
    expect(place.line).toBeLessThanOrEqual(lines.length);
    const sarif = JSON.parse(readFileSync(join(folder, "reports", name, "check.sarif"), "utf8"));
    const places = sarif.runs[0].results.map((item: { locations: [{ physicalLocation: unknown }] }) => [
      item.locations[0].physicalLocation,
    ]);
    expect(places).toContainEqual([
      {
        artifactLocation: { uri: place.file, uriBaseId: "%SRCROOT%" },
        region: { startLine: place.line, startColumn: place.column },
      },
    ]);
  });

  it("are not needed to replay what was found", () => {
    renameSync(join(folder, name), join(folder, "elsewhere"));
    const kept = `reports/${name}/counterexamples/${name}-default-no-collateral-removal-1.yaml`;
    expect(cli(["replay", kept], folder).out).toContain("The same violation of no-collateral-removal");
  });
});

it("structure of foreign files is not struck: there are no such sites", () => {
  const folder = fixture("shop");
  cli(["import", "compose", "shop", "--out", "shop.yaml"], folder);
  const { out } = cli(["check", "shop.yaml", "--only", "S", "--runs", "10"], folder);
  expect(out).toContain("1 case judged");
  expect(out).toContain("searched   examples: the scenario as it is; 1 of 1 case\n");
});

describe("a removal that is asked for", () => {
  const folder = fixture("shop");
  const scenario = (service: string): string => {
    cli(["import", "compose", "shop", "--remove", service, "--out", "shop.yaml"], folder);
    return readFileSync(join(folder, "shop.yaml"), "utf8");
  };

  it("takes its entry out of the file, and is carried out as meant", () => {
    expect(scenario("mail")).toContain(
      "- text: files/compose.yaml\n        replace: |2\n            mail:\n              image: shop/mail:1\n",
    );
    const { out } = cli(["run", "shop.yaml"], folder);
    expect(out).toMatch(/default +1 +0 .*holds/);
  });

  it("is left to people where others need the entry", () => {
    const text = scenario("db");
    expect(text).not.toContain("import: compose");
    expect(text).toContain("configuration: derived, since");
  });
});

describe("what does not fit is told with its place", () => {
  const folder = fixture("shop");
  cli(["import", "compose", "shop", "--out", "shop.yaml"], folder);
  const text = readFileSync(join(folder, "shop.yaml"), "utf8");
  const told = (changed: string, at = "x.yaml"): string => {
    mkdirSync(join(folder, "inside"), { recursive: true });
    writeFileSync(join(folder, at), changed);
    const { code, err } = cli(["validate", at], folder);
    expect(code).toBe(2);
    return err;
  };

  it("a folder outside of the scenario's own", () => {
    expect(told(text.replace("./shop", "../shop"), "inside/x.yaml")).toMatch(
      /inside\/x\.yaml:\d+:\d+: error outside: /,
    );
    expect(told(text.replace("./shop", "/etc"))).toMatch(/x\.yaml:\d+:\d+: error outside: /);
    expect(cli(["import", "compose", "shop", "--out", "inside/shop.yaml"], folder).code).toBe(0);
    expect(readFileSync(join(folder, "inside/shop.yaml"), "utf8")).not.toContain("configuration:");
  });

  it("a format that nobody knows, a folder that is not there, neither folder nor files", () => {
    expect(told(text.replace("import: compose", "import: compos"))).toContain('did you mean "compose"?');
    expect(told(text.replace("./shop", "./shops"))).toMatch(/x\.yaml:\d+:\d+: error no-file: /);
    expect(told(text.replace("  root: ./shop\n", ""))).toMatch(/x\.yaml:\d+:\d+: error missing: /);
  });

  it("a service that no file describes, and a change without edits", () => {
    expect(told(text.replace("  mail:\n", "  mial:\n"))).toMatch(
      /x\.yaml:\d+:\d+: error not-described: mial .*\n.*did you mean "mail"/,
    );
    expect(told(`${text}changes:\n  - { at: 10m, intend: { remove: [mail] } }\n`)).toMatch(
      /x\.yaml:\d+:\d+: error no-edits: /,
    );
  });
});

it("values of environment variables are kept only where they change what managers read", () => {
  const folder = temporaryFolder();
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, "shop"));
  write("shop/.env", "COMPOSE_REMOVE_ORPHANS=1\nPASSWORD=hunter2\n");
  const web = ["  web:", "    image: w", "    scale: $N", "    environment: [KEY=$KEY, P=$PASSWORD]"];
  write("shop/compose.yaml", ["name: shop", "services:", "  db: { image: d }", ...web, ""].join("\n"));
  const env = ["--env", "N=3", "--env", "KEY=hunter3"];
  const { code } = cli(["import", "compose", "shop", ...env, "--out", "shop.yaml"], folder);
  expect(code).toBe(0);
  const text = readFileSync(join(folder, "shop.yaml"), "utf8");
  expect(text).toContain('  variables:\n    N: "3"\n');
  expect(text).not.toContain("hunter");
  cli(["check", "shop.yaml", "--only", "T02,T03", "--runs", "5"], folder);
  const kept = join(folder, "reports/shop/counterexamples/shop-default-no-collateral-removal-1.yaml");
  expect(readFileSync(kept, "utf8")).toContain("compose.yaml: |");
  for (const path of [kept, join(folder, "reports/shop/check.json"), join(folder, "reports/shop/check.html")])
    expect(readFileSync(path, "utf8")).not.toContain("hunter");
});
