/** What one object says about itself, before anybody knows which others there are. */
import type { ImportedNeed, Place, Setting } from "../contract.js";
import { groupOf, isEphemeral, kindName, livesInNoNamespace, objectId, runs } from "./kinds.js";
import { idOf, type KubeObject } from "./kube-object.js";
import { naturalKey } from "./natural-key.js";
import { referencesOf } from "./references.js";
import { listAt, type Mapping, mappingAt, textAt, valueAt } from "./values.js";

/** Somebody whom an object names without knowing whether there is such a one. */
export interface Reference {
  readonly to:
    | { readonly id: string }
    | { readonly host: string }
    /** Pods with labels: null for those of every namespace. */
    | { readonly selector: Mapping; readonly namespace: string | null };
  readonly kind: ImportedNeed["kind"];
  readonly certain: boolean;
  readonly evidence: string;
  readonly at: Place;
  /** It says what the object needs to serve, not only what its pods need to be made. */
  readonly tells: boolean;
}

/** A network policy lets some pods reach others. */
export interface Admission {
  readonly from: { readonly selector: Mapping; readonly namespace: string | null };
  readonly to: { readonly selector: Mapping; readonly namespace: string | null };
  readonly at: Place;
}

export interface Draft {
  readonly id: string;
  /** For the canonical order by plain comparison. */
  readonly sortKey: string;
  readonly object: KubeObject;
  readonly kind: string;
  readonly title: string;
  readonly runs: boolean;
  readonly data: boolean;
  readonly keep: Setting | null;
  readonly keepOnly: "omitted" | "deleted" | null;
  readonly replicas: number;
  /** The namespace that it is in. */
  readonly namespace: string | null;
  readonly references: readonly Reference[];
  readonly admissions: readonly Admission[];
  readonly podLabels: Mapping | null;
  /** Of a Service: the labels of the pods behind it. */
  readonly selects: Mapping | null;
  /** Ids under which others may mean it: those that it had before kustomize changed its name. */
  readonly aliases: readonly string[];
  /** Ids of objects that exist only because it makes them: the Secret of an ExternalSecret. */
  readonly makes: readonly string[];
  /** Of a CustomResourceDefinition: the start of the ids of its instances. */
  readonly defines: string | null;
  readonly ownedBy: readonly string[];
  /** The release whose chart makes Services that nobody here can see; their names usually begin with its name. */
  readonly release: { readonly name: string; readonly namespace: string | null } | null;
}

const drafts = new WeakMap<KubeObject, Draft>();

export function draftOf(object: KubeObject): Draft {
  let draft = drafts.get(object);
  if (draft === undefined) {
    draft = makeDraft(object);
    drafts.set(object, draft);
  }
  return draft;
}

function makeDraft(object: KubeObject): Draft {
  const { body, kind, group } = object;
  const id = idOf(object);
  const { references, admissions } = referencesOf(object);
  const replicas = valueAt(body, ["spec", "replicas"]);
  const template = kind === "Pod" ? body : mappingAt(body, "spec", "template");
  const hasPods = runs(kind, group);
  const namespace = livesInNoNamespace(kind, group) ? null : object.namespace;
  return {
    id,
    sortKey: naturalKey(id),
    object,
    kind,
    title: namespace === null ? object.name || id : `${namespace}/${object.name}`,
    runs: hasPods,
    data: group === "" && (kind === "PersistentVolumeClaim" || kind === "PersistentVolume"),
    keep: null,
    keepOnly: null,
    replicas: typeof replicas === "number" && Number.isInteger(replicas) && replicas >= 0 ? replicas : 1,
    namespace,
    references,
    admissions,
    podLabels:
      hasPods || isEphemeral(kind, group) ? (mappingAt(template ?? {}, "metadata", "labels") ?? {}) : null,
    selects: group === "" && kind === "Service" ? mappingAt(body, "spec", "selector") : null,
    aliases: object.formerly
      .map((was) => objectId(kind, group, object.namespace, was.name))
      .filter((alias) => alias !== id),
    makes: madeBy(object),
    defines: definitionOf(object),
    ownedBy: listAt(body, "metadata", "ownerReferences").flatMap((owner) => {
      const owned = textAt(owner, "kind");
      const name = textAt(owner, "name");
      if (owned === null || name === null) return [];
      return [objectId(owned, groupOf(textAt(owner, "apiVersion") ?? ""), object.namespace, name)];
    }),
    release: null,
  };
}

/** Operators that make a Secret under a name that the object gives. */
function madeBy(object: KubeObject): string[] {
  const secret = (name: string | null): string[] =>
    name === null ? [] : [objectId("Secret", "", object.namespace, name)];
  switch (`${object.group}/${object.kind}`) {
    case "external-secrets.io/ExternalSecret":
      return secret(textAt(object.body, "spec", "target", "name") ?? object.name);
    case "bitnami.com/SealedSecret":
      return secret(textAt(object.body, "spec", "template", "metadata", "name") ?? object.name);
    case "cert-manager.io/Certificate":
      return secret(textAt(object.body, "spec", "secretName"));
    default:
      return [];
  }
}

function definitionOf(object: KubeObject): string | null {
  if (object.kind !== "CustomResourceDefinition") return null;
  const kind = textAt(object.body, "spec", "names", "kind");
  const group = textAt(object.body, "spec", "group");
  return kind === null || group === null ? null : `${kindName(kind, group)}/`;
}
