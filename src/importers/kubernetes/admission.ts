/**
 * What the API server would refuse of an object. A manager that applies a set in which one object is refused applies
 * nothing more and deletes nothing, so a wrong line can save what an omitted one loses. Only fields that matter here are
 * checked: what this finds is refused, what it does not find may be refused as well.
 */
import type { Issue } from "../../base/issue.js";
import { issueAt } from "./issue-at.js";
import { isBuiltin, livesInNoNamespace } from "./kinds.js";
import { type KubeObject, placeOf } from "./kube-object.js";
import { flagAt, isMapping, listAt, mappingAt, type Path, textAt, valueAt } from "./values.js";

type Type = "text" | "flag" | "number" | "list" | "mapping" | readonly string[];
/** A path below the object; a leading `!`: it has to be there. */
type Rules = Readonly<Record<string, Type>>;

const workload: Rules = {
  "!spec.selector": "mapping",
  "!spec.template": "mapping",
  "!spec.template.spec": "mapping",
  "!spec.template.spec.containers": "list",
  "spec.replicas": "number",
};
const source: Rules = { "!spec.url": "text", "!spec.interval": "text", "spec.suspend": "flag" };

const rules: Readonly<Record<string, Rules>> = {
  "kustomize.toolkit.fluxcd.io Kustomization": {
    "!spec.interval": "text",
    "!spec.prune": "flag",
    "!spec.sourceRef": "mapping",
    "!spec.sourceRef.kind": ["GitRepository", "OCIRepository", "Bucket", "ExternalArtifact"],
    "!spec.sourceRef.name": "text",
    "spec.sourceRef.namespace": "text",
    "spec.path": "text",
    "spec.wait": "flag",
    "spec.suspend": "flag",
    "spec.force": "flag",
    "spec.targetNamespace": "text",
    "spec.deletionPolicy": ["MirrorPrune", "Delete", "WaitForTermination", "Orphan"],
    "spec.dependsOn": "list",
    "spec.components": "list",
    "spec.patches": "list",
    "spec.postBuild": "mapping",
    "spec.healthChecks": "list",
  },
  "helm.toolkit.fluxcd.io HelmRelease": {
    "!spec.interval": "text",
    "spec.chart": "mapping",
    "spec.chartRef": "mapping",
    "spec.dependsOn": "list",
    "spec.suspend": "flag",
    "spec.values": "mapping",
    "spec.valuesFrom": "list",
    "spec.targetNamespace": "text",
  },
  "source.toolkit.fluxcd.io GitRepository": source,
  "source.toolkit.fluxcd.io OCIRepository": source,
  "source.toolkit.fluxcd.io HelmRepository": { "spec.url": "text" },
  "apps Deployment": workload,
  "apps StatefulSet": workload,
  "apps DaemonSet": workload,
  " Service": { "!spec": "mapping", "spec.selector": "mapping", "spec.ports": "list" },
  " PersistentVolumeClaim": { "!spec": "mapping", "!spec.accessModes": "list", "!spec.resources": "mapping" },
  "argoproj.io Application": { "!spec.destination": "mapping", "!spec.project": "text" },
  "argoproj.io ApplicationSet": { "!spec.generators": "list", "!spec.template": "mapping" },
};

const verdicts = new WeakMap<KubeObject, Issue | null>();

/** Why the API server refuses an object; null: no reason is known. */
export function refusalOf(object: KubeObject): Issue | null {
  let verdict = verdicts.get(object);
  if (verdict === undefined) {
    verdict = judge(object);
    verdicts.set(object, verdict);
  }
  return verdict;
}

function judge(object: KubeObject): Issue | null {
  const refuse = (path: Path, message: string, expected?: string): Issue => ({
    ...issueAt(
      "refused-by-the-api",
      `${object.kind} ${object.name || "without a name"}: ${message}`,
      placeOf(object, path),
      path.join("."),
    ),
    ...(expected === undefined ? {} : { expected }),
  });
  const wrongName = nameProblem(object);
  if (wrongName !== null)
    return refuse(["metadata", "name"], wrongName, "lower-case letters, digits, - and .");
  const hasRules = rules[`${object.group} ${object.kind}`];
  const namespaced =
    (isBuiltin(object.group) || hasRules !== undefined) && !livesInNoNamespace(object.kind, object.group);
  if (namespaced && object.namespace === null)
    return refuse(["metadata"], "it is in no namespace", "metadata.namespace");
  for (const field of ["annotations", "labels"]) {
    for (const [key, value] of Object.entries(mappingAt(object.body, "metadata", field) ?? {})) {
      if (value !== null && typeof value !== "string")
        return refuse(["metadata", field, key], `${key} is no text`, "a text");
    }
  }
  for (const [rule, type] of Object.entries(hasRules ?? {})) {
    const required = rule.startsWith("!");
    const path = rule.slice(required ? 1 : 0).split(".");
    const value = valueAt(object.body, path);
    if (value === undefined || value === null) {
      if (required) return refuse(path, `${path.join(".")} is missing`, shown(type));
    } else if (!fits(object, path, type))
      return refuse(path, `${path.join(".")} has a wrong value`, shown(type));
  }
  return furtherProblem(object, refuse);
}

function fits(object: KubeObject, path: Path, type: Type): boolean {
  const value = valueAt(object.body, path);
  // A variable that nobody here knows may stand for anything.
  if (typeof value === "string" && value.includes("${")) return true;
  switch (type) {
    case "text":
      return typeof value === "string";
    case "flag":
      return flagAt(object.body, ...path) !== undefined;
    case "number":
      return typeof value === "number";
    case "list":
      return Array.isArray(value);
    case "mapping":
      return isMapping(value);
    default:
      return typeof value === "string" && type.includes(value);
  }
}

const shown = (type: Type): string =>
  typeof type === "string"
    ? { text: "a text", flag: "true or false", number: "a number", list: "a list", mapping: "a mapping" }[
        type
      ]
    : type.join(", ");

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function nameProblem(object: KubeObject): string | null {
  const { name } = object;
  if (name === "")
    return textAt(object.body, "metadata", "generateName") === null ? "metadata.name is missing" : null;
  if (name.includes("${") || object.namespace?.includes("${")) return null;
  const loose = object.group === "rbac.authorization.k8s.io";
  if (loose ? /[/%]/.test(name) : !subdomain.test(name)) return "metadata.name is no name";
  const longest = object.kind === "Namespace" || object.kind === "Service" ? 63 : 253;
  if (name.length > longest) return `metadata.name is longer than ${longest}`;
  if (object.namespace !== null && !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(object.namespace)) {
    return "metadata.namespace is no name";
  }
  return null;
}

type Refuse = (path: Path, message: string, expected?: string) => Issue;

function furtherProblem(object: KubeObject, refuse: Refuse): Issue | null {
  const { body, group, kind } = object;
  if (group === "helm.toolkit.fluxcd.io" && kind === "HelmRelease") {
    const chart = mappingAt(body, "spec", "chart");
    const chartRef = mappingAt(body, "spec", "chartRef");
    if ((chart === null) === (chartRef === null))
      return refuse(["spec"], "either chart or chartRef", "one of the two");
    if (chartRef !== null && textAt(chartRef, "name") === null)
      return refuse(["spec", "chartRef"], "chartRef.name is missing");
  }
  if (group.endsWith("toolkit.fluxcd.io")) {
    const nameless = listAt(body, "spec", "dependsOn").findIndex((item) => textAt(item, "name") === null);
    if (nameless !== -1) return refuse(["spec", "dependsOn", nameless], "dependsOn without a name");
  }
  if (group === "apps" && mappingAt(body, "spec", "template") !== null) {
    if (listAt(body, "spec", "template", "spec", "containers").length === 0) {
      return refuse(["spec", "template", "spec", "containers"], "it has no containers");
    }
    const labels = mappingAt(body, "spec", "template", "metadata", "labels") ?? {};
    const wanted = Object.entries(mappingAt(body, "spec", "selector", "matchLabels") ?? {});
    if (wanted.some(([key, value]) => labels[key] !== value)) {
      return refuse(["spec", "selector"], "its selector does not select its own pods");
    }
  }
  return null;
}
