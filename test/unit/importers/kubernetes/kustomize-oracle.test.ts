/**
 * The oracle: `kubectl kustomize` itself, where it is installed. The same directories give the same objects, and what it
 * refuses is refused, also after one wrong edit. Two differences are meant: an object without apiVersion passes kustomize and
 * is refused by whoever applies it, and data files that are no configuration may be missing.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { canonicalJson } from "../../../../src/base/json.js";
import type { Tree } from "../../../../src/importers/contract.js";
import { filesOf } from "../../../../src/importers/kubernetes/files.js";
import { buildDirectory, kustomizationFileIn } from "../../../../src/importers/kubernetes/kustomize.js";
import { mutated, treeOf, withFile } from "../../../helpers/file-tree.js";
import { samples } from "../../../helpers/sample-repositories.js";

const hasKubectl = spawnSync("kubectl", ["kustomize", "--help"]).status === 0;

/** `apiVersion kind namespace name replicas` of every object, or that it is refused. */
function ours(tree: Tree, directory: string): string {
  const files = filesOf(tree);
  const file = kustomizationFileIn(files, directory);
  if (file === undefined) return "refused";
  const built = buildDirectory(files, directory, file, { filesFromOutside: true });
  if (built.failure !== null) return "refused";
  return built.objects
    .map(({ body }) => shown(body))
    .sort()
    .join("\n");
}

function theirs(tree: Tree, directory: string): string {
  const root = mkdtempSync(join(tmpdir(), "fleetquake-kustomize-"));
  try {
    for (const { path, text } of tree.files.values()) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const args = ["kustomize", "--load-restrictor", "LoadRestrictionsNone", join(root, directory)];
    const text = execFileSync("kubectl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const objects = parseAllDocuments(text, { logLevel: "silent" }).map((document) => document.toJS());
    if (objects.some((object) => object !== null && object.apiVersion === undefined)) return "refused";
    return objects
      .filter((object) => object !== null)
      .map(shown)
      .sort()
      .join("\n");
  } catch {
    return "refused";
  } finally {
    rmSync(root, { recursive: true });
  }
}

function shown(object: unknown): string {
  const { apiVersion, kind, metadata, spec } = JSON.parse(JSON.stringify(object));
  const { name, namespace, annotations, labels } = metadata;
  return canonicalJson([
    apiVersion,
    kind,
    namespace ?? null,
    name,
    annotations ?? {},
    labels ?? {},
    spec?.replicas ?? null,
  ]);
}

describe.skipIf(!hasKubectl)("against kubectl kustomize (skipped where kubectl is missing)", () => {
  const tree = samples.kubernetes;
  const paths = [...tree.files.keys()].filter((path) => !path.startsWith("more/"));

  test("the sample", () => {
    expect(ours(tree, "shop")).toBe(theirs(tree, "shop"));
    expect(ours(tree, "shop").split("\n")).toHaveLength(6);
  });

  test.each(
    [
      "resources:",
      "resources: []",
      "namespace: x",
      "namespace: ''",
      "kind: Foo\nresources: []",
      "apiVersion: v1\nresources: []",
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component",
      "resources: [3]",
      "namespace: 3",
      "patches: [{patch: 'kind: [', target: {kind: X}}]",
      "resourcess: []",
    ].map((text) => [text]),
  )("a kustomization of %j", (text) => {
    const only = treeOf({ "kustomization.yaml": `${text}\n` });
    expect(ours(only, "")).toBe(theirs(only, ""));
  });

  test.each(
    [
      "- {op: replace, path: /data/x, value: '1'}",
      "- {op: replace, path: /x/y, value: '1'}",
      "- {op: replace, path: /metadata/finalizers/5, value: a/b}",
      "- {op: remove, path: /data/x}",
      "- {op: remove, path: /metadata/finalizers/-1}",
      "- {op: add, path: /metadata/finalizers/2, value: a/c}",
      "- {op: add, path: /metadata/finalizers/-, value: a/c}",
      "- {op: add, path: /metadata/annotations/x, value: 'y'}",
      "- {op: add, path: /metadata/labels/x, value: 'y'}",
      "- {op: test, path: /data/k, value: w}",
      "- {op: copy, from: /data/z, path: /data/m}",
      "- {op: move, from: /data/z, path: /data/m}",
      "- {op: frob, path: /data/k}",
      "- {op: replace, path: /kind, value: Secret}",
      "- {op: replace, path: /metadata/name, value: b}",
      "- {op: remove, path: /metadata/name}",
      "[{op: remove, path: /data/k}]",
      '[{"op": "remove", "path": "/data/k"}]',
      "[]",
      "kind: ConfigMap",
      "{kind: Foo, apiVersion: v9, metadata: {name: z, annotations: {a: b}}}",
      "{apiVersion: v1, metadata: {name: z}}",
    ].map((patch) => [patch]),
  )("the patch %s", (patch) => {
    const only = treeOf({
      "kustomization.yaml": `resources: [a.yaml]\npatches:\n- target: {name: a}\n  patch: |-\n    ${patch}\n`,
      "a.yaml":
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  finalizers: [a/a, a/b]\ndata:\n  k: v\n",
    });
    expect(ours(only, "")).toBe(theirs(only, ""));
  });

  test("the sample with one wrong edit", () => {
    let refused = 0;
    for (let number = 0; number < 10; number++) {
      const path = paths[number % paths.length]!;
      const edited = withFile(tree, path, mutated(tree.files.get(path)!.text, number * 11));
      const expected = theirs(edited, "shop");
      if (expected === "refused") refused++;
      expect(`${number} ${path}: ${ours(edited, "shop")}`).toBe(`${number} ${path}: ${expected}`);
    }
    expect(refused).toBeGreaterThan(1);
    expect(refused).toBeLessThan(10);
  });
});
