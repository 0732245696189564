/** What the API server would refuse, since a refused object keeps a manager from deleting others. */
import { expect, test } from "vitest";
import { formatIssue } from "../../../../src/base/issue.js";
import { refusalOf } from "../../../../src/importers/kubernetes/admission.js";
import { objectsOf } from "../../../../src/importers/kubernetes/manifest.js";
import { parseYaml } from "../../../../src/importers/kubernetes/yaml-source.js";

const start = { file: "a.yaml", line: 1, column: 1 };
const object = (text: string) => objectsOf(parseYaml(text, start).documents, start).objects[0]!;
const flux = (spec: string, metadata = "{name: a, namespace: n}"): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: ${metadata}\nspec:\n${spec}`;
const right = "  interval: 1h\n  prune: true\n  sourceRef: {kind: GitRepository, name: s}\n";

test.each([
  ["a whole Kustomization", flux(right)],
  ["one with a variable nobody knows", flux(right, `{name: 'a-$\{X}', namespace: n}`)],
  ["yes for true, as YAML 1.1", flux(right.replace("true", "yes"))],
  ["a kind nobody knows", "apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: a}\n"],
  ["a generated name", "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-, namespace: n}\n"],
  [
    "colons in the name of a role",
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: 'a:b'}\n",
  ],
])("%s is taken", (_, text) => {
  expect(refusalOf(object(text))).toBeNull();
});

test.each([
  [
    "without prune",
    flux(right.replace("  prune: true\n", "")),
    "a.yaml:1:1: error refused-by-the-api: Kustomization a: spec.prune is missing",
  ],
  ["with a wrong prune", flux(right.replace("true", "maybe")), "spec.prune has a wrong value"],
  ["with a source of no kind", flux(right.replace("GitRepository", "Git")), "spec.sourceRef.kind"],
  ["with an empty field", flux(right.replace("1h", "")), "spec.interval is missing"],
  ["in no namespace", flux(right, "{name: a}"), "in no namespace"],
  ["with a name that is none", flux(right, "{name: _, namespace: n}"), "metadata.name is no name"],
  ["without a name", flux(right, "{namespace: n}"), "metadata.name is missing"],
  [
    "with a dependency without a name",
    flux(`${right}  dependsOn: [{namespace: x}]\n`),
    "dependsOn without a name",
  ],
  [
    "with a number for an annotation",
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, annotations: {k: 1}}\n",
    "k is no text",
  ],
  [
    "whose selector selects others",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: n}\nspec: {selector: {matchLabels: {a: b}}, template: {spec: {containers: [{name: c}]}}}\n",
    "does not select its own pods",
  ],
  [
    "with chart and chartRef",
    "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: n}\nspec: {interval: 1h, chart: {}, chartRef: {}}\n",
    "either chart or chartRef",
  ],
])("one %s is refused", (_, text, message) => {
  const refusal = refusalOf(object(text));
  expect(refusal === null ? null : formatIssue(refusal)).toContain(message);
});
