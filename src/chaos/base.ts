/** What a search starts from: one variant of a scenario, built, and the environments that cases may ask for. */

import type { Issue } from "../base/issue.js";
import { canonicalJson, type Json } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";
import type { NeedSpec } from "../models/fleet/spec.js";
import { buildRun, type Catalogue } from "../scenario/build-run.js";
import { canonicalSpec } from "../scenario/canonical-spec.js";
import type { Case } from "../scenario/case.js";
import { prepareChanges } from "../scenario/prepare-changes.js";
import type { Run } from "../scenario/run.js";
import type { Spec, Variant } from "../scenario/scenario.js";

/** When the configuration is edited in a scenario that has no change of its own. */
export const editAtMs = 10 * 60_000;

export interface Base {
  readonly scenario: string;
  readonly variant: string;
  readonly spec: Spec;
  readonly run: Run;
  /** The same services in an environment of one region, with the same change. */
  readonly staging: Run | null;
  /** Documents of other environments of the same scenario, for what gets applied to the wrong one. */
  readonly elsewhere: readonly { readonly name: string; readonly run: Run }[];
}

/**
 * Builds what a search starts from. Faults and changes stay; a scenario without a change gets one that edits nothing, so
 * that there is a version to mutate.
 */
export function buildBase(
  scenario: string,
  variant: Variant,
  others: readonly Variant[],
  catalogue: Catalogue,
): Result<Base, readonly Issue[]> {
  const spec = searchable(variant.spec);
  const built = buildRun(scenario, { ...variant, spec }, catalogue);
  if (!built.ok) return err(built.error);
  // Most searches never ask for another environment, and building one costs as much as the base itself.
  const there = once(() => buildRun(scenario, { ...variant, spec: stagingOf(spec) }, catalogue));
  const elsewhere = once(() =>
    others
      .filter((other) => other.name !== variant.name)
      .flatMap((other) => {
        const run = buildRun(scenario, { ...other, spec: searchable(other.spec) }, catalogue);
        return run.ok ? [{ name: other.name, run: run.value }] : [];
      }),
  );
  return ok({
    scenario,
    variant: variant.name,
    spec,
    run: built.value,
    get staging() {
      const run = there();
      return run.ok ? run.value : null;
    },
    get elsewhere() {
      return elsewhere();
    },
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** One region with everything in it, as staging mostly is. Places that are named there do not exist here. */
export function stagingOf(spec: Spec): Spec {
  const anywhere = (need: NeedSpec): NeedSpec => ({ ...need, in: null });
  return {
    ...spec,
    fleet: {
      ...spec.fleet,
      regionGroups: [{ name: "staging", members: ["staging-1"], weight: 1 }],
      services: spec.fleet.services.map((service) => ({ ...service, needs: service.needs.map(anywhere) })),
    },
    managers: spec.managers.map((manager) => ({ ...manager, rollout: null })),
    faults: spec.faults.map((fault) => ({ ...fault, in: null })),
    response: { ...spec.response, order: [] },
  };
}

/** The run that `applyCase` starts from: that of the base, with its changes in the order that the case asks for. */
export function runFor(base: Base, item: Pick<Case, "events">): Run {
  let { run } = base;
  for (const event of item.events) {
    // A swap that does not fit is one that another mutation has made pointless.
    if (event.e === "swap") run = swapped(run, event.first, event.second) ?? run;
  }
  return run;
}

/**
 * The run with two of its changes exchanged in time, null where the edits of one do not fit without the other. Indices
 * are in order of time. Kept as long as the run it comes from.
 */
export function swapped(run: Run, first: number, second: number): Run | null {
  const known = swaps.get(run) ?? new Map<string, Run | null>();
  swaps.set(run, known);
  const key = `${first} ${second}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = exchange(run, first, second);
  known.set(key, made);
  return made;
}
const swaps = new WeakMap<Run, Map<string, Run | null>>();

function exchange(run: Run, first: number, second: number): Run | null {
  const changes = run.changes.map((change) => change.spec);
  const [a, b] = [changes[first], changes[second]];
  if (a === undefined || b === undefined || first === second) return null;
  changes[first] = { ...b, atMs: a.atMs };
  changes[second] = { ...a, atMs: b.atMs };
  const spec = { ...run.spec, changes };
  const managers = run.managers.map((manager) => manager.spec);
  const prepared = prepareChanges(spec, managers, run.documents, run.fleet);
  return prepared.ok ? { ...run, spec, changes: prepared.value } : null;
}

function searchable(spec: Spec): Spec {
  const plain = spec.case === null ? spec : { ...spec, case: null, mutations: [] };
  if (plain.changes.length > 0) return plain;
  const edit = { atMs: editAtMs, author: "somebody", scope: null, approvals: [], intend: [], edits: null };
  return { ...plain, changes: [edit] };
}

/** `baseText` of what a search over this variant starts from. */
export const searchedText = (spec: Spec): string => baseText(searchable(spec));

/** The canonical text of what a search starts from; its SHA-256 names the base of a case. */
export const baseText = (spec: Spec): string => canonicalJson(canonicalSpec(spec) as unknown as Json);
