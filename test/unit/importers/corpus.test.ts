/**
 * Real files of other projects: every one gives a value, every value with services a scenario that can be read. The figures
 * are what docs/importers.md says. The corpus lies beside the project and is no part of it: skipped where it is not.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import { readTree } from "../../../src/cli/read-tree.js";
import { argocd } from "../../../src/importers/argocd/argocd.js";
import { compose } from "../../../src/importers/compose/compose.js";
import type { Imported, Importer, Tree } from "../../../src/importers/contract.js";
import { flux } from "../../../src/importers/flux/flux.js";
import { kubernetes } from "../../../src/importers/kubernetes/kubernetes.js";
import { noMapping } from "../../../src/importers/mapping.js";
import { scenarioOf } from "../../../src/importers/scenario-of.js";
import { scenarioText } from "../../../src/importers/scenario-text.js";
import { supervisord } from "../../../src/importers/supervisord/supervisord.js";
import { systemd } from "../../../src/importers/systemd/systemd.js";
import { parseScenario } from "../../../src/scenario/parse.js";
import { known } from "../../helpers/catalogue.js";
import { noOptions } from "../../helpers/imported.js";
import {
  importerDocument,
  repositoriesOf,
  summaryOf,
  type Tried,
  type TriedRepository,
  withParts,
} from "../../helpers/importer-document.js";
import { root } from "../../helpers/scenario.js";

const corpus = join(root, "../shared/corpus");
const here = existsSync(corpus);

function treeOf(folder: string): Tree {
  const tree = readTree(join(corpus, folder));
  if (!tree.ok) throw new Error(formatIssue(tree.error));
  return tree.value;
}

function imported(importer: Importer, tree: Tree, entry: readonly string[]): Imported {
  const value = importer.read(tree, { ...noOptions, entry });
  for (const { file, line, column } of value.issues)
    expect([typeof file, (line ?? 0) > 0, (column ?? 0) > 0]).toEqual(["string", true, true]);
  const written = scenarioOf(value, noMapping, { title: "t", remove: [] });
  if (written.counts.services > 0) {
    const parsed = parseScenario(scenarioText(importer.format, written), "x.yaml", { known });
    expect(parsed.ok ? "" : parsed.error.map(formatIssue).join("\n")).toBe("");
  }
  return value;
}

const folders = (format: string): readonly string[] =>
  readdirSync(join(corpus, format), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

function composeFiles(): readonly Tried[] {
  return folders("compose").flatMap((repository) => {
    const tree = treeOf(`compose/${repository}`);
    const files = [...tree.files.keys()].filter((path) => /\.ya?ml$/.test(path));
    return files.map((path) => ({
      from: repository.replace("__", "/"),
      imported: imported(compose, tree, [path]),
    }));
  });
}

function wholeRepositories(importer: Importer, format: string): readonly TriedRepository[] {
  return folders(format)
    .filter((name) => !name.startsWith("_"))
    .map((name) => {
      const tree = treeOf(`${format}/${name}`);
      const value = importer.read(tree, noOptions);
      return {
        from: name.replace("__", "/"),
        imported: value,
        files: [...tree.files.keys()],
        leftOut: importer.leftOut!(tree, value),
      };
    });
}

function units(): readonly Tried[] {
  const packages = folders("systemd").filter((name) => !name.startsWith("_"));
  const each = packages.map((name) => ({
    from: "Debian, each package",
    imported: imported(systemd, treeOf(`systemd/${name}`), []),
  }));
  return [...each, { from: "Debian, as one machine", imported: imported(systemd, treeOf("systemd"), []) }];
}

describe.skipIf(!here)("the corpus", () => {
  it("is imported without a crash, and docs/importers.md says what came of it", async () => {
    const files = composeFiles();
    expect(files.length).toBeGreaterThan(300);
    const daemon = [
      { from: "Debian, supervisor", imported: imported(supervisord, treeOf("systemd/supervisor"), []) },
    ];
    const repositories = {
      flux: wholeRepositories(flux, "flux"),
      argocd: wholeRepositories(argocd, "argocd"),
      kubernetes: wholeRepositories(kubernetes, "k8s"),
    };
    for (const { from, files: all, imported: value, leftOut } of Object.values(repositories).flat()) {
      // A file is part of the result, or an issue says where and why it is not.
      const told = new Set([...value.reads, ...[...value.issues, ...leftOut].map(({ file }) => file)]);
      expect([from, all.filter((path) => !told.has(path))]).toEqual([from, []]);
      for (const { line, column, message } of leftOut)
        expect([(line ?? 0) > 0, column, message.length > 0]).toEqual([true, 1, true]);
    }
    const document = withParts({
      flux: repositoriesOf(repositories.flux),
      argocd: repositoriesOf(repositories.argocd),
      kubernetes: repositoriesOf(repositories.kubernetes),
      compose: summaryOf("files", files),
      supervisord: summaryOf("folders", daemon),
      systemd: summaryOf("folders", units()),
    });
    await expect(document).toMatchFileSnapshot(importerDocument);
  });

  it("has a demo whose services are described in several files: together they have no issue", () => {
    const entry = ["compose.yaml", "compose.full.yaml", "compose.observability.yaml"];
    const value = imported(compose, treeOf("compose/open-telemetry__opentelemetry-demo"), entry);
    expect(value.issues).toEqual([]);
    expect(value.items.filter(({ runs }) => runs).length).toBeGreaterThan(20);
    expect(value.refused.size).toBe(0);
  });
});
