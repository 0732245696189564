/** From the roots to everything that Flux applies: each Kustomization is built, and those in it are followed. */
import type { Issue } from "../../base/issue.js";
import type { ItemId } from "../contract.js";
import { refusalOf } from "../kubernetes/admission.js";
import { idIn } from "../kubernetes/entry-index.js";
import { type Files, join, type Noting } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { idOf, type KubeObject, placeOf } from "../kubernetes/kube-object.js";
import type { Built } from "../kubernetes/kustomize.js";
import { textAt } from "../kubernetes/values.js";
import { type Artifact, artifactsOf, filesIn, isArtifactGenerator } from "./artifacts.js";
import { buildKustomization } from "./build.js";
import type { Root } from "./roots.js";
import { type FluxReference, isKustomization, type KustomizationSpec, specOf } from "./spec.js";

/** A Kustomization and what it applies. */
export interface Unit {
  readonly id: ItemId;
  readonly spec: KustomizationSpec;
  /** In whose cluster it is itself. */
  readonly home: string;
  /** The cluster in which it applies; empty: the one of Flux. */
  readonly cluster: string;
  /** Without what the API server would refuse. */
  readonly objects: readonly KubeObject[];
  /** Why it is not applied, or not whole. */
  readonly refusal: Issue | null;
}

export interface Walk {
  readonly units: readonly Unit[];
  readonly issues: readonly Issue[];
}

export function walk(files: Noting, roots: readonly Root[], variables: ReadonlyMap<string, string>): Walk {
  const issues: Issue[] = [];
  const units: Unit[] = [];
  for (const root of roots) {
    const cluster = roots.length > 1 ? specOf(root.object).path.replace(/^\.\/|\/$/g, "") : "";
    new Cluster(files, root, cluster, variables, units, issues).follow();
  }
  return { units, issues };
}

const key = ({ kind, namespace, name }: FluxReference): string => `${kind}/${namespace ?? ""}/${name}`;
const sameUrl = (a: string, b: string): boolean =>
  a.replace(/\.git$|\/$/g, "") === b.replace(/\.git$|\/$/g, "");

class Cluster {
  private readonly sources = new Map<string, KubeObject>();
  private readonly artifacts = new Map<string, Artifact>();
  private readonly seen = new Set<string>();
  private url: string | null = null;

  constructor(
    private readonly files: Noting,
    private readonly root: Root,
    private readonly cluster: string,
    private readonly variables: ReadonlyMap<string, string>,
    private readonly units: Unit[],
    private readonly issues: Issue[],
  ) {}

  follow(): void {
    const queue: { object: KubeObject; cluster: string }[] = [
      { object: this.root.object, cluster: this.cluster },
    ];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const id = idIn(idOf(next.object), next.cluster);
      if (this.seen.has(id)) continue;
      this.seen.add(id);
      const unit = this.unit(id, specOf(next.object), next.cluster);
      this.units.push(unit);
      this.gather(unit.objects);
      // Another cluster runs no Flux that this repository would know of.
      if (unit.cluster !== next.cluster) continue;
      for (const object of unit.objects)
        if (isKustomization(object)) queue.push({ object, cluster: next.cluster });
    }
  }

  private gather(objects: readonly KubeObject[]): void {
    for (const object of objects) {
      const reference = { kind: object.kind, namespace: object.namespace, name: object.name };
      if (object.group === "source.toolkit.fluxcd.io") this.sources.set(key(reference), object);
      if (!isArtifactGenerator(object)) continue;
      for (const artifact of artifactsOf(object)) {
        this.artifacts.set(
          key({ kind: "ExternalArtifact", namespace: object.namespace, name: artifact.name }),
          artifact,
        );
      }
    }
  }

  private unit(id: ItemId, spec: KustomizationSpec, home: string): Unit {
    const cluster =
      spec.kubeConfig === null ? home : [home, spec.kubeConfig].filter((part) => part !== "").join("/");
    const files = this.filesOf(spec);
    if (files === null) {
      const { kind, namespace, name } = spec.source;
      const at = placeOf(spec.object, ["spec", "sourceRef"]);
      const message = `what ${kind} ${namespace}/${name} holds is not here: what ${spec.name} applies is unknown`;
      const other = issueAt("other-source", message, at, "spec.sourceRef", "warning");
      this.issues.push(other);
      // A Kustomization without its source waits for it and leaves everything as it is.
      const isDefined = this.sources.has(key(spec.source));
      return { id, spec, home, cluster, objects: [], refusal: isDefined ? null : other };
    }
    const built = buildKustomization(files, spec, this.variables);
    this.issues.push(...built.issues);
    if (built.failure !== null) return { id, spec, home, cluster, objects: [], refusal: built.failure };
    return { id, spec, home, cluster, ...admittedOf(built, spec) };
  }

  /** The files of the source of a Kustomization; null: another repository. */
  private filesOf({ source, path }: KustomizationSpec): Files | null {
    if (this.isOurs(source, path)) return this.files;
    const artifact = this.artifacts.get(key(source));
    return artifact === undefined ? null : filesIn(artifact, this.files, (of) => this.isOurs(of, null));
  }

  /** The source of the root is this repository, and so is what has its URL, or what is defined elsewhere and has the path. */
  private isOurs(source: FluxReference, path: string | null): boolean {
    const own = specOf(this.root.object).source;
    if (key(source) === key(own)) return true;
    if (this.artifacts.has(key(source))) return false;
    const definition = this.sources.get(key(source));
    if (definition === undefined) {
      if (source.kind === "ExternalArtifact") return false;
      return path === null || this.isHere(path);
    }
    const url = textAt(definition.body, "spec", "url");
    this.url ??= this.root.url ?? textAt(this.sources.get(key(own))?.body, "spec", "url");
    // Where nobody says which repository this is, the first whose path is here is taken to be it.
    if (this.url === null && path !== null && this.isHere(path)) this.url = url;
    return url !== null && this.url !== null && sameUrl(url, this.url);
  }

  private isHere(path: string): boolean {
    const directory = join("", path);
    return directory !== null && this.files.under(directory).length > 0;
  }
}

interface Admitted {
  readonly objects: readonly KubeObject[];
  readonly refusal: Issue | null;
}
const admitted = new WeakMap<Built, Admitted>();

/** What the API server takes of a build, the same list for the same build. */
function admittedOf(built: Built, spec: KustomizationSpec): Admitted {
  let known = admitted.get(built);
  if (known === undefined) {
    let refusal: Issue | null = null;
    const objects = built.objects.filter((object) => {
      const reason = refusalOf(object) ?? encrypted(object, spec);
      refusal ??= reason;
      return reason === null;
    });
    known = { objects, refusal };
    admitted.set(built, known);
  }
  return known;
}

/** kustomize-controller applies nothing while an encrypted Secret has nobody to decrypt it. */
function encrypted(object: KubeObject, spec: KustomizationSpec): Issue | null {
  if (object.kind !== "Secret" || object.body["sops"] !== true || spec.decrypts) return null;
  const message = `the Secret ${object.name} is encrypted, and ${spec.name} has no spec.decryption`;
  return { ...issueAt("not-decrypted", message, object.at), expected: "spec.decryption" };
}
