/** What the objects of Flux say beyond what every object says: dependencies, sources, releases, and what keeps them. */
import type { Setting } from "../contract.js";
import { type Draft, draftOf, type Reference } from "../kubernetes/draft.js";
import { objectId } from "../kubernetes/kinds.js";
import { type KubeObject, markOf, placeOf, settingOf } from "../kubernetes/kube-object.js";
import { hostReferences } from "../kubernetes/value-hosts.js";
import { flagAt, isMapping, listAt, mappingAt, type Path, textAt } from "../kubernetes/values.js";
import { artifactsOf, isArtifactGenerator } from "./artifacts.js";
import { isKustomization, kustomizeGroup, specOf } from "./spec.js";

const drafts = new WeakMap<KubeObject, Draft>();

export function fluxDraft(object: KubeObject): Draft {
  let draft = drafts.get(object);
  if (draft === undefined) {
    draft = makeDraft(object);
    drafts.set(object, draft);
  }
  return draft;
}

export const isRelease = (object: KubeObject): boolean =>
  object.kind === "HelmRelease" && object.group === "helm.toolkit.fluxcd.io";

function makeDraft(object: KubeObject): Draft {
  const draft = { ...draftOf(object), keep: keptBy(object) };
  if (isRelease(object)) {
    const namespace = textAt(object.body, "spec", "targetNamespace") ?? object.namespace;
    const name = textAt(object.body, "spec", "releaseName") ?? object.name;
    return {
      ...draft,
      runs: true,
      references: [...draft.references, ...releaseReferences(object)],
      release: { name, namespace },
    };
  }
  if (isKustomization(object)) return { ...draft, references: [...draft.references, ...orderOf(object)] };
  if (object.kind === "FluxInstance") return { ...draft, runs: true };
  if (isArtifactGenerator(object)) {
    const makes = artifactsOf(object).map(({ name }) => {
      return objectId("ExternalArtifact", "source.toolkit.fluxcd.io", object.namespace, name);
    });
    return {
      ...draft,
      makes: [...draft.makes, ...makes],
      references: [...draft.references, ...sourcesOf(object)],
    };
  }
  return draft;
}

/**
 * `prune: disabled` and `reconcile: disabled` keep an object both when it is omitted and when its Kustomization is deleted
 * (the exclusions of deleteObjects in kustomize-controller). A suspended HelmRelease is deleted without being uninstalled.
 */
function keptBy(object: KubeObject): Setting | null {
  return (
    markOf(object, `${kustomizeGroup}/prune`, "disabled") ??
    markOf(object, `${kustomizeGroup}/reconcile`, "disabled") ??
    (isRelease(object) && flagAt(object.body, "spec", "suspend") === true
      ? settingOf(object, "spec", "suspend")
      : null)
  );
}

const startup = (object: KubeObject, id: string, evidence: string, at: Path, tells: boolean): Reference => ({
  to: { id },
  kind: "startup",
  certain: true,
  evidence,
  at: placeOf(object, at),
  tells,
});

function orderOf(object: KubeObject): Reference[] {
  const { dependsOn, source } = specOf(object);
  const found = dependsOn.map(
    ({ namespace, name, at }): Reference => ({
      to: { id: objectId("Kustomization", kustomizeGroup, namespace, name) },
      kind: "startup",
      certain: true,
      evidence: "dependsOn",
      at,
      tells: true,
    }),
  );
  const id = objectId(source.kind, "source.toolkit.fluxcd.io", source.namespace, source.name);
  return [...found, startup(object, id, "sourceRef", ["spec", "sourceRef"], true)];
}

function releaseReferences(object: KubeObject): Reference[] {
  const { body, namespace } = object;
  const found: Reference[] = [];
  listAt(body, "spec", "dependsOn").forEach((item, i) => {
    const name = textAt(item, "name");
    if (name === null) return;
    const id = objectId(
      "HelmRelease",
      "helm.toolkit.fluxcd.io",
      textAt(item, "namespace") ?? namespace,
      name,
    );
    found.push(startup(object, id, "dependsOn", ["spec", "dependsOn", i], true));
  });
  // The chart is needed to install and to upgrade: what runs goes on without it.
  for (const path of [
    ["spec", "chartRef"],
    ["spec", "chart", "spec", "sourceRef"],
  ]) {
    const source = mappingAt(body, ...path);
    const kind = textAt(source ?? {}, "kind");
    const name = textAt(source ?? {}, "name");
    if (kind === null || name === null) continue;
    const id = objectId(
      kind,
      "source.toolkit.fluxcd.io",
      textAt(source ?? {}, "namespace") ?? namespace,
      name,
    );
    found.push(startup(object, id, path.at(-1) as string, path, false));
  }
  listAt(body, "spec", "valuesFrom").forEach((item, i) => {
    const kind = textAt(item, "kind");
    const name = textAt(item, "name");
    if (kind === null || name === null || (isMapping(item) && item["optional"] === true)) return;
    found.push(
      startup(object, objectId(kind, "", namespace, name), "valuesFrom", ["spec", "valuesFrom", i], false),
    );
  });
  const values = mappingAt(body, "spec", "values") ?? {};
  found.push(...hostReferences(values, ["spec", "values"], (at) => placeOf(object, at)));
  return found;
}

function sourcesOf(object: KubeObject): Reference[] {
  return listAt(object.body, "spec", "sources").flatMap((source, i) => {
    const kind = textAt(source, "kind");
    const name = textAt(source, "name");
    if (kind === null || name === null) return [];
    const id = objectId(
      kind,
      "source.toolkit.fluxcd.io",
      textAt(source, "namespace") ?? object.namespace,
      name,
    );
    return [startup(object, id, "sources", ["spec", "sources", i], true)];
  });
}
