/** What objects say to Argo CD: what keeps them, whether they are hooks, in which wave they come. */
import type { Setting } from "../contract.js";
import { type Draft, draftOf, type Reference } from "../kubernetes/draft.js";
import { objectId } from "../kubernetes/kinds.js";
import { type KubeObject, placeOf, settingOf } from "../kubernetes/kube-object.js";
import { textAt } from "../kubernetes/values.js";
import { applicationOf, argoGroup, isApplication } from "./application.js";

const options = "argocd.argoproj.io/sync-options";
const hook = "argocd.argoproj.io/hook";
const wave = "argocd.argoproj.io/sync-wave";
const helmPolicy = "helm.sh/resource-policy";

const drafts = new WeakMap<KubeObject, Draft>();

export function argoDraft(object: KubeObject): Draft {
  let draft = drafts.get(object);
  if (draft === undefined) {
    const base = draftOf(object);
    draft = { ...base, ...keptBy(object), references: [...base.references, ...projectOf(object)] };
    drafts.set(object, draft);
  }
  return draft;
}

const opaque = new WeakMap<KubeObject, Draft>();

/** An Application whose objects nobody here can see runs itself, for all that is known. */
export function opaqueDraft(object: KubeObject): Draft {
  let draft = opaque.get(object);
  if (draft === undefined) {
    const spec = applicationOf(object);
    const named = spec.sources.flatMap(({ value }) => textAt(value, "helm", "releaseName") ?? [])[0];
    const release = { name: named ?? object.name, namespace: spec.namespace };
    draft = { ...argoDraft(object), runs: true, release };
    opaque.set(object, draft);
  }
  return draft;
}

/**
 * `Prune=false` keeps what is omitted, `Delete=false` what is left when the Application is deleted; `confirm` waits for
 * people. Definitions are never deleted with an Application (shouldBeDeleted in its controller), hooks never pruned.
 */
function keptBy(object: KubeObject): { keep: Setting | null; keepOnly: Draft["keepOnly"] } {
  const found = (textAt(object.body, "metadata", "annotations", options) ?? "")
    .split(",")
    .map((option) => option.trim());
  const says = (name: string): boolean =>
    found.includes(`${name}=false`) || found.includes(`${name}=confirm`);
  const omitted = says("Prune") ? settingOf(object, "metadata", "annotations", options) : hookOf(object);
  const deleted = says("Delete")
    ? settingOf(object, "metadata", "annotations", options)
    : textAt(object.body, "metadata", "annotations", helmPolicy) === "keep"
      ? settingOf(object, "metadata", "annotations", helmPolicy)
      : object.kind === "CustomResourceDefinition"
        ? settingOf(object, "kind")
        : null;
  const keep = omitted ?? deleted;
  return {
    keep,
    keepOnly:
      keep === null || (omitted !== null && deleted !== null)
        ? null
        : omitted !== null
          ? "omitted"
          : "deleted",
  };
}

/** The annotation that makes it a hook of a sync. */
export const hookOf = (object: KubeObject): Setting | null =>
  textAt(object.body, "metadata", "annotations", hook) === null
    ? null
    : settingOf(object, "metadata", "annotations", hook);

export const isPreSync = (object: KubeObject): boolean =>
  (textAt(object.body, "metadata", "annotations", hook) ?? "")
    .split(",")
    .some((phase) => phase.trim() === "PreSync");

/** 0 where it says none. */
export function waveOf(object: KubeObject): number {
  const number = Number(textAt(object.body, "metadata", "annotations", wave) ?? "0");
  return Number.isInteger(number) ? number : 0;
}

export const placeOfWave = (object: KubeObject): ReturnType<typeof placeOf> =>
  placeOf(object, [
    "metadata",
    "annotations",
    textAt(object.body, "metadata", "annotations", wave) === null ? hook : wave,
  ]);

/** Without its project an Application is not synced. */
function projectOf(object: KubeObject): Reference[] {
  if (!isApplication(object)) return [];
  const { project } = applicationOf(object);
  if (project === "default") return [];
  const to = { id: objectId("AppProject", argoGroup, object.namespace, project) };
  const at = placeOf(object, ["spec", "project"]);
  return [{ to, kind: "startup", certain: true, evidence: "project", at, tells: true }];
}
