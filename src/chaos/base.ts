/** What a search starts from: one variant of a scenario, built, and the environments that cases may ask for. */

import type { Issue } from "../base/issue.js";
import { canonicalJson, type Json } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";
import { buildRun, type Catalogue } from "../scenario/build-run.js";
import type { Run } from "../scenario/run.js";
import type { Spec, Variant } from "../scenario/scenario.js";

/** When the configuration is edited in a scenario that has no change of its own. */
const editAtMs = 10 * 60_000;

export interface Base {
  readonly scenario: string;
  readonly variant: string;
  readonly spec: Spec;
  readonly run: Run;
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
  const elsewhere: { name: string; run: Run }[] = [];
  for (const other of others) {
    if (other.name === variant.name) continue;
    const run = buildRun(scenario, { ...other, spec: searchable(other.spec) }, catalogue);
    if (run.ok) elsewhere.push({ name: other.name, run: run.value });
  }
  return ok({ scenario, variant: variant.name, spec, run: built.value, elsewhere });
}

function searchable(spec: Spec): Spec {
  if (spec.changes.length > 0) return spec;
  const edit = { atMs: editAtMs, author: "somebody", scope: null, approvals: [], intend: [], edits: [] };
  return { ...spec, changes: [edit] };
}

/** The canonical text of what a search starts from; its SHA-256 names the base of a case. */
export const baseText = (spec: Spec): string => canonicalJson(spec as unknown as Json);
