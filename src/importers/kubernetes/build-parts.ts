/** What a build takes from single files, what it refuses of a set of objects, and replicas. */
import type { Issue } from "../../base/issue.js";
import type { Place, TreeFile } from "../contract.js";
import { issueAt } from "./issue-at.js";
import { changed, type KubeObject, type Layer } from "./kube-object.js";
import type { Kustomization } from "./kustomization-file.js";
import { manifestsOf, yamlOf } from "./manifest.js";
import { changesOf, type Patch } from "./patches.js";
import { namesOf } from "./selector.js";
import { type Mapping, type Path, withValue } from "./values.js";

/** A build that cannot go on. `buildOf` catches it. */
export class Refusal extends Error {
  constructor(readonly issue: Issue) {
    super(issue.code);
  }
}

const patchFiles = new WeakMap<TreeFile, Patch["changes"] | null>();

/** Parsed once, so that the same patch on the same object is known to give the same. */
export function patchFile(file: TreeFile): Patch["changes"] | null {
  let known = patchFiles.get(file);
  if (known === undefined) {
    const { documents, problem } = yamlOf(file);
    known = problem === null ? changesOf(file.text, documents) : null;
    patchFiles.set(file, known);
  }
  return known;
}

export function manifestsFor(file: TreeFile): readonly KubeObject[] {
  const { objects, others, problem } = manifestsOf(file);
  if (problem !== null) {
    throw new Refusal(
      issueAt(problem.kind === "template" ? "template" : "not-yaml", problem.message, problem.at),
    );
  }
  if (others[0] !== undefined)
    throw new Refusal(
      issueAt("not-an-object", "no Kubernetes object: apiVersion or kind is missing", others[0]),
    );
  const nameless = objects.find((object) => object.name === "");
  if (nameless !== undefined)
    throw new Refusal(issueAt("nameless", `a ${nameless.kind} without metadata.name`, nameless.at));
  return objects;
}

export const isRemote = (path: string): boolean =>
  /^[a-z+]+:\/\/|^[\w.-]+@[\w.-]+:|^[a-z+]+::|\?ref=|^(?:github|gitlab|bitbucket)\.[a-z]+\//i.test(path);

/** kustomize takes an object once: same kind, version, name and namespace. */
export function refuseDuplicates(objects: readonly KubeObject[], at: Place): void {
  const seen = new Set<string>();
  for (const object of objects) {
    const key = `${object.apiVersion} ${object.kind} ${object.namespace ?? "default"} ${object.name}`;
    if (seen.has(key)) {
      throw new Refusal(
        issueAt("duplicate-object", `${object.kind} ${object.name} is there twice`, object.at ?? at),
      );
    }
    seen.add(key);
  }
}

const scaledKinds = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);

export function scaled(
  object: KubeObject,
  name: string,
  count: Mapping[string],
  { transform, value }: Kustomization,
): KubeObject {
  if (!scaledKinds.has(object.kind) || !namesOf(object).some((was) => was.name === name)) return object;
  const index = (value["replicas"] as readonly Mapping[]).findIndex((item) => item["name"] === name);
  const at = (path: Path): ReturnType<Layer["locate"]> =>
    path.length === 2 && path[1] === "replicas" ? transform.locate(["replicas", index, "count"]) : null;
  const body = withValue(object.body, ["spec", "replicas"], count ?? null) as Mapping;
  return changed(object, body, { locate: at, origin: at });
}
