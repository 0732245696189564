/** ConfigMaps and Secrets that kustomize generates. Only that they are there matters, and whether their files are. */
import type { Issue } from "../../base/issue.js";
import type { Place } from "../contract.js";
import { type Files, join } from "./files.js";
import { issueAt } from "./issue-at.js";
import { type KubeObject, kubeObject } from "./kube-object.js";
import { type Mapping, mappingAt, textAt, textsAt } from "./values.js";

interface Generator {
  readonly kind: "ConfigMap" | "Secret";
  readonly value: Mapping;
  readonly at: Place;
}

const made = new WeakMap<Mapping, KubeObject>();

export function generated(
  files: Files,
  directory: string,
  generator: Generator,
  shared: Mapping | null,
  issues: Issue[],
): { readonly object: KubeObject | null; readonly failure: Issue | null } {
  const { kind, value, at } = generator;
  const name = textAt(value, "name");
  if (name === null || name === "") {
    return { object: null, failure: issueAt("nameless", `a generated ${kind} without name`, at) };
  }
  const sources = [...textsAt(value, "files"), ...textsAt(value, "envs"), ...textsAt(value, "env")];
  for (const source of sources) {
    const path = join(directory, source.slice(source.indexOf("=") + 1));
    if (path !== null && (files.get(path) !== undefined || files.isUnread(path))) continue;
    if (path === null || /\.(?:ya?ml|json)$/.test(path)) {
      return { object: null, failure: issueAt("missing-file", `there is no ${source}`, at) };
    }
    // Whoever hands over files may leave out what is no configuration: scripts, dashboards, pictures.
    issues.push(
      issueAt(
        "missing-file",
        `${source} is not among the files; it is taken to be there`,
        at,
        undefined,
        "warning",
      ),
    );
  }
  let object = made.get(value);
  if (object === undefined) {
    const marks = (field: string): Mapping => ({
      ...mappingAt(shared ?? {}, field),
      ...mappingAt(value, "options", field),
    });
    const metadata = {
      name,
      ...(textAt(value, "namespace") === null ? {} : { namespace: textAt(value, "namespace") }),
      annotations: marks("annotations"),
      labels: marks("labels"),
    };
    const layer = { locate: () => at, origin: () => at };
    object = kubeObject({ apiVersion: "v1", kind, metadata }, layer, at)!;
    made.set(value, object);
  }
  return { object, failure: null };
}
