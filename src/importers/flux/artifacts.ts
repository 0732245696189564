/** ArtifactGenerators cut one repository into several sources: which files each of those has, under which paths. */
import type { TreeFile } from "../contract.js";
import { type Files, type Listing, stillSame } from "../kubernetes/files.js";
import type { KubeObject } from "../kubernetes/kube-object.js";
import { listAt, textAt } from "../kubernetes/values.js";
import type { FluxReference } from "./spec.js";

export interface Artifact {
  readonly generator: KubeObject;
  readonly name: string;
  /** In order; what is copied later wins. */
  readonly copies: readonly {
    readonly source: FluxReference & { readonly namespace: string };
    readonly from: string;
    readonly to: string;
  }[];
}

export const isArtifactGenerator = (object: KubeObject): boolean =>
  object.kind === "ArtifactGenerator" && object.group === "source.extensions.fluxcd.io";

const read = new WeakMap<KubeObject, readonly Artifact[]>();

export function artifactsOf(generator: KubeObject): readonly Artifact[] {
  let found = read.get(generator);
  if (found === undefined) {
    found = readArtifacts(generator);
    read.set(generator, found);
  }
  return found;
}

function readArtifacts(generator: KubeObject): readonly Artifact[] {
  const { body } = generator;
  const namespace = generator.namespace ?? "default";
  const sources = new Map<string, FluxReference & { namespace: string }>();
  for (const source of listAt(body, "spec", "sources")) {
    const alias = textAt(source, "alias");
    const kind = textAt(source, "kind");
    const name = textAt(source, "name");
    if (alias !== null && kind !== null && name !== null) {
      sources.set(alias, { kind, name, namespace: textAt(source, "namespace") ?? namespace });
    }
  }
  return listAt(body, "spec", "artifacts").flatMap((artifact): Artifact[] => {
    const name = textAt(artifact, "name");
    if (name === null) return [];
    const copies = listAt(artifact, "copy").flatMap((copy) => {
      const from = /^@([^/]+)\/(.*)$/.exec(textAt(copy, "from") ?? "");
      const to = /^@artifact\/(.*)$/.exec(textAt(copy, "to") ?? "");
      const source = from === null ? undefined : sources.get(from[1]!);
      return from === null || to === null || source === undefined
        ? []
        : [{ source, from: from[2]!, to: to[1]! }];
    });
    return [{ generator, name, copies }];
  });
}

/** The files of an artifact, of what is copied from this repository. */
export function filesIn(artifact: Artifact, files: Files, isOurs: (source: FluxReference) => boolean): Files {
  const found = new Map<string, TreeFile>();
  for (const { source, from, to } of artifact.copies) {
    if (!isOurs(source)) continue;
    const all = from.endsWith("/**") || from === "**";
    const directory = (all ? from.replace(/\/?\*\*$/, "") : from).replace(/\/+$/, "");
    const single = files.get(directory);
    if (single !== undefined) {
      const name =
        to === "" || to.endsWith("/") ? `${to}${directory.slice(directory.lastIndexOf("/") + 1)}` : to;
      found.set(name, single);
    }
    // `dir/**` copies what is in the directory, `dir` the directory itself.
    const strip = all ? (directory === "" ? 0 : directory.length + 1) : directory.lastIndexOf("/") + 1;
    for (const { path, file } of files.under(directory)) found.set(`${to}${path.slice(strip)}`, file);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const lookedUp = new Map(sorted);
  const get = (path: string): TreeFile | undefined => lookedUp.get(path);
  const under = (directory: string): Listing => {
    const prefix = directory === "" ? "" : `${directory}/`;
    return sorted.filter(([path]) => path.startsWith(prefix)).map(([path, file]) => ({ path, file }));
  };
  // What the artifact is made of is read from the repository.
  const fromRepository = (file: TreeFile | undefined): TreeFile | undefined =>
    file === undefined ? undefined : files.get(file.path);
  return {
    get: (path) => fromRepository(get(path)),
    under,
    holds: (before) => stillSame(before, get, under),
    note(before) {
      for (const file of before.files.values()) fromRepository(file);
    },
    isUnread: () => false,
  };
}
