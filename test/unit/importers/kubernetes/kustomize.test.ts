/** Kustomizations mean what kustomize makes of them. Each case was compared with `kubectl kustomize` (see the oracle test). */
import { describe, expect, test } from "vitest";
import { formatIssue } from "../../../../src/base/issue.js";
import { filesOf } from "../../../../src/importers/kubernetes/files.js";
import { idOf, settingOf } from "../../../../src/importers/kubernetes/kube-object.js";
import {
  type Built,
  buildDirectory,
  kustomizationFileIn,
} from "../../../../src/importers/kubernetes/kustomize.js";
import { treeOf } from "../../../helpers/file-tree.js";

const deployment = (name: string, more = ""): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n${more}spec:\n  replicas: 2\n`;
const namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: _\n";

function build(files: Record<string, string>, directory = "", filesFromOutside = true): Built {
  const all = filesOf(treeOf(files));
  return buildDirectory(all, directory, kustomizationFileIn(all, directory)!, { filesFromOutside });
}
const names = (built: Built): string[] => {
  expect(built.failure).toBeNull();
  return built.objects.map(idOf);
};
const why = (built: Built): string => (built.failure === null ? "built" : formatIssue(built.failure));

test("resources are files and directories; bases and components are directories, each with its own namespace and names", () => {
  const built = build({
    "kustomization.yaml": "namespace: shop\nresources: [a.yaml]\nbases: [base]\ncomponents: [extra]\n",
    "a.yaml": deployment("a"),
    "base/kustomization.yaml": "namePrefix: x-\nnameSuffix: -y\nnamespace: inner\nresources: [b.yaml]\n",
    "base/b.yaml": deployment("b"),
    "extra/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [c.yaml]\npatches:\n- target: {kind: Deployment, name: a}\n  patch: '- {op: replace, path: /spec/replicas, value: 5}'\n",
    "extra/c.yaml": deployment("c"),
  });
  expect(names(built)).toEqual(["Deployment/shop/a", "Deployment/shop/x-b-y", "Deployment/shop/c"]);
  const a = built.objects[0]!;
  expect(settingOf(a, "spec", "replicas")).toMatchObject({
    text: "replicas: 5",
    at: { file: "extra/kustomization.yaml" },
  });
  expect(settingOf(a, "metadata", "namespace")).toMatchObject({
    at: { file: "kustomization.yaml", line: 1 },
  });
});

test("a namespace renames Namespaces and leaves what is in no namespace alone", () => {
  const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n";
  const built = build({
    "kustomization.yaml": "namespace: shop\nresources: [n.yaml, r.yaml]\n",
    "n.yaml": namespace,
    "r.yaml": role,
  });
  expect(names(built)).toEqual(["Namespace/shop", "ClusterRole/r"]);
  expect(built.objects[1]!.namespace).toBeNull();
});

test("two Namespaces under one namespace are one too many", () => {
  const other = namespace.replace("_", "other");
  const built = build({
    "kustomization.yaml": "namespace: shop\nresources: [n.yaml, o.yaml]\n",
    "n.yaml": namespace,
    "o.yaml": other,
  });
  expect(why(built)).toContain("Namespace shop is there twice");
});

describe("patches", () => {
  const patched = (patch: string): Built =>
    build({
      "kustomization.yaml": `resources: [a.yaml, b.yaml]\npatches:\n${patch}`,
      "a.yaml": deployment("a", "  labels: {app: a}\n"),
      "b.yaml": deployment("b"),
    });

  test("a strategic merge deletes what it says to delete, and sets what it says", () => {
    const built = patched(
      "- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: a\n    $patch: delete\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: b\n      annotations: {keep: 'yes'}\n",
    );
    expect(names(built)).toEqual(["Deployment/b"]);
    expect(settingOf(built.objects[0]!, "metadata", "annotations", "keep")).toEqual({
      text: "keep: yes",
      at: { file: "kustomization.yaml", line: 14, column: 21 },
    });
  });

  test("a target selects by anchored expressions, labels and annotations", () => {
    const patch = (target: string): string =>
      `- target: ${target}\n  patch: '- {op: add, path: /spec/paused, value: true}'\n`;
    const paused = (target: string): string[] =>
      patched(patch(target))
        .objects.filter(({ body }) => JSON.stringify(body).includes("paused"))
        .map(({ name }) => name);
    expect(paused("{kind: Deployment}")).toEqual(["a", "b"]);
    expect(paused("{name: a|c}")).toEqual(["a"]);
    expect(paused("{labelSelector: app=a}")).toEqual(["a"]);
    expect(paused("{labelSelector: '!app'}")).toEqual(["b"]);
    expect(paused("{group: batch}")).toEqual([]);
  });

  test.each([
    [
      "names nobody",
      "- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: z}\n",
      "no object is Deployment z",
    ],
    [
      "removes what is not there",
      "- target: {name: a}\n  patch: '- {op: remove, path: /spec/x}'\n",
      "remove of /spec/x",
    ],
    [
      "adds to what is not there",
      "- target: {name: a}\n  patch: '- {op: add, path: /x/y, value: 1}'\n",
      "add of /x/y",
    ],
    ["is no patch", "- target: {name: a}\n  patch: 'words'\n", "neither"],
    ["is a text where a mapping is wanted", "- a.yaml\n", "a patch is a mapping"],
    ["says both", "- {path: a.yaml, patch: 'x: y'}\n", "either path or patch"],
    ["is in a file that is not there", "- path: z.yaml\n", "there is no z.yaml"],
  ])("one that %s refuses the build", (_, patch, message) => {
    expect(why(patched(patch))).toContain(message);
  });

  test("lists of built-in kinds merge by key; lists of others are replaced", () => {
    const pod = (name: string, list: string): string =>
      `apiVersion: ${name === "Deployment" ? "apps/v1" : "x.io/v1"}\nkind: ${name}\nmetadata: {name: a}\nspec: {template: {spec: {containers: [${list}]}}}\n`;
    const containers = (kind: string): unknown => {
      const built = build({
        "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]\n",
        "a.yaml": pod(kind, "{name: x, image: i}, {name: y}"),
        "p.yaml": pod(kind, "{name: y, image: j}, {name: x, $patch: delete}"),
      });
      return JSON.parse(JSON.stringify(built.objects[0]!.body))["spec"]["template"]["spec"]["containers"];
    };
    expect(containers("Deployment")).toEqual([{ name: "y", image: "j" }]);
    expect(containers("Widget")).toHaveLength(2);
  });
});

test.each([
  [
    "a missing file",
    { "kustomization.yaml": "resources: [z.yaml]\n" },
    "kustomization.yaml:1:13: error missing-file",
  ],
  [
    "a file that is no YAML",
    { "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": "a: [" },
    "a.yaml:1:",
  ],
  [
    "a template",
    { "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": "name: {{ .x }}\n" },
    "a template",
  ],
  [
    "an object without a kind",
    { "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": "a: 1\n" },
    "apiVersion or kind is missing",
  ],
  [
    "an object twice",
    {
      "kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
      "a.yaml": deployment("a"),
      "b.yaml": deployment("a"),
    },
    "is there twice",
  ],
  ["a list where a text is wanted", { "kustomization.yaml": "namespace: [a]\n" }, "wrong type"],
  ["nothing", { "kustomization.yaml": "# nothing\n" }, "empty"],
  [
    "a way back to itself",
    {
      "kustomization.yaml": "resources: [b]\n",
      "b/kustomization.yaml": "resources: [../c]\n",
      "c/kustomization.yaml": "resources: [../b]\n",
    },
    "leads back",
  ],
  [
    "a component as a resource",
    { "kustomization.yaml": "resources: [c]\n", "c/kustomization.yaml": "kind: Component\n" },
    "is a component",
  ],
  [
    "a resource as a component",
    { "kustomization.yaml": "components: [c]\n", "c/kustomization.yaml": "resources: []\n" },
    "is no component",
  ],
  [
    "an unknown field further down",
    { "kustomization.yaml": "resources: [c]\n", "c/kustomization.yaml": "resourcess: []\n" },
    "no field resourcess",
  ],
  [
    "data of a generator that is not there",
    { "kustomization.yaml": "configMapGenerator: [{name: c, files: [x.yaml]}]\n" },
    "there is no x.yaml",
  ],
] as [string, Record<string, string>, string][])("%s refuses the build", (_, files, message) => {
  expect(why(build(files))).toContain(message);
});

test("a file outside the directory is let in for Flux only", () => {
  const files = { "a/kustomization.yaml": "resources: [../b.yaml]\n", "b.yaml": deployment("b") };
  expect(names(build(files, "a", true))).toEqual(["Deployment/b"]);
  expect(why(build(files, "a", false))).toContain("outside the directory");
});

test("generated maps are objects without the hash in their names; data files of other kinds may be missing", () => {
  const built = build({
    "kustomization.yaml":
      "namespace: n\ngeneratorOptions: {annotations: {k: v}}\nconfigMapGenerator: [{name: c, files: [run.sh, a=b.yaml]}]\nsecretGenerator: [{name: s, literals: [password=hidden]}]\n",
    "b.yaml": "x: y\n",
  });
  expect(names(built)).toEqual(["ConfigMap/n/c", "Secret/n/s"]);
  expect(settingOf(built.objects[0]!, "metadata", "annotations", "k")?.text).toBe("k: v");
  expect(built.issues.map(formatIssue).join()).toContain("run.sh is not among the files");
  expect(JSON.stringify(built)).not.toContain("hidden");
});

test("replicas, labels and annotations of the kustomization reach the objects", () => {
  const built = build({
    "kustomization.yaml":
      "resources: [a.yaml]\nreplicas: [{name: a, count: 7}]\ncommonAnnotations: {x: y}\nlabels: [{pairs: {l: m}}]\n",
    "a.yaml": deployment("a"),
  });
  expect(settingOf(built.objects[0]!, "spec", "replicas")).toMatchObject({
    text: "replicas: 7",
    at: { line: 2 },
  });
  expect(settingOf(built.objects[0]!, "metadata", "annotations", "x")).toMatchObject({
    text: "x: y",
    at: { line: 3 },
  });
  expect(settingOf(built.objects[0]!, "metadata", "labels", "l")).toMatchObject({
    text: "l: m",
    at: { line: 4 },
  });
});

test("remote resources are not fetched, and it is said", () => {
  const built = build({
    "kustomization.yaml": "resources: ['https://example.com/x.yaml', 'github.com/a/b?ref=v1']\n",
  });
  expect(names(built)).toEqual([]);
  expect(built.issues.map(({ code, line }) => `${code} ${line}`)).toEqual([
    "remote-resource 1",
    "remote-resource 1",
  ]);
});
