/** What an Application of Argo CD says, and what becomes of what it owns. */
import type { Ownership, Setting } from "../contract.js";
import { isWritten, type KubeObject, placeOf, settingOf } from "../kubernetes/kube-object.js";
import {
  flagAt,
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  type Path,
  textAt,
  textsAt,
} from "../kubernetes/values.js";

export const argoGroup = "argoproj.io";
export const isApplication = (object: KubeObject): boolean =>
  object.kind === "Application" && object.group === argoGroup;
export const isApplicationSet = (object: KubeObject): boolean =>
  object.kind === "ApplicationSet" && object.group === argoGroup;

export interface Source {
  readonly repoURL: string;
  readonly path: string | null;
  /** A chart of a Helm repository. */
  readonly chart: string | null;
  readonly value: Mapping;
  readonly at: Path;
}

export interface ApplicationSpec {
  readonly object: KubeObject;
  readonly sources: readonly Source[];
  /** Empty: the cluster in which Argo CD runs. */
  readonly cluster: string;
  readonly namespace: string | null;
  readonly project: string;
}

const specs = new WeakMap<KubeObject, ApplicationSpec>();

export function applicationOf(object: KubeObject): ApplicationSpec {
  let spec = specs.get(object);
  if (spec === undefined) {
    spec = readApplication(object);
    specs.set(object, spec);
  }
  return spec;
}

function readApplication(object: KubeObject): ApplicationSpec {
  const spec = mappingAt(object.body, "spec") ?? {};
  const several = listAt(spec, "sources");
  const sources =
    several.length > 0
      ? several.map((value, i) => ({ value, at: ["spec", "sources", i] }))
      : [{ value: spec["source"] ?? null, at: ["spec", "source"] }];
  return {
    object,
    sources: sources.flatMap(({ value, at }): Source[] => {
      if (!isMapping(value)) return [];
      const path = textAt(value, "path");
      const chart = textAt(value, "chart");
      // A source with only `ref` gives values to the others.
      if (path === null && chart === null && textAt(value, "ref") !== null) return [];
      return [{ repoURL: textAt(value, "repoURL") ?? "", path, chart, value, at }];
    }),
    cluster: clusterOf(spec),
    namespace: textAt(spec, "destination", "namespace"),
    project: textAt(spec, "project") ?? "default",
  };
}

function clusterOf(spec: Mapping): string {
  const name = textAt(spec, "destination", "name");
  const server = textAt(spec, "destination", "server");
  if (name !== null && name !== "") return name === "in-cluster" ? "" : name;
  if (server === null || server === "" || /^https:\/\/kubernetes\.default(?:\.svc)?(?:[.:/]|$)/.test(server))
    return "";
  return server.replace(/^https?:\/\//, "");
}

const finalizer = /^(?:[a-z-]+-)?resources-finalizer\.argocd\.argoproj\.io(?:\/|$)/;

/**
 * `automated.prune` deletes what is omitted, and nobody does without `automated`; the finalizer deletes everything with the
 * Application. Where manifests cannot be made there is no sync. Sources: Argo CD, automated sync and app deletion.
 */
export function ownershipOfApplication(object: KubeObject): Ownership {
  const automated = mappingAt(object.body, "spec", "syncPolicy", "automated");
  const on = automated !== null && flagAt(automated, "enabled") !== false;
  const finalizers = textsAt(object.body, "metadata", "finalizers");
  const cascade = finalizers.findIndex((text) => finalizer.test(text));
  const path = ["spec", "syncPolicy", "automated"];
  const settings: (Setting | null)[] = [
    settingOf(object, ...path, "prune"),
    settingOf(object, ...path, "allowEmpty"),
    flagAt(automated ?? {}, "enabled") === false ? settingOf(object, ...path, "enabled") : null,
    // One that the ApplicationSet controller adds is in no file.
    cascade === -1 || !isWritten(object, ["metadata", "finalizers", cascade])
      ? null
      : { text: `- ${finalizers[cascade]}`, at: placeOf(object, ["metadata", "finalizers", cascade]) },
  ];
  return {
    omitted: on && flagAt(automated, "prune") === true ? "delete" : "keep",
    deleted: cascade === -1 ? "keep" : "delete",
    refused: "keep",
    because: settings.filter((setting): setting is Setting => setting !== null),
  };
}

/**
 * An ApplicationSet deletes Applications that its generators no longer give, unless its policy says otherwise; its own
 * deletion takes them along as their owner. A generator that fails changes nothing.
 */
export function ownershipOfSet(object: KubeObject): Ownership {
  const policy = textAt(object.body, "spec", "syncPolicy", "applicationsSync") ?? "sync";
  const because = settingOf(object, "spec", "syncPolicy", "applicationsSync") ?? settingOf(object, "kind");
  return {
    omitted: policy === "sync" || policy === "create-delete" ? "delete" : "keep",
    deleted: "delete",
    refused: "keep",
    because: because === null ? [] : [because],
  };
}
