/** Importers are total: whatever the files hold they give a value, and the value holds together. */
import { describe, expect, test } from "vitest";
import { argocd } from "../../../src/importers/argocd/argocd.js";
import type { Tree, TreeFile } from "../../../src/importers/contract.js";
import { flux } from "../../../src/importers/flux/flux.js";
import { kubernetes } from "../../../src/importers/kubernetes/kubernetes.js";
import { corpusTree, hasCorpus, mutated, options, repositories, withFile } from "../../helpers/file-tree.js";
import { samples } from "../../helpers/sample-repositories.js";
import { expectWellFormed } from "../../helpers/well-formed.js";

const importers = [kubernetes, flux, argocd];

test.each(importers)("the sample of $format gives something of everything", (importer) => {
  const tree = samples[importer.format as keyof typeof samples];
  const imported = importer.read(tree, options());
  expectWellFormed(imported, tree);
  expect([...imported.refused.keys()]).toEqual([]);
  expect(imported.items.some(({ data }) => data)).toBe(true);
  expect(imported.items.some(({ contains }) => contains.length > 0)).toBe(true);
  expect(imported.items.flatMap(({ needs }) => needs).some(({ certain }) => !certain)).toBe(true);
  if (importer !== kubernetes) {
    expect(imported.managers.every(({ service }) => service !== null)).toBe(true);
    expect(imported.managers.flatMap(({ reads }) => reads).length).toBe(importer === argocd ? 1 : 0);
    expect(imported.items.filter(({ keep }) => keep !== null).length).toBeGreaterThan(0);
  }
});

describe.each(importers)("$format", (importer) => {
  test("two wrong edits anywhere throw nothing", () => {
    for (const tree of Object.values(samples)) {
      const paths = [...tree.files.keys()];
      for (let number = 0; number < 80; number++) {
        const first = paths[number % paths.length]!;
        const second = paths[(number * 7) % paths.length]!;
        const once = withFile(tree, first, mutated(tree.files.get(first)!.text, number));
        const twice = withFile(once, second, mutated(once.files.get(second)!.text, number + 1000));
        expectWellFormed(importer.read(twice, options()), twice);
      }
    }
  });

  test("files that are nothing throw nothing", () => {
    const texts = [
      "",
      "\n",
      "---\n---\n",
      "[]",
      "null",
      "- a",
      "kind: 1",
      "kind: List\napiVersion: v1\nitems: 3",
      "\u0000",
      "a: &a [*a]",
      "? {}\n: 1",
      "!!binary x",
      "%YAML 9\n---\na: 1",
    ];
    for (const text of texts) {
      for (const path of ["a.yaml", "kustomization.yaml", "Chart.yaml", "values.yaml"]) {
        const tree: Tree = { files: new Map([[path, { path, text }]]), unread: [] };
        expectWellFormed(importer.read(tree, options()), tree);
        expectWellFormed(importer.read(tree, options([path])), tree);
      }
    }
  });
});

describe.skipIf(!hasCorpus)("real repositories (skipped where ../shared/corpus is missing)", () => {
  const all = ["k8s", "flux", "argocd"].flatMap((format) =>
    repositories(format).map((name) => [format, name] as const),
  );

  test.each(all)("%s/%s is read by every importer, whole and file by file", (format, name) => {
    const tree = corpusTree(format, name);
    for (const importer of importers) {
      expectWellFormed(importer.read(tree, options()), tree);
      for (const file of tree.files.values()) importer.read(alone(file), options([file.path]));
    }
  });

  test("there are files to read", () => {
    expect(all.reduce((sum, [format, name]) => sum + corpusTree(format, name).files.size, 0)).toBeGreaterThan(
      1000,
    );
  });
});

const alone = (file: TreeFile): Tree => ({ files: new Map([[file.path, file]]), unread: [] });
