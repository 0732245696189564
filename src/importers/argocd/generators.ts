import type { Place } from "../contract.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { placeOf } from "../kubernetes/kube-object.js";
import { selectsLabels } from "../kubernetes/selector.js";
import {
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  mapTexts,
  type Path,
  type Value,
} from "../kubernetes/values.js";
import { type Generating, GeneratorFailure, gitParameters } from "./git-generator.js";
import { normalized, render } from "./template.js";

/** Parameters of one generator. Null: it cannot be known here what it gives. */
export function parametersOf(
  generator: Value,
  path: Path,
  of: Generating,
  given: Mapping = {},
): readonly Mapping[] | null {
  const at = placeOf(of.object, path);
  if (!isMapping(generator))
    throw new GeneratorFailure(issueAt("wrong-generator", "a generator is a mapping", at));
  const made = rawParameters(generator, path, at, of, given);
  const selector = mappingAt(generator, "selector");
  if (made === null || selector === null) return made;
  return made.filter((parameters) => selectsLabels(selector, flattened(parameters)));
}

function rawParameters(
  generator: Mapping,
  path: Path,
  at: Place,
  of: Generating,
  given: Mapping,
): readonly Mapping[] | null {
  const filled = (value: Value): Value => mapTexts(value, (text) => render(text, given, of.go, new Set()));
  const list = mappingAt(generator, "list");
  if (list !== null) return listAt(filled(list), "elements").filter(isMapping);
  const git = mappingAt(generator, "git");
  if (git !== null) {
    const made = gitParameters(filled(git) as Mapping, at, of);
    return made === null ? null : withValues(made, filled(git) as Mapping, of);
  }
  const clusters = mappingAt(generator, "clusters");
  if (clusters !== null) return withValues(clusterParameters(clusters, of), clusters, of);
  const matrix = mappingAt(generator, "matrix");
  if (matrix !== null) return matrixParameters(matrix, [...path, "matrix"], at, of, given);
  const merge = mappingAt(generator, "merge");
  if (merge !== null) return mergeParameters(merge, [...path, "merge"], of, given);
  const kind = Object.keys(generator).find((key) => key !== "selector" && key !== "template") ?? "none";
  of.issues.push(
    issueAt("generator", `what the generator ${kind} gives is not known here`, at, undefined, "warning"),
  );
  return null;
}

/** Clusters that Secrets in the repository describe, and the one of Argo CD where the selector is empty. */
function clusterParameters(clusters: Mapping, of: Generating): readonly Mapping[] {
  const selector = mappingAt(clusters, "selector") ?? {};
  const described = of.clusters
    .filter((secret) => selectsLabels(selector, mappingAt(secret.body, "metadata", "labels") ?? {}))
    .map((secret): Mapping => {
      const { name } = secret;
      const metadata = {
        labels: mappingAt(secret.body, "metadata", "labels"),
        annotations: mappingAt(secret.body, "metadata", "annotations"),
      };
      return { name, nameNormalized: normalized(name), server: `https://${name}`, metadata };
    });
  const everywhere =
    Object.keys(mappingAt(selector, "matchLabels") ?? {}).length +
      listAt(selector, "matchExpressions").length ===
    0;
  const local = {
    name: "in-cluster",
    nameNormalized: "in-cluster",
    server: "https://kubernetes.default.svc",
  };
  return everywhere ? [local, ...described] : described;
}

/** Further values of a generator, which may use its parameters. */
function withValues(made: readonly Mapping[], generator: Mapping, of: Generating): readonly Mapping[] {
  const values = mappingAt(generator, "values");
  if (values === null) return made;
  return made.map((parameters) => ({
    ...parameters,
    values: mapTexts(values, (text) => render(text, parameters, of.go, new Set())),
  }));
}

/** Every pair; the second may use the parameters of the first. */
function matrixParameters(
  matrix: Mapping,
  path: Path,
  at: Place,
  of: Generating,
  given: Mapping,
): readonly Mapping[] | null {
  const generators = listAt(matrix, "generators");
  const [first, second] = generators;
  if (first === undefined || second === undefined || generators.length > 2) {
    throw new GeneratorFailure(issueAt("wrong-generator", "matrix has two generators", at));
  }
  const outer = parametersOf(first, [...path, "generators", 0], of, given);
  if (outer === null) return null;
  const found: Mapping[] = [];
  for (const left of outer) {
    const inner = parametersOf(second, [...path, "generators", 1], of, { ...given, ...left });
    if (inner === null) return null;
    for (const right of inner) found.push({ ...left, ...right });
  }
  return found;
}

/** The first generator, overridden by the others where the merge keys are equal. */
function mergeParameters(
  merge: Mapping,
  path: Path,
  of: Generating,
  given: Mapping,
): readonly Mapping[] | null {
  const keys = listAt(merge, "mergeKeys").filter((key): key is string => typeof key === "string");
  const lists = listAt(merge, "generators").map((generator, i) =>
    parametersOf(generator, [...path, "generators", i], of, given),
  );
  if (lists.some((list) => list === null)) return null;
  const [base = [], ...overrides] = lists as readonly (readonly Mapping[])[];
  const keyOf = (parameters: Mapping): string => {
    const flat = flattened(parameters);
    return JSON.stringify(keys.map((key) => flat[key] ?? null));
  };
  return base.map((parameters) => {
    const same = overrides.map((list) => list.find((other) => keyOf(other) === keyOf(parameters)) ?? {});
    return Object.assign({}, parameters, ...same) as Mapping;
  });
}

/** `cluster.name` for what is nested. */
function flattened(value: Mapping, prefix = ""): Record<string, Value> {
  const flat: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (isMapping(item)) Object.assign(flat, flattened(item, `${prefix}${key}.`));
    else flat[`${prefix}${key}`] = typeof item === "object" ? item : String(item);
  }
  return flat;
}
