/** Network policies say who may talk to whom: no need, but a hint of one where both sides are named. */
import type { Admission } from "./draft.js";
import { type KubeObject, placeOf } from "./kube-object.js";
import { isMapping, listAt, type Mapping, mappingAt, textAt, type Value } from "./values.js";

type Pods = Admission["from"];

export function policyOf(object: KubeObject): Admission[] {
  if (object.kind !== "NetworkPolicy" || object.group !== "networking.k8s.io") return [];
  const own = mappingAt(object.body, "spec", "podSelector");
  if (own === null || !names(own)) return [];
  const these: Pods = { selector: own, namespace: object.namespace };
  const found: Admission[] = [];
  for (const [rules, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    listAt(object.body, "spec", rules).forEach((rule, i) => {
      listAt(rule, peers).forEach((peer, k) => {
        const those = podsOf(peer, object);
        if (those === null) return;
        const at = placeOf(object, ["spec", rules, i, peers, k]);
        found.push(rules === "ingress" ? { from: those, to: these, at } : { from: these, to: those, at });
      });
    });
  }
  return found;
}

/** The pods of a peer; null where it names none: whole namespaces, addresses. */
function podsOf(peer: Value, object: KubeObject): Pods | null {
  if (!isMapping(peer)) return null;
  const selector = mappingAt(peer, "podSelector");
  if (selector === null || !names(selector)) return null;
  const namespaces = mappingAt(peer, "namespaceSelector");
  if (namespaces === null) return { selector, namespace: object.namespace };
  return { selector, namespace: textAt(namespaces, "matchLabels", "kubernetes.io/metadata.name") };
}

/** It says which pods, rather than all. */
const names = (selector: Mapping): boolean =>
  Object.keys(mappingAt(selector, "matchLabels") ?? {}).length > 0 ||
  listAt(selector, "matchExpressions").length > 0;
