/** Whom the pods of an object name: hosts in variables and arguments, what init containers wait for, volumes. */
import type { Reference } from "./draft.js";
import { hostsIn, waitsFor } from "./hosts.js";
import { objectId } from "./kinds.js";
import { type KubeObject, placeOf } from "./kube-object.js";
import { isMapping, listAt, mappingAt, type Path, textAt, type Value } from "./values.js";

/** Where the pod template of a kind is. */
function podPath(object: KubeObject): Path | null {
  if (object.kind === "Pod" && object.group === "") return ["spec"];
  if (object.kind === "CronJob") return ["spec", "jobTemplate", "spec", "template", "spec"];
  return mappingAt(object.body, "spec", "template", "spec") === null ? null : ["spec", "template", "spec"];
}

export function podReferences(object: KubeObject): Reference[] {
  const path = podPath(object);
  if (path === null) return [];
  const pod = mappingAt(object.body, ...path);
  if (pod === null) return [];
  const found: Reference[] = [];
  const need = (
    kind: string,
    name: string | null,
    needed: Reference["kind"],
    evidence: string,
    at: Path,
  ): void => {
    if (name === null) return;
    const to = { id: objectId(kind, "", object.namespace, name) };
    found.push({ to, kind: needed, certain: true, evidence, at: placeOf(object, at), tells: false });
  };
  listAt(pod, "volumes").forEach((volume, i) => {
    const at = [...path, "volumes", i];
    const claim = textAt(volume, "persistentVolumeClaim", "claimName");
    need("PersistentVolumeClaim", claim, "hard", `the volume claims ${claim}`, at);
    for (const source of [volume, ...listAt(volume, "projected", "sources")]) {
      mounted(source).forEach(([kind, name]) => {
        need(kind, name, "startup", `the ${kind} ${name} is mounted`, at);
      });
    }
  });
  const account = textAt(pod, "serviceAccountName");
  if (account !== null)
    need("ServiceAccount", account, "startup", `serviceAccountName: ${account}`, [
      ...path,
      "serviceAccountName",
    ]);
  for (const field of ["initContainers", "containers"] as const) {
    listAt(pod, field).forEach((container, i) => {
      found.push(...containerReferences(object, container, [...path, field, i], field === "initContainers"));
    });
  }
  return found;
}

/** ConfigMaps and Secrets without which a volume cannot be mounted. */
function mounted(source: Value): [kind: string, name: string | null][] {
  const found: [string, string | null][] = [];
  const configMap = mappingAt(source, "configMap");
  const secret = mappingAt(source, "secret");
  if (configMap !== null && configMap["optional"] !== true)
    found.push(["ConfigMap", textAt(configMap, "name")]);
  if (secret !== null && secret["optional"] !== true) {
    found.push(["Secret", textAt(secret, "secretName") ?? textAt(secret, "name")]);
  }
  return found;
}

function containerReferences(object: KubeObject, container: Value, path: Path, init: boolean): Reference[] {
  const found: Reference[] = [];
  const kind = init ? "startup" : "hard";
  const host = (to: string, evidence: string, at: Path): void => {
    found.push({ to: { host: to }, kind, certain: false, evidence, at: placeOf(object, at), tells: true });
  };
  listAt(container, "env").forEach((entry, i) => {
    const at = [...path, "env", i];
    const name = textAt(entry, "name") ?? "";
    const value = textAt(entry, "value");
    if (value !== null) {
      for (const to of hostsIn(value, name)) host(to, `the variable ${name} names %s`, [...at, "value"]);
    }
    for (const [key, made] of [
      ["configMapKeyRef", "ConfigMap"],
      ["secretKeyRef", "Secret"],
    ] as const) {
      const from = mappingAt(entry, "valueFrom", key);
      if (from !== null)
        found.push(...required(object, made, from, `the variable ${name} comes from it`, at));
    }
  });
  listAt(container, "envFrom").forEach((entry, i) => {
    for (const [key, made] of [
      ["configMapRef", "ConfigMap"],
      ["secretRef", "Secret"],
    ] as const) {
      const from = mappingAt(entry, key);
      if (from !== null)
        found.push(...required(object, made, from, "variables come from it", [...path, "envFrom", i]));
    }
  });
  const name = textAt(container, "name") ?? "";
  for (const field of ["command", "args"]) {
    listAt(container, field).forEach((part, i) => {
      if (typeof part !== "string") return;
      for (const to of init ? waitsFor(part) : hostsIn(part, "")) {
        const evidence = init ? `the init container ${name} waits for %s` : `an argument names %s`;
        host(to, evidence, [...path, field, i]);
      }
    });
    // `["nc", "-z", "db", "5432"]`: the words of one command.
    const words = listAt(container, field).filter((part) => typeof part === "string");
    if (init && words.length > 2) {
      for (const to of waitsFor(words.join(" ")))
        host(to, `the init container ${name} waits for %s`, [...path, field]);
    }
  }
  return found;
}

function required(object: KubeObject, kind: string, from: Value, evidence: string, at: Path): Reference[] {
  const name = textAt(from, "name");
  if (name === null || (isMapping(from) && from["optional"] === true)) return [];
  const to = { id: objectId(kind, "", object.namespace, name) };
  return [{ to, kind: "startup", certain: true, evidence, at: placeOf(object, at), tells: false }];
}
