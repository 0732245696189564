/**
 * `kustomize build` as far as it matters for what is deployed: which objects there are, what they are called, what patches
 * make of them, and when the build is refused. Order of the steps as in kustomize 5: resources, generators, components,
 * patches, namespace, names, labels, annotations, JSON patches, replicas.
 */
import type { Issue } from "../../base/issue.js";
import type { Place, TreeFile } from "../contract.js";
import { isRemote, manifestsFor, patchFile, Refusal, refuseDuplicates, scaled } from "./build-parts.js";
import { type Files, join, Kept } from "./files.js";
import { generated } from "./generator.js";
import { issueAt } from "./issue-at.js";
import { idOf, type KubeObject } from "./kube-object.js";
import {
  type Kustomization,
  kustomizationNames,
  kustomizationOf,
  type PatchSource,
} from "./kustomization-file.js";
import { applyPatch, type Patch } from "./patches.js";
import { transformed } from "./transform.js";
import { mappingAt } from "./values.js";

export interface Built {
  readonly objects: readonly KubeObject[];
  /** Why nothing is built. The objects are empty then. */
  readonly failure: Issue | null;
  readonly issues: readonly Issue[];
}

export interface BuildOptions {
  /** Files outside the directory of the kustomization that names them: Flux lets them in, kubectl and Argo CD do not. */
  readonly filesFromOutside: boolean;
}

/** Bases within bases; a cycle is caught by `within`, this by nothing else. */
const depthMax = 64;

const kept = new Kept<Built>();

/** The kustomization file of a directory. */
export function kustomizationFileIn(files: Files, directory: string): TreeFile | undefined {
  for (const name of kustomizationNames) {
    const file = files.get(directory === "" ? name : `${directory}/${name}`);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** What a directory with a kustomization file means. */
export function buildDirectory(
  files: Files,
  directory: string,
  file: TreeFile,
  options: BuildOptions,
): Built {
  return kept.of(
    file,
    `${options.filesFromOutside} ${directory}`,
    files,
    (noting) =>
      strictly(kustomizationOf(file)) ?? buildOf(noting, directory, kustomizationOf(file), options, []),
  );
}

/** What kustomize refuses of a file on sight, and Flux does not of the one at its path. */
function strictly({ failure, unknownField, nothing }: Kustomization): Built | null {
  const refusal = failure ?? unknownField ?? nothing;
  return refusal === null ? null : { objects: [], failure: refusal, issues: [] };
}

/** What a kustomization means in a directory, whether it stands in a file or was made up. */
export function buildOf(
  files: Files,
  directory: string,
  kustomization: Kustomization,
  options: BuildOptions,
  within: readonly string[],
): Built {
  const issues: Issue[] = [];
  try {
    return {
      objects: new Build(files, options, issues, within).all(directory, kustomization, []),
      failure: null,
      issues,
    };
  } catch (caught) {
    if (!(caught instanceof Refusal)) throw caught;
    return { objects: [], failure: caught.issue, issues };
  }
}

class Build {
  constructor(
    private readonly files: Files,
    private readonly options: BuildOptions,
    private readonly issues: Issue[],
    private readonly within: readonly string[],
  ) {}

  /** The objects of a kustomization; a component works on those that are there already. */
  all(directory: string, kustomization: Kustomization, given: readonly KubeObject[]): readonly KubeObject[] {
    if (kustomization.failure !== null) throw new Refusal(kustomization.failure);
    this.issues.push(...kustomization.issues);
    let objects: KubeObject[] = [...given];
    for (const resource of kustomization.resources) {
      objects.push(...this.resource(directory, resource.path, resource.at));
    }
    const shared = mappingAt(kustomization.value, "generatorOptions");
    for (const generator of kustomization.generators) {
      const made = generated(this.files, directory, generator, shared, this.issues);
      if (made.failure !== null) throw new Refusal(made.failure);
      // `merge` and `replace` change a map that is there.
      if (made.object !== null && !objects.some((object) => idOf(object) === idOf(made.object!))) {
        objects.push(made.object);
      }
    }
    refuseDuplicates(objects, kustomization.at);
    for (const component of kustomization.components) {
      objects = [...this.component(directory, component.path, component.at, objects)];
    }
    objects = [...this.patched(directory, objects, kustomization.merges)];
    objects = objects.map((object) => transformed(object, kustomization.transform));
    refuseDuplicates(objects, kustomization.at);
    objects = [...this.patched(directory, objects, kustomization.operations)];
    for (const { name, count } of kustomization.replicas) {
      objects = objects.map((object) => scaled(object, name, count, kustomization));
    }
    return objects;
  }

  private resource(directory: string, path: string, at: Place): readonly KubeObject[] {
    const here = join(directory, path);
    const file = here === null ? undefined : this.files.get(here);
    if (here !== null && file !== undefined) {
      if (!this.options.filesFromOutside && !`${here}/`.startsWith(directory === "" ? "" : `${directory}/`)) {
        throw new Refusal(
          issueAt("outside-kustomization", `${path} is outside the directory of the kustomization`, at),
        );
      }
      return manifestsFor(file);
    }
    const inner = here === null ? undefined : kustomizationFileIn(this.files, here);
    if (here !== null && inner !== undefined) {
      if (this.within.includes(here) || this.within.length > depthMax) {
        throw new Refusal(issueAt("kustomization-cycle", `${path} leads back to itself`, at));
      }
      if (kustomizationOf(inner).isComponent) {
        throw new Refusal(issueAt("component-as-resource", `${path} is a component`, at));
      }
      const built = this.nested(here, inner, directory);
      this.issues.push(...built.issues);
      if (built.failure !== null) throw new Refusal(built.failure);
      return built.objects;
    }
    if (isRemote(path)) {
      this.issues.push(
        issueAt(
          "remote-resource",
          `${path} is not fetched: what it holds is unknown`,
          at,
          undefined,
          "warning",
        ),
      );
      return [];
    }
    throw new Refusal(issueAt("missing-file", `there is no ${path}`, at));
  }

  private nested(here: string, inner: TreeFile, directory: string): Built {
    const within = [...this.within, directory];
    const refused = strictly(kustomizationOf(inner));
    if (refused !== null) return refused;
    // A cycle is found on the way, so what is kept hangs on the way only where there is one.
    return kept.of(inner, `${this.options.filesFromOutside} ${here}`, this.files, (noting) =>
      buildOf(noting, here, kustomizationOf(inner), this.options, within),
    );
  }

  private component(
    directory: string,
    path: string,
    at: Place,
    objects: readonly KubeObject[],
  ): readonly KubeObject[] {
    const here = join(directory, path);
    const file = here === null ? undefined : kustomizationFileIn(this.files, here);
    if (here === null || file === undefined) {
      if (isRemote(path)) {
        this.issues.push(
          issueAt(
            "remote-resource",
            `${path} is not fetched: what it does is unknown`,
            at,
            undefined,
            "warning",
          ),
        );
        return objects;
      }
      throw new Refusal(issueAt("missing-file", `there is no component ${path}`, at));
    }
    const component = kustomizationOf(file);
    if (component.failure === null && !component.isComponent) {
      throw new Refusal(issueAt("resource-as-component", `${path} is no component`, at));
    }
    const refused = strictly(component)?.failure ?? null;
    if (refused !== null) throw new Refusal(refused);
    if (this.within.includes(here) || this.within.length > depthMax) {
      throw new Refusal(issueAt("kustomization-cycle", `${path} leads back to itself`, at));
    }
    const inner = new Build(this.files, this.options, this.issues, [...this.within, here]);
    return inner.all(here, component, objects);
  }

  private patched(
    directory: string,
    objects: readonly KubeObject[],
    sources: readonly PatchSource[],
  ): readonly KubeObject[] {
    let result = objects;
    for (const source of sources) {
      const patch = this.patch(directory, source);
      const { objects: after, failure } = applyPatch(result, patch);
      if (failure !== null)
        throw new Refusal(issueAt("patch-does-not-apply", `the patch does not apply: ${failure}`, patch.at));
      result = after;
    }
    return result;
  }

  private patch(directory: string, source: PatchSource): Patch {
    if (!("file" in source)) return source;
    const path = join(directory, source.file);
    const file = path === null ? undefined : this.files.get(path);
    if (file === undefined)
      throw new Refusal(issueAt("missing-file", `there is no ${source.file}`, source.at));
    const changes = patchFile(file);
    if (changes === null) throw new Refusal(issueAt("wrong-patch", `${source.file} is no patch`, source.at));
    return { target: source.target, options: source.options, changes, at: source.at };
  }
}
