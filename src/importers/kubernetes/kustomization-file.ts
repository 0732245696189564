/** What a kustomization file says, and what kustomize would refuse in it. Read once a file. */
import type { Issue } from "../../base/issue.js";
import type { Place, TreeFile } from "../contract.js";
import { issueAt } from "./issue-at.js";
import { yamlOf } from "./manifest.js";
import { changesOf, type Patch } from "./patches.js";
import {
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  type Path,
  textAt,
  textsAt,
  type Value,
} from "./values.js";
import { parseYaml, type YamlDocument } from "./yaml-source.js";

export const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** A patch, or the file that holds one. */
export type PatchSource =
  | Patch
  | {
      readonly file: string;
      readonly target: Mapping | null;
      readonly options: Mapping | null;
      readonly at: Place;
    };

/** What a kustomization does to the objects that it has gathered. */
export interface Transform {
  readonly namespace: string | null;
  readonly prefix: string;
  readonly suffix: string;
  readonly annotations: Mapping | null;
  readonly labels: readonly {
    readonly pairs: Mapping;
    readonly selectors: boolean;
    readonly templates: boolean;
  }[];
  /** Where the value of a field of the kustomization stands. */
  locate(path: Path): Place | null;
}

export interface Kustomization {
  readonly isComponent: boolean;
  readonly resources: readonly { readonly path: string; readonly at: Place }[];
  readonly components: readonly { readonly path: string; readonly at: Place }[];
  readonly merges: readonly PatchSource[];
  readonly operations: readonly PatchSource[];
  readonly transform: Transform;
  readonly generators: readonly {
    readonly kind: "ConfigMap" | "Secret";
    readonly value: Mapping;
    readonly at: Place;
  }[];
  readonly replicas: readonly { readonly name: string; readonly count: Value }[];
  readonly value: Mapping;
  readonly at: Place;
  /** Why kustomize refuses it. Flux ignores the unknown fields of the file at its path, which it reads and writes anew. */
  readonly failure: Issue | null;
  readonly unknownField: Issue | null;
  /** It says nothing, which kustomize refuses; null: it does say something. An empty list is something. */
  readonly nothing: Issue | null;
  readonly issues: readonly Issue[];
}

const lists =
  "resources components bases crds configurations generators transformers validators patchesStrategicMerge patches patchesJson6902 images imageTags replacements replicas vars configMapGenerator secretGenerator helmCharts helmChartInflationGenerator labels buildMetadata".split(
    " ",
  );
const ofTexts = new Set(
  "resources components bases crds configurations generators transformers validators patchesStrategicMerge buildMetadata".split(
    " ",
  ),
);
const mappings =
  "commonLabels commonAnnotations generatorOptions openapi metadata helmGlobals sortOptions".split(" ");
const texts = "apiVersion kind namespace namePrefix nameSuffix".split(" ");
const known = new Set([...lists, ...mappings, ...texts]);
/** Fields that make objects which are not rendered here. */
const unrendered = [
  "helmCharts",
  "helmChartInflationGenerator",
  "generators",
  "transformers",
  "replacements",
  "vars",
];

const read = new WeakMap<TreeFile, Kustomization>();

export function kustomizationOf(file: TreeFile): Kustomization {
  let found = read.get(file);
  if (found === undefined) {
    found = readKustomization(file);
    read.set(file, found);
  }
  return found;
}

function readKustomization(file: TreeFile): Kustomization {
  const { documents, problem } = yamlOf(file);
  const at = { file: file.path, line: 1, column: 1 };
  const document = documents[0];
  if (problem !== null) return kustomization(null, at, issueAt("not-yaml", problem.message, problem.at));
  if (document === undefined) return kustomization(null, at, null);
  if (!isMapping(document.value)) {
    return kustomization(null, at, issueAt("not-a-kustomization", "a kustomization is a mapping", at));
  }
  return kustomization(document, at, null);
}

function kustomization(document: YamlDocument | null, start: Place, problem: Issue | null): Kustomization {
  const value = document !== null && isMapping(document.value) ? document.value : {};
  const at = (path: Path): Place => document?.locate(path) ?? start;
  const failure = problem ?? wrongType(value, at) ?? wrongPatch(value, document, at);
  const unknown = Object.keys(value).find((key) => !known.has(key));
  const says = Object.entries(value).some(([key, item]) => !isTypeMeta(key) && item !== null && item !== "");
  const entries = (field: string): { path: string; at: Place }[] =>
    textsAt(value, field).map((path, i) => ({ path, at: at([field, i]) }));
  const patches = (field: string): PatchSource[] => patchesOf(value, field, document, start);
  return {
    isComponent: value["kind"] === "Component",
    resources: [...entries("resources"), ...entries("bases")],
    components: entries("components"),
    merges: [...patches("patchesStrategicMerge"), ...patches("patches")],
    operations: patches("patchesJson6902"),
    transform: {
      namespace: textAt(value, "namespace") || null,
      prefix: textAt(value, "namePrefix") ?? "",
      suffix: textAt(value, "nameSuffix") ?? "",
      annotations: mappingAt(value, "commonAnnotations"),
      labels: labelsOf(value),
      locate: (path) => document?.locate(path) ?? null,
    },
    generators: (["ConfigMap", "Secret"] as const).flatMap((kind) => {
      const field = kind === "Secret" ? "secretGenerator" : "configMapGenerator";
      return listAt(value, field).flatMap((item, i) =>
        isMapping(item) ? [{ kind, value: item, at: at([field, i]) }] : [],
      );
    }),
    replicas: listAt(value, "replicas").flatMap((item) => {
      const name = textAt(item, "name");
      return name !== null && isMapping(item) ? [{ name, count: item["count"] ?? 0 }] : [];
    }),
    value,
    at: start,
    failure,
    unknownField:
      unknown === undefined
        ? null
        : issueAt("unknown-field", `kustomize knows no field ${unknown}`, at([unknown]), unknown),
    nothing: says ? null : issueAt("empty-kustomization", "the kustomization is empty", start),
    issues: unrendered
      .filter((field) => listAt(value, field).length > 0)
      .map((field) =>
        issueAt("not-rendered", `what ${field} makes is not rendered`, at([field]), field, "warning"),
      ),
  };
}

const isTypeMeta = (key: string): boolean => key === "apiVersion" || key === "kind";

/** As Flux reads and writes it: what is empty is left out, and then nothing may be left. */
export const isEmptied = ({ value }: Kustomization): boolean =>
  Object.entries(value).every(
    ([key, item]) =>
      isTypeMeta(key) ||
      item === null ||
      item === "" ||
      (typeof item === "object" && Object.keys(item).length === 0) ||
      !known.has(key),
  );

function labelsOf(value: Mapping): Transform["labels"] {
  const common = mappingAt(value, "commonLabels");
  const more = listAt(value, "labels").flatMap((item) => {
    const pairs = mappingAt(item, "pairs");
    if (pairs === null || !isMapping(item)) return [];
    const selectors = item["includeSelectors"] === true;
    return [{ pairs, selectors, templates: selectors || item["includeTemplates"] === true }];
  });
  return common === null ? more : [{ pairs: common, selectors: true, templates: true }, ...more];
}

function wrongType(value: Mapping, at: (path: Path) => Place): Issue | null {
  const wrong = (field: string, expected: string): Issue => ({
    ...issueAt("wrong-type", `${field} of a kustomization has the wrong type`, at([field]), field),
    expected,
  });
  for (const [field, item] of Object.entries(value)) {
    if (item === null || item === undefined) continue;
    if (lists.includes(field) && !Array.isArray(item)) return wrong(field, "a list");
    if (ofTexts.has(field) && (item as readonly Value[]).some((text) => typeof text !== "string")) {
      return wrong(field, "a list of texts");
    }
    if (mappings.includes(field) && !isMapping(item)) return wrong(field, "a mapping");
    if (texts.includes(field) && typeof item !== "string") return wrong(field, "a text");
  }
  const kind = value["kind"];
  if (kind !== undefined && kind !== null && kind !== "Kustomization" && kind !== "Component") {
    return wrong("kind", "Kustomization or Component");
  }
  const version = textAt(value, "apiVersion");
  const wanted = `kustomize.config.k8s.io/${kind === "Component" ? "v1alpha1" : "v1beta1"}`;
  if (version !== null && version !== "" && version !== wanted) return wrong("apiVersion", wanted);
  return null;
}

/** Entries of `patches` that say neither what nor where. */
function wrongPatch(value: Mapping, document: YamlDocument | null, at: (path: Path) => Place): Issue | null {
  for (const field of ["patches", "patchesJson6902"]) {
    const list = listAt(value, field);
    for (let i = 0; i < list.length; i++) {
      const item = list[i]!;
      const path = [field, i];
      if (!isMapping(item))
        return issueAt("wrong-patch", "a patch is a mapping with path or patch", at(path), field);
      const inline = textAt(item, "patch");
      if ((inline === null) === (textAt(item, "path") === null)) {
        return issueAt("wrong-patch", "a patch has either path or patch", at(path), field);
      }
      if (inline !== null && inlinePatch(inline, document?.origin([...path, "patch"]) ?? at(path)) === null) {
        return issueAt("wrong-patch", "neither a strategic merge patch nor a JSON patch", at(path), field);
      }
    }
  }
  return null;
}

/** The changes of a patch that is written within another text; null: it is none. */
export function inlinePatch(text: string, origin: Place): Patch["changes"] | null {
  const { documents, problem } = parseYaml(text, origin);
  return problem === null ? changesOf(text, documents) : null;
}

function patchesOf(
  value: Mapping,
  field: string,
  document: YamlDocument | null,
  start: Place,
): PatchSource[] {
  return listAt(value, field).flatMap((item, i): PatchSource[] => {
    const path = [field, i];
    const at = document?.locate(path) ?? start;
    if (typeof item === "string") {
      // patchesStrategicMerge: a file, or the patch itself.
      if (!item.includes("\n")) return [{ file: item, target: null, options: null, at }];
      const changes = inlinePatch(item, document?.origin(path) ?? at);
      return changes === null ? [] : [{ target: null, options: null, changes, at }];
    }
    if (!isMapping(item)) return [];
    const target = mappingAt(item, "target");
    const options = mappingAt(item, "options");
    const file = textAt(item, "path");
    if (file !== null) return [{ file, target, options, at }];
    const changes = inlinePatch(textAt(item, "patch") ?? "", document?.origin([...path, "patch"]) ?? at);
    return changes === null ? [] : [{ target, options, changes, at }];
  });
}
