/** From the Applications and ApplicationSets that are written down to everything that Argo CD applies. */
import type { Issue } from "../../base/issue.js";
import type { ItemId } from "../contract.js";
import type { Reference } from "../kubernetes/draft.js";
import { join, type Noting } from "../kubernetes/files.js";
import { idOf, type KubeObject } from "../kubernetes/kube-object.js";
import { mappingAt, textAt, valueAt } from "../kubernetes/values.js";
import { applicationOf, isApplication, isApplicationSet, type Source } from "./application.js";
import { generate } from "./application-set.js";
import { renderApplication } from "./render.js";

/** An Application or ApplicationSet and what it makes. */
export interface Unit {
  readonly id: ItemId;
  readonly object: KubeObject;
  /** Where it is itself; always the cluster of Argo CD. */
  readonly cluster: string;
  readonly objects: readonly KubeObject[];
  readonly opaque: boolean;
  readonly names: readonly Reference[];
  readonly refusal: Issue | null;
}

export interface Walk {
  readonly units: readonly Unit[];
  readonly issues: readonly Issue[];
  /** Repositories that are taken to be the one at hand. */
  readonly urls: readonly string[];
}

export function walk(files: Noting, declared: readonly KubeObject[], clusters: readonly KubeObject[]): Walk {
  const units: Unit[] = [];
  const issues: Issue[] = [];
  const urls = new Set<string>();
  const seen = new Set<ItemId>();
  const isHere = (path: string | null): boolean => {
    const directory = join("", path ?? "");
    return directory !== null && files.under(directory).length > 0;
  };
  // Which repository this is stands in no file: one whose paths are here is taken to be it.
  const own = ownUrls(declared, isHere);
  const isOurs = (source: Source): boolean => {
    if (source.chart !== null) return false;
    const ours = own.has(plainUrl(source.repoURL)) || isHere(source.path);
    if (ours) urls.add(source.repoURL);
    return ours;
  };
  const queue = [...declared];
  for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
    const id = idOf(object);
    if (seen.has(id)) continue;
    seen.add(id);
    if (isApplicationSet(object)) {
      const from = { files, clusters, isOurs: (url: string) => own.size === 0 || own.has(plainUrl(url)) };
      const { applications, refusal, issues: found } = generate(object, from);
      for (const url of generatorUrls(object)) if (from.isOurs(url)) urls.add(url);
      units.push({ id, object, cluster: "", objects: applications, opaque: false, names: [], refusal });
      issues.push(...found);
      queue.push(...applications);
    } else {
      const spec = applicationOf(object);
      const rendered = renderApplication(files, spec, isOurs);
      units.push({
        id,
        object,
        cluster: spec.cluster,
        objects: rendered.objects,
        opaque: rendered.opaque,
        names: rendered.names,
        refusal: rendered.refusal,
      });
      issues.push(...rendered.issues);
      if (spec.cluster === "")
        queue.push(...rendered.objects.filter((made) => isApplication(made) || isApplicationSet(made)));
    }
  }
  return { units, issues, urls: [...urls] };
}

const plainUrl = (url: string): string => url.replace(/\.git$|\/$/g, "");

/** URLs of Git generators; of Applications whose path is here. */
function ownUrls(
  declared: readonly KubeObject[],
  isHere: (path: string | null) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const object of declared) {
    if (isApplicationSet(object)) for (const url of generatorUrls(object)) found.add(plainUrl(url));
    else
      for (const source of applicationOf(object).sources) {
        if (source.chart === null && source.path !== null && isHere(source.path))
          found.add(plainUrl(source.repoURL));
      }
  }
  return found;
}

/** The repositories that the Git generators of a set read, also within matrix and merge. */
function generatorUrls(object: KubeObject): string[] {
  const found: string[] = [];
  const visit = (value: ReturnType<typeof valueAt>): void => {
    for (const generator of Array.isArray(value) ? value : []) {
      const url = textAt(mappingAt(generator, "git") ?? {}, "repoURL");
      if (url !== null && !url.includes("{{")) found.push(url);
      for (const kind of ["matrix", "merge"]) visit(valueAt(generator, [kind, "generators"]));
    }
  };
  visit(valueAt(object.body, ["spec", "generators"]));
  return found;
}
