/**
 * Results are kept by the files that they were made of. Reading a tree in which files were changed one after the other has
 * to give what reading it for the first time gives.
 */
import { describe, expect, test } from "vitest";
import { argocd } from "../../../src/importers/argocd/argocd.js";
import type { Imported, Importer, Tree } from "../../../src/importers/contract.js";
import { flux } from "../../../src/importers/flux/flux.js";
import { kubernetes } from "../../../src/importers/kubernetes/kubernetes.js";
import { afresh, corpusTree, hasCorpus, mutated, options, withFile } from "../../helpers/file-tree.js";
import { samples } from "../../helpers/sample-repositories.js";

const whole = ({ refused, ...rest }: Imported): unknown => ({ ...rest, refused: [...refused] });

function expectSameAsAfresh(importer: Importer, tree: Tree): void {
  const again = whole(importer.read(tree, options()));
  const first = whole(importer.read(afresh(tree), options()));
  if (JSON.stringify(again) !== JSON.stringify(first)) expect(again).toEqual(first);
}

describe.each([kubernetes, flux, argocd])("$format", (importer) => {
  const tree = samples[importer.format as keyof typeof samples];
  const paths = [...tree.files.keys()];

  test("one edit at a time, back and forth", () => {
    for (let number = 0; number < 80; number++) {
      const path = paths[(number * 5) % paths.length]!;
      expectSameAsAfresh(importer, withFile(tree, path, mutated(tree.files.get(path)!.text, number)));
      if (number % 20 === 0) expectSameAsAfresh(importer, tree);
    }
  });

  test("edits that pile up, files that come and go", () => {
    let now = tree;
    for (let number = 0; number < 40; number++) {
      const path = paths[(number * 3) % paths.length]!;
      if (number % 6 === 5) {
        const files = new Map(now.files);
        if (!files.delete(path)) files.set(path, tree.files.get(path)!);
        now = { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), unread: [] };
      } else if (now.files.has(path)) now = withFile(now, path, mutated(now.files.get(path)!.text, number));
      expectSameAsAfresh(importer, now);
    }
  });

  test("the same tree gives the same items, not copies of them", () => {
    const first = importer.read(tree, options());
    const second = new Set(importer.read(tree, options()).items);
    const plain = first.items.filter(({ needs, contains, owner, ownership }) => {
      return (
        needs.length + contains.length === 0 &&
        ownership === null &&
        (owner !== null || importer === kubernetes)
      );
    });
    expect(plain.length).toBeGreaterThan(0);
    for (const item of plain) expect(second.has(item)).toBe(true);
  });
});

describe.skipIf(!hasCorpus)("real repositories (skipped where ../shared/corpus is missing)", () => {
  test.each([
    [flux, "flux", "onedr0p__home-ops"],
    [flux, "flux", "bjw-s-labs__home-ops"],
    [argocd, "argocd", "khuedoan__homelab"],
  ] as const)("%#: edits of $1", (importer, format, name) => {
    const tree = corpusTree(format, name);
    const { reads } = importer.read(tree, options());
    for (let number = 0; number < 3; number++) {
      const path = reads[(number * 97) % reads.length]!;
      expectSameAsAfresh(importer, withFile(tree, path, mutated(tree.files.get(path)!.text, number)));
    }
  });
});
