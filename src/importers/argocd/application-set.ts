/** The Applications that an ApplicationSet generates. */
import type { Issue } from "../../base/issue.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { type KubeObject, kubeObject, placeOf } from "../kubernetes/kube-object.js";
import {
  flagAt,
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  mapTexts,
  type Path,
  textAt,
  textsAt,
  type Value,
} from "../kubernetes/values.js";
import { argoGroup } from "./application.js";
import { parametersOf } from "./generators.js";
import { type Generating, GeneratorFailure } from "./git-generator.js";
import { render } from "./template.js";

export interface Generated {
  readonly applications: readonly KubeObject[];
  /** Why nothing changes. */
  readonly refusal: Issue | null;
  readonly issues: readonly Issue[];
}

export function generate(object: KubeObject, from: Omit<Generating, "object" | "go" | "issues">): Generated {
  const issues: Issue[] = [];
  const go = flagAt(object.body, "spec", "goTemplate") === true;
  const of: Generating = { ...from, object, go, issues, isOurs: from.isOurs };
  const applications = new Map<string, KubeObject>();
  const refuse = (issue: Issue): Generated => ({ applications: [], refusal: issue, issues });
  const patchAt = ["spec", "templatePatch"];
  if (textAt(object.body, ...patchAt) !== null) {
    issues.push(
      issueAt("not-rendered", "templatePatch is not applied", placeOf(object, patchAt), undefined, "warning"),
    );
  }
  const generators = listAt(object.body, "spec", "generators");
  for (const [i, generator] of generators.entries()) {
    const path = ["spec", "generators", i];
    try {
      const override = overrideOf(generator);
      for (const parameters of parametersOf(generator, path, of) ?? []) {
        const application = fromTemplate(object, parameters, override, go, issues);
        if (application.name === "")
          return refuse(issueAt("nameless", "an Application without a name", application.at));
        if (applications.has(application.name)) {
          return refuse(
            issueAt(
              "duplicate-object",
              `two Applications are called ${application.name}`,
              placeOf(object, path),
            ),
          );
        }
        applications.set(application.name, application);
      }
    } catch (caught) {
      if (!(caught instanceof GeneratorFailure)) throw caught;
      return refuse(caught.issue);
    }
  }
  return { applications: [...applications.values()], refusal: null, issues };
}

/** A template that a generator has for itself: it is in the generator, or in the kind of generator. */
function overrideOf(generator: Value): Mapping | null {
  if (!isMapping(generator)) return null;
  for (const value of Object.values(generator)) {
    const template = mappingAt(value, "template");
    if (template !== null) return template;
  }
  return null;
}

interface Made {
  readonly application: KubeObject;
  readonly failed: readonly string[];
}
const made = new WeakMap<KubeObject, Map<string, Made>>();
/** More Applications of one set than anybody has. */
const keptMax = 5000;

function fromTemplate(
  set: KubeObject,
  parameters: Mapping,
  override: Mapping | null,
  go: boolean,
  issues: Issue[],
): KubeObject {
  let known = made.get(set);
  if (known === undefined) made.set(set, (known = new Map()));
  const key = JSON.stringify([parameters, override]);
  let result = known.get(key);
  if (result === undefined) {
    result = rendered(set, parameters, override, go);
    if (known.size >= keptMax) known.clear();
    known.set(key, result);
  }
  if (result.failed.length > 0) {
    const message = `${result.failed.join(", ")} of the template is not evaluated`;
    issues.push(issueAt("template", message, result.application.at, undefined, "warning"));
  }
  return result.application;
}

function rendered(set: KubeObject, parameters: Mapping, override: Mapping | null, go: boolean): Made {
  const base = mappingAt(set.body, "spec", "template") ?? {};
  const template = override === null ? base : overlay(base, override);
  const failed = new Set<string>();
  const filled = mapTexts(template, (text) => render(text, parameters, go, failed)) as Mapping;
  const metadata = mappingAt(filled, "metadata") ?? {};
  const preserve = flagAt(set.body, "spec", "syncPolicy", "preserveResourcesOnDeletion") === true;
  const finalizers = textsAt(metadata, "finalizers");
  const body: Mapping = {
    apiVersion: `${argoGroup}/v1alpha1`,
    kind: "Application",
    metadata: {
      ...metadata,
      namespace: set.namespace ?? "argocd",
      // The controller adds the finalizer unless resources are to be preserved.
      finalizers: preserve || finalizers.length > 0 ? finalizers : ["resources-finalizer.argocd.argoproj.io"],
    },
    spec: filled["spec"] ?? null,
  };
  const at = placeOf(set, ["spec", "template"]);
  const inTemplate = (path: Path): Path => ["spec", "template", ...path];
  const locate = (path: Path): ReturnType<KubeObject["layers"][number]["locate"]> => {
    for (let i = set.layers.length - 1; i >= 0; i--) {
      const found = set.layers[i]!.locate(inTemplate(path));
      if (found !== null) return found;
    }
    return null;
  };
  return { application: kubeObject(body, { locate, origin: locate }, at)!, failed: [...failed] };
}

function overlay(base: Mapping, over: Mapping): Mapping {
  const result: Record<string, Value | undefined> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    if (value === undefined || value === null || value === "") continue;
    result[key] = isMapping(value) && isMapping(before) ? overlay(before, value) : value;
  }
  return result;
}
