/** What single edits of real repositories take away: docs/findings.md says the same in words. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTree } from "../../../src/cli/read-tree.js";
import type { Imported, Tree } from "../../../src/importers/contract.js";
import { importers } from "../../../src/importers/importers.js";
import { consequencesOf, type Outcome, standingOf } from "../../../src/importers/judge/consequences.js";
import { singleEdits } from "../../../src/importers/judge/single-edits.js";
import { applyEdit, type TreeEdit } from "../../../src/importers/judge/tree-edit.js";
import { noOptions } from "../../helpers/imported.js";
import { root } from "../../helpers/scenario.js";

const corpus = join(root, "../shared/corpus");

/** Repositories with digests of their files, as the document has them. */
const findings = [
  ...readFileSync(join(root, "docs/findings.md"), "utf8").matchAll(
    /^files of `([\w/-]+)`: sha256 ([0-9a-f]{16})/gm,
  ),
].map((match): [string, string] => [match[1]!, match[2]!]);

class Repository {
  readonly tree: Tree;
  readonly imported: Imported;
  private readonly importer;

  constructor(format: string, path: string) {
    this.importer = importers.find((item) => item.format === format)!;
    const tree = readTree(join(corpus, path));
    if (!tree.ok) throw new Error(tree.error.message);
    this.tree = tree.value;
    this.imported = this.importer.read(this.tree, noOptions);
  }

  /** The outcome of the one edit that fits, found among all that a check tries. */
  after(fits: (edit: TreeEdit) => boolean, reads: readonly string[]): Outcome {
    const edits = [...singleEdits(this.tree, reads)].filter(fits);
    expect(edits).toHaveLength(1);
    return consequencesOf(
      standingOf(this.imported),
      this.importer.read(applyEdit(this.tree, edits[0]!), noOptions),
    );
  }
}

const services = ({ imported }: Repository, { consequences }: Outcome): number => {
  const running = new Set(imported.items.filter(({ runs }) => runs).map(({ id }) => id));
  return consequences.filter(({ item }) => running.has(item)).length;
};

const dropped =
  (file: string, words: string) =>
  ({ op, at, subject }: TreeEdit): boolean =>
    op === "drop-line" && at.file === file && subject.startsWith(words);

describe.skipIf(!existsSync(corpus))("findings in real repositories", () => {
  it("khuedoan/homelab: the root ApplicationSet prunes the directory that defines it", () => {
    const repository = new Repository("argocd", "argocd/khuedoan__homelab");
    const file = "system/argocd/values.yaml";
    const outcome = repository.after(dropped(file, "- path: system/*"), [file]);
    expect(outcome.managersGone).toEqual(["argocd"]);
    const ways = outcome.consequences.map(({ item, through }) => `${through} -> ${item}`);
    expect(ways).toContain("ApplicationSet/argocd/root -> Application/argocd/argocd");
    expect(ways).toContain("Application/argocd/argocd -> ApplicationSet/argocd/root");
    expect(services(repository, outcome)).toBe(repository.imported.items.filter(({ runs }) => runs).length);
  });

  it("khuedoan/homelab: Argo CD reads from a Git server that it manages itself", () => {
    const repository = new Repository("argocd", "argocd/khuedoan__homelab");
    expect(repository.imported.managers[0]!.reads).toEqual(["Application/argocd/gitea"]);
    const file = "system/argocd/values.yaml";
    const outcome = repository.after(dropped(file, "- path: platform/*"), [file]);
    expect(outcome.managersBlind).toEqual(["argocd"]);
  });

  it("khuedoan/homelab: a chart that is empty or gone is refused, and all stays", () => {
    const repository = new Repository("argocd", "argocd/khuedoan__homelab");
    const file = "system/argocd/Chart.yaml";
    for (const how of ["empty-file", "remove-file"]) {
      const outcome = repository.after(({ op, at }) => op === how && at.file === file, [file]);
      expect(outcome.consequences).toEqual([]);
      expect(outcome.refused).toContain("Application/argocd/argocd");
    }
  });

  const operatorDirectory = "kubernetes/apps/flux-system/flux-operator/";
  const beside = ({ imported }: Repository): readonly string[] =>
    imported.reads.filter((file) => file.startsWith("kubernetes/apps/flux-system/"));
  const retired =
    (directory: string) =>
    ({ op, subject }: TreeEdit): boolean =>
      op === "retire" && subject === directory;

  it("onedr0p/home-ops: without the directory of the operator Flux prunes its own operator", () => {
    const repository = new Repository("flux", "flux/onedr0p__home-ops");
    const outcome = repository.after(retired(operatorDirectory), beside(repository));
    expect(outcome.managersGone).toEqual(["flux-operator"]);
    expect(outcome.consequences.map(({ rule, item }) => `${rule} ${item}`)).toEqual([
      "omitted Kustomization/flux-system/flux-operator",
      "owner ClusterRoleBinding/flux-admin",
      "owner HelmRelease/flux-system/flux-operator",
      "owner OCIRepository/flux-system/flux-operator",
    ]);
  });

  it("bjw-s/home-ops: `prune: false` of the Kustomization keeps the operator that runs, and nobody owns it then", () => {
    const repository = new Repository("flux", "flux/bjw-s-labs__home-ops");
    const outcome = repository.after(retired(operatorDirectory), beside(repository));
    expect(outcome.managersGone).toEqual([]);
    expect(outcome.consequences.map(({ item }) => item)).toEqual(["Kustomization/flux-system/flux-operator"]);
    expect(outcome.orphaned.map(({ item }) => item)).toContain("HelmRelease/flux-system/flux-operator");
  });

  it.each([
    ["flux/onedr0p__home-ops", 12],
    ["flux/bjw-s-labs__home-ops", 17],
  ])("%s: `prune: disabled` saves the namespaces, and with them all that lives there", (path, count) => {
    const { imported } = new Repository("flux", path);
    const kept = imported.items.filter(({ keep }) => keep !== null);
    expect(kept.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => "Namespace"));
    expect(kept.every(({ contains }) => contains.length > 0)).toBe(true);
    // Without the annotation a namespace takes along what no Kustomization deletes.
    const bare = { ...imported, items: imported.items.map((item) => ({ ...item, keep: null })) };
    const [space] = kept;
    const after = { ...bare, items: bare.items.filter(({ id }) => id !== space!.id) };
    expect(consequencesOf(standingOf(bare), after).consequences.length).toBeGreaterThan(
      space!.contains.length / 2,
    );
    expect(consequencesOf(standingOf(imported), after).consequences).toEqual([]);
  });

  it.each(findings)("%s is the repository that docs/findings.md speaks of", (path, digest) => {
    const tree = readTree(join(corpus, path));
    if (!tree.ok) throw new Error(tree.error.message);
    const hash = createHash("sha256");
    for (const { path: file, text } of tree.value.files.values()) hash.update(`${file}\0${text}\0`);
    expect(hash.digest("hex").slice(0, 16)).toBe(digest);
  });
});
