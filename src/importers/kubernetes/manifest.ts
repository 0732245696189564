/** The Kubernetes objects of one file. A file is parsed once: what came out is kept as long as somebody has the file. */
import type { Place, TreeFile } from "../contract.js";
import { type KubeObject, kubeObject } from "./kube-object.js";
import { isMapping, listAt, type Path, type Value } from "./values.js";
import { parseYaml, type YamlDocument, type YamlProblem, type YamlText } from "./yaml-source.js";

export interface ManifestFile {
  readonly objects: readonly KubeObject[];
  /** Documents that are no Kubernetes objects. */
  readonly others: readonly Place[];
  readonly problem: YamlProblem | null;
}

const parsed = new WeakMap<TreeFile, YamlText>();
const manifests = new WeakMap<TreeFile, ManifestFile>();

export function yamlOf(file: TreeFile): YamlText {
  let known = parsed.get(file);
  if (known === undefined) {
    known = parseYaml(file.text, { file: file.path, line: 1, column: 1 });
    parsed.set(file, known);
  }
  return known;
}

/** A text that cannot be parsed has no objects, whatever else it holds. */
export const brokenManifest = (file: TreeFile): string | null => yamlOf(file).problem?.kind ?? null;

export function manifestsOf(file: TreeFile): ManifestFile {
  let known = manifests.get(file);
  if (known === undefined) {
    const { documents, problem } = yamlOf(file);
    known = { ...objectsOf(documents, { file: file.path, line: 1, column: 1 }), problem };
    manifests.set(file, known);
  }
  return known;
}

/** The objects of documents, with lists taken apart. */
export function objectsOf(
  documents: readonly YamlDocument[],
  start: Place,
): { objects: readonly KubeObject[]; others: readonly Place[] } {
  const objects: KubeObject[] = [];
  const others: Place[] = [];
  const add = (value: Value, document: YamlDocument, prefix: Path): void => {
    const at = document.locate(prefix) ?? start;
    const layer =
      prefix.length === 0
        ? document
        : {
            locate: (path: Path) => document.locate([...prefix, ...path]),
            origin: (path: Path) => document.origin([...prefix, ...path]),
          };
    const object = kubeObject(value, layer, at);
    if (object === null) others.push(at);
    else if (isMapping(value) && object.kind.endsWith("List") && Array.isArray(value["items"])) {
      listAt(value, "items").forEach((item, i) => {
        add(item, document, [...prefix, "items", i]);
      });
    } else objects.push(object);
  };
  for (const document of documents) add(document.value, document, []);
  return { objects, others };
}
