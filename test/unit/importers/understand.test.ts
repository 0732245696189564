/** What managers of a run read of files of another format, whole and damaged. */
import { describe, expect, it } from "vitest";
import { compose } from "../../../src/importers/compose/compose.js";
import type { Importer } from "../../../src/importers/contract.js";
import { flux } from "../../../src/importers/flux/flux.js";
import { supervisord } from "../../../src/importers/supervisord/supervisord.js";
import { foreignFormat } from "../../../src/importers/understand.js";
import { filesOf } from "../../../src/models/config/files.js";
import { tellImported } from "../../../src/models/config/imported.js";
import { type Reader, readerOf } from "../../../src/models/config/read.js";
import type { ImportedSpec } from "../../../src/models/config/spec.js";
import { ticketDocument } from "../../../src/models/config/ticket.js";
import type { Doc, Entry, Reading, Self } from "../../../src/models/managers/contract.js";
import { deployment, fluxTree } from "../../helpers/flux-tree.js";

type Texts = Readonly<Record<string, string>>;

const specOf = (format: string, texts: Texts): ImportedSpec => ({
  kind: "imported",
  format,
  root: null,
  documents: Object.entries(texts).map(([id, text]) => ({ id, text })),
  links: {},
  entry: [],
  variables: {},
  profiles: [],
});

/** The documents with some texts replaced; null: the file is gone. */
const changed = (files: readonly Doc[], texts: Readonly<Record<string, string | null>>): readonly Doc[] =>
  files.flatMap((doc) => {
    const text = texts[doc.id.slice("files/".length)];
    return text === null ? [] : [text === undefined ? doc : { ...doc, version: 2, text }];
  });

interface Setting {
  readonly files: readonly Doc[];
  readonly read: (texts: Readonly<Record<string, string | null>>, ...also: readonly Doc[]) => Reading;
}

function settingOf(importer: Importer, texts: Texts, manager: string, names: readonly string[]): Setting {
  const spec = specOf(importer.format, texts);
  const files = filesOf(spec);
  const managers = new Map(names.map((name) => [name, manager]));
  const understand = foreignFormat(importer).understand(spec);
  const reader: Reader = readerOf(tellImported(understand, files, { managers, selfManaged: new Set() }));
  const self: Self = { manager, cell: "global", service: null, managerServices: {}, objects: [] };
  return { files, read: (damage, ...also) => reader([...changed(files, damage), ...also], self) };
}

const shown = (entry: Entry | undefined): string =>
  entry === undefined ? "omitted" : entry.is === "unknown" ? `unknown ${entry.error.code}` : entry.is;

describe("a compose project", () => {
  const shop =
    "name: shop\nservices:\n  web: { image: w, depends_on: [db] }\n  db: { image: d }\n  old: { image: o }\n";
  const { read } = settingOf(compose, { "compose.yaml": shop }, "shop", ["web", "db", "old"]);

  it("is there as a whole", () => {
    const { own, entries, version, whole } = read({});
    expect([version, whole]).toEqual([1, "complete"]);
    expect(own).toMatchObject({ is: "present", spec: { manages: ["db", "old", "web"] } });
    expect(entries["web"]).toMatchObject({ spec: { name: "web", manager: "shop", needs: ["db"] } });
  });

  it("lacks what was cut off, and says so as present or omitted, never as an error", () => {
    const { own, entries, version } = read({ "compose.yaml": shop.slice(0, shop.indexOf("  old")) });
    expect(version).toBe(2);
    expect(own.is).toBe("present");
    expect(["web", "db", "old"].map((name) => shown(entries[name]))).toEqual([
      "present",
      "present",
      "omitted",
    ]);
  });

  it("that does not parse is unknown with all that was in it", () => {
    const { own, entries } = read({ "compose.yaml": shop.replace("{ image: o }", "{ image: o") });
    expect(own).toMatchObject({ is: "unknown", error: { file: "compose.yaml" } });
    for (const name of ["web", "db", "old"]) expect(shown(entries[name])).not.toBe("omitted");
  });

  it("whose file is gone configures nobody", () => {
    const other = settingOf(compose, { "compose.yaml": shop, "a.env": "" }, "shop", ["web", "db", "old"]);
    expect(other.read({ "compose.yaml": null }).own).toMatchObject({
      is: "unknown",
      error: { code: "no-configuration" },
    });
  });

  it("keeps names: another service of a name that was taken gets one of its own", () => {
    const { entries } = read({ "compose.yaml": shop.replace("  old:", "  older:") });
    expect([shown(entries["old"]), shown(entries["older"])]).toEqual(["omitted", "present"]);
    expect(entries["older"]).toMatchObject({ spec: { manager: "shop" } });
  });

  it("reads removals from tickets, as all managers do", () => {
    const ticket = { id: "change-1", removes: ["old"], author: "a", scope: null, approvals: [] };
    const cut = { "compose.yaml": shop.slice(0, shop.indexOf("  old")) };
    expect(read(cut, ticketDocument(ticket)).entries["old"]).toMatchObject({ is: "removed", ticket });
  });

  it("has what the scenario left out as little as the scenario", () => {
    const { read: readLess } = settingOf(compose, { "compose.yaml": shop }, "shop", ["web", "db"]);
    expect(readLess({}).own).toMatchObject({ spec: { manages: ["db", "web"] } });
    expect(Object.keys(readLess({}).entries)).toEqual(["db", "web"]);
  });
});

describe("a supervisord.conf", () => {
  const text = "[supervisord]\n\n[program:a]\ncommand=/a\n\n[program:b]\ncommand=/b\n";
  const { read } = settingOf(supervisord, { "supervisord.conf": text }, "supervisord", ["a", "b"]);

  it("cut at a section lacks the program", () => {
    const { own, entries } = read({ "supervisord.conf": text.slice(0, text.indexOf("[program:b]")) });
    expect([own.is, shown(entries["a"]), shown(entries["b"])]).toEqual(["present", "present", "omitted"]);
  });

  it("with one wrong value is refused whole, and nothing of it is gone", () => {
    const { own, entries } = read({ "supervisord.conf": text.replace("command=/b", "numprocs=many") });
    expect([own.is, shown(entries["b"])]).not.toContain("omitted");
    expect(own.is).toBe("unknown");
  });
});

describe("a flux repository", () => {
  const { read } = settingOf(flux, fluxTree, "flux", ["default-store", "default-web", "flux-system-apps"]);

  it("lists objects beside what they own", () => {
    const { own, entries } = read({});
    expect(own.is).toBe("present");
    expect(entries["flux-system-apps"]).toMatchObject({ spec: { owns: ["default-store", "default-web"] } });
  });

  it("with a broken manifest refuses the Kustomization, and keeps what it owned unknown", () => {
    const { own, entries } = read({ "apps/web.yaml": "apiVersion: [apps/v1\n" });
    expect(own.is).toBe("present");
    expect(shown(entries["flux-system-apps"])).toMatch(/^unknown/);
    expect(shown(entries["default-web"])).toMatch(/^unknown/);
    expect(entries["default-web"]).toMatchObject({ error: { file: "apps/web.yaml" } });
  });

  it("whose list loses a line lacks what it led to", () => {
    const { entries } = read({ "apps/kustomization.yaml": "resources: [store.yaml]\n" });
    expect([shown(entries["flux-system-apps"]), shown(entries["default-web"])]).toEqual([
      "present",
      "omitted",
    ]);
  });

  it("with another number of replicas is an update", () => {
    const revision = (texts: Texts) => {
      const entry = read(texts).entries["default-web"];
      return entry?.is === "present" ? entry.spec.revision : null;
    };
    expect(revision({ "apps/web.yaml": deployment("web", 2) })).not.toBe(revision({}));
    expect(revision({ "apps/web.yaml": `# a comment\n${fluxTree["apps/web.yaml"]}` })).toBe(revision({}));
  });
});
