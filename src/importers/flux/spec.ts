/** What a Kustomization of Flux says about itself. Source: api/v1/kustomization_types.go of kustomize-controller 1.7. */
import type { Ownership, Place, Setting } from "../contract.js";
import { objectId } from "../kubernetes/kinds.js";
import { type KubeObject, placeOf, settingOf } from "../kubernetes/kube-object.js";
import { flagAt, isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from "../kubernetes/values.js";

export const kustomizeGroup = "kustomize.toolkit.fluxcd.io";

export interface FluxReference {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

export interface KustomizationSpec {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly name: string;
  /** As written; empty: the root of the source. */
  readonly path: string;
  readonly prune: boolean;
  readonly wait: boolean;
  readonly suspend: boolean;
  readonly targetNamespace: string | null;
  readonly deletionPolicy: string;
  readonly source: FluxReference & { readonly namespace: string };
  readonly dependsOn: readonly { readonly namespace: string; readonly name: string; readonly at: Place }[];
  /** Ids of what it waits for beside `wait`. */
  readonly healthChecks: readonly string[];
  /** Another cluster: the Secret or ConfigMap that leads there. */
  readonly kubeConfig: string | null;
  readonly decrypts: boolean;
  readonly postBuild: Mapping | null;
  readonly timeout: string | null;
}

export const isKustomization = (object: KubeObject): boolean =>
  object.kind === "Kustomization" && object.group === kustomizeGroup;

const specs = new WeakMap<KubeObject, KustomizationSpec>();

export function specOf(object: KubeObject): KustomizationSpec {
  let spec = specs.get(object);
  if (spec === undefined) {
    spec = readSpec(object);
    specs.set(object, spec);
  }
  return spec;
}

function readSpec(object: KubeObject): KustomizationSpec {
  const spec = mappingAt(object.body, "spec") ?? {};
  const namespace = object.namespace ?? "default";
  const source = mappingAt(spec, "sourceRef") ?? {};
  return {
    object,
    namespace,
    name: object.name,
    path: textAt(spec, "path") ?? "",
    prune: flagAt(spec, "prune") === true,
    wait: flagAt(spec, "wait") === true,
    suspend: flagAt(spec, "suspend") === true,
    targetNamespace: textAt(spec, "targetNamespace") || null,
    deletionPolicy: textAt(spec, "deletionPolicy") ?? "MirrorPrune",
    source: {
      kind: textAt(source, "kind") ?? "",
      namespace: textAt(source, "namespace") ?? namespace,
      name: textAt(source, "name") ?? "",
    },
    dependsOn: listAt(spec, "dependsOn").flatMap((item, i) => {
      const name = textAt(item, "name");
      if (name === null) return [];
      return [
        {
          namespace: textAt(item, "namespace") ?? namespace,
          name,
          at: placeOf(object, ["spec", "dependsOn", i]),
        },
      ];
    }),
    healthChecks: listAt(spec, "healthChecks").flatMap((check) => {
      const kind = textAt(check, "kind");
      const name = textAt(check, "name");
      if (kind === null || name === null) return [];
      const group = (textAt(check, "apiVersion") ?? "").replace(/\/?[^/]*$/, "");
      return [objectId(kind, group, textAt(check, "namespace"), name)];
    }),
    kubeConfig:
      textAt(spec, "kubeConfig", "secretRef", "name") ?? textAt(spec, "kubeConfig", "configMapRef", "name"),
    decrypts: isMapping(spec["decryption"]),
    postBuild: mappingAt(spec, "postBuild"),
    timeout: textAt(spec, "timeout"),
  };
}

const ownerships = new WeakMap<KustomizationSpec, Ownership>();

/**
 * What happens to its inventory. `prune` deletes what is omitted; `deletionPolicy` says what its own deletion does and
 * follows `prune` by default; a suspended one does neither. A build that fails deletes nothing.
 */
export function ownershipOf(spec: KustomizationSpec): Ownership {
  let ownership = ownerships.get(spec);
  if (ownership === undefined) {
    const { object, prune, suspend, deletionPolicy } = spec;
    const deletes =
      deletionPolicy === "MirrorPrune" ? prune : ["Delete", "WaitForTermination"].includes(deletionPolicy);
    const settings = [
      settingOf(object, "spec", "prune"),
      valueAt(object.body, ["spec", "deletionPolicy"]) === undefined
        ? null
        : settingOf(object, "spec", "deletionPolicy"),
      suspend ? settingOf(object, "spec", "suspend") : null,
    ];
    ownership = {
      omitted: prune && !suspend ? "delete" : "keep",
      deleted: deletes && !suspend ? "delete" : "keep",
      refused: "keep",
      because: settings.filter((setting): setting is Setting => setting !== null),
    };
    ownerships.set(spec, ownership);
  }
  return ownership;
}
