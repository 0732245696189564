/** Whom an object names: in its pods, its rules, its routes. */
import type { Admission, Reference } from "./draft.js";
import { groupOf, objectId } from "./kinds.js";
import { type KubeObject, placeOf } from "./kube-object.js";
import { policyOf } from "./network-policy.js";
import { podReferences } from "./pod-references.js";
import { listAt, mappingAt, type Path, textAt } from "./values.js";

export function referencesOf(object: KubeObject): {
  readonly references: readonly Reference[];
  readonly admissions: readonly Admission[];
} {
  return {
    references: [...podReferences(object), ...routes(object), ...selected(object), ...annotated(object)],
    admissions: policyOf(object),
  };
}

/** A Service serves by the pods that it selects. */
function selected(object: KubeObject): Reference[] {
  if (object.kind !== "Service" || object.group !== "") return [];
  const at = placeOf(object, ["spec", "selector"]);
  const external = textAt(object.body, "spec", "externalName");
  if (external !== null) {
    const evidence = `externalName is ${external}`;
    return [{ to: { host: external }, kind: "hard", certain: true, evidence, at, tells: true }];
  }
  const labels = mappingAt(object.body, "spec", "selector");
  if (labels === null) return [];
  const to = { selector: { matchLabels: labels }, namespace: object.namespace };
  return [{ to, kind: "hard", certain: true, evidence: "its selector selects the pods", at, tells: true }];
}

/** Ingresses and routes lead to Services. */
function routes(object: KubeObject): Reference[] {
  const found: Reference[] = [];
  const add = (
    kind: string,
    group: string,
    namespace: string | null,
    name: string | null,
    path: Path,
    evidence: string,
  ): void => {
    if (name === null) return;
    const to = { id: objectId(kind, group, namespace ?? object.namespace, name) };
    found.push({ to, kind: "hard", certain: true, evidence, at: placeOf(object, path), tells: true });
  };
  if (object.kind === "Ingress" && object.group === "networking.k8s.io") {
    const service = (path: Path): void =>
      add(
        "Service",
        "",
        null,
        textAt(object.body, ...path, "service", "name"),
        [...path, "service", "name"],
        "its backend",
      );
    service(["spec", "defaultBackend"]);
    listAt(object.body, "spec", "rules").forEach((rule, i) => {
      listAt(rule, "http", "paths").forEach((_, k) => {
        service(["spec", "rules", i, "http", "paths", k, "backend"]);
      });
    });
  }
  if (object.group === "gateway.networking.k8s.io" && object.kind.endsWith("Route")) {
    listAt(object.body, "spec", "parentRefs").forEach((parent, i) => {
      if (textAt(parent, "kind") !== null && textAt(parent, "kind") !== "Gateway") return;
      add(
        "Gateway",
        object.group,
        textAt(parent, "namespace"),
        textAt(parent, "name"),
        ["spec", "parentRefs", i],
        "parentRefs",
      );
    });
    listAt(object.body, "spec", "rules").forEach((rule, i) => {
      listAt(rule, "backendRefs").forEach((backend, k) => {
        if (textAt(backend, "kind") !== null && textAt(backend, "kind") !== "Service") return;
        const path = ["spec", "rules", i, "backendRefs", k];
        add("Service", "", textAt(backend, "namespace"), textAt(backend, "name"), path, "backendRefs");
      });
    });
  }
  return found;
}

const dependsOn = "config.kubernetes.io/depends-on";

/** The annotation of cli-utils: `apps/namespaces/shop/Deployment/db`, `/Namespace/shop`, separated by commas. */
function annotated(object: KubeObject): Reference[] {
  const text = textAt(object.body, "metadata", "annotations", dependsOn);
  if (text === null) return [];
  const at = placeOf(object, ["metadata", "annotations", dependsOn]);
  return text.split(",").flatMap((part): Reference[] => {
    const steps = part.trim().split("/");
    const inside = steps.length === 5 && steps[1] === "namespaces";
    if (!inside && steps.length !== 3) return [];
    const [kind, name] = steps.slice(-2) as [string, string];
    const to = { id: objectId(kind, groupOf(`${steps[0]}/`), inside ? steps[2]! : null, name) };
    return [{ to, kind: "startup", certain: true, evidence: `the annotation ${dependsOn}`, at, tells: true }];
  });
}
