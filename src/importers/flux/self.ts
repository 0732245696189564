/** Flux as one of the things that it applies: by which item it runs, what installs it, and what serves its source. */
import type { ImportedNeed, ItemId } from "../contract.js";
import { type Entry, idIn } from "../kubernetes/entry-index.js";
import { serverOf } from "../kubernetes/server-of.js";
import { mappingAt, textAt, type Value } from "../kubernetes/values.js";
import { isRelease } from "./drafts.js";

export interface Self {
  /** What the controllers run as. */
  readonly controllers: ItemId | null;
  /** What installs the controllers, where that is another thing. */
  readonly operator: ItemId | null;
  readonly reads: readonly ItemId[];
  /** The controllers need their operator to be installed. */
  readonly needs: ReadonlyMap<ItemId, readonly ImportedNeed[]>;
}

export function selfOf(cluster: string, all: readonly Entry[], urls: readonly string[]): Self {
  const entries = all.filter((entry) => entry.cluster === cluster);
  const charts = urlsOf(entries);
  const id = (entry: Entry | undefined): ItemId | null =>
    entry === undefined ? null : idIn(entry.draft.id, entry.cluster);
  const runs = (test: (entry: Entry) => boolean): Entry | undefined =>
    entries.find((entry) => entry.draft.runs && test(entry));
  const deployment =
    (name: string) =>
    (entry: Entry): boolean =>
      entry.draft.kind === "Deployment" && entry.draft.object.name === name;
  const release =
    (chart: string) =>
    (entry: Entry): boolean =>
      isRelease(entry.draft.object) && chartOf(entry, charts) === chart;
  const controllers =
    runs(deployment("kustomize-controller")) ??
    runs((entry) => entry.draft.kind === "FluxInstance") ??
    runs(release("flux-instance")) ??
    runs(release("flux2"));
  const operator = runs(release("flux-operator")) ?? runs(deployment("flux-operator"));
  const needs = new Map<ItemId, readonly ImportedNeed[]>();
  const installed = id(controllers);
  const installer = id(operator);
  if (
    controllers !== undefined &&
    installed !== null &&
    installer !== null &&
    controllers.draft.kind !== "Deployment"
  ) {
    const evidence = "flux-operator installs the controllers of a FluxInstance";
    const at = controllers.draft.object.at;
    needs.set(installed, [{ on: installer, kind: "startup", certain: true, evidence, at }]);
  }
  const reads = urls.flatMap((url) => serverOf(url, entries) ?? []);
  return {
    controllers: installed ?? installer,
    operator: installed === null ? null : installer,
    reads: [...new Set(reads)],
    needs,
  };
}

/** The name of the chart of a release: as it says, or by the last part of the URL of its source. */
function chartOf({ draft: { object } }: Entry, urls: ReadonlyMap<string, string>): string | null {
  const named = textAt(object.body, "spec", "chart", "spec", "chart");
  if (named !== null) return named;
  const reference: Value = mappingAt(object.body, "spec", "chartRef") ?? {};
  const name = textAt(reference, "name");
  const namespace = textAt(reference, "namespace") ?? object.namespace;
  const url = urls.get(`${textAt(reference, "kind")}/${namespace}/${name}`);
  return url === undefined ? name : url.slice(url.lastIndexOf("/") + 1);
}

/** URLs of the sources of charts. */
function urlsOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const urls = new Map<string, string>();
  for (const { draft } of entries) {
    const { kind, group, namespace, name, body } = draft.object;
    const url = group === "source.toolkit.fluxcd.io" ? textAt(body, "spec", "url") : null;
    if (url !== null) urls.set(`${kind}/${namespace}/${name}`, url);
  }
  return urls;
}
