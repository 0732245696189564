/**
 * The guards in force for a step, in one place. Guards kept outside are those of the run, always. Guards stored in the
 * configuration are what the manager's own entry says: they vanish with the entry that they should protect, unless the
 * manager keeps its own last good entry.
 *
 * The list in the entry is all there is: an axis of the stored policy that is a guard by another name was written into
 * it when the entry was derived, and does not come back by itself. What the build makes into structure is not covered:
 * waves and cells stop holding when they vanish from the list (`Rollouts.openPlaces`), but ones that are added, their
 * order and their bake times, and an alarm that `autoHalt` has latched, stay as they were built.
 */
import type { Json } from "../base/json.js";
import type { Guard, GuardOptions } from "../models/guards/guard.js";
import type { Reading } from "../models/managers/contract.js";
import { keepsOwnEntry, policyInForce } from "../models/managers/stored-policy.js";
import type { ActiveGuard, RunManager } from "../scenario/run.js";

export interface GuardsInForce {
  readonly guards: readonly ActiveGuard[];
  /** Those of the last good own entry, where the manager keeps it; null: it keeps none. */
  readonly kept: readonly ActiveGuard[] | null;
  /** What is wrong with the stored list, in the manager's words. */
  readonly errors: readonly string[];
}

const none: readonly never[] = [];

/** `kept` is what the last call returned as such; null after the manager lost its store. */
export function guardsInForce(
  owner: RunManager,
  reading: Reading,
  kept: readonly ActiveGuard[] | null,
  catalogue: ReadonlyMap<string, Guard>,
): GuardsInForce {
  if (owner.spec.guards.stored === "external") return { guards: owner.guards, kept: null, errors: none };
  if (reading.own.is === "unknown") return { guards: kept ?? none, kept, errors: none };
  const guards: ActiveGuard[] = [];
  const errors: string[] = [];
  for (const [index, item] of (reading.guards ?? none).entries()) {
    const found = resolve(item, catalogue);
    if (typeof found === "string") errors.push(`guards[${index}] ${found}`);
    else guards.push(found);
  }
  const policy = policyInForce(owner.manager.policy, reading, null);
  return { guards, kept: keepsOwnEntry(policy) ? guards : null, errors };
}

/** A guard as the entry writes it, `{ guard, options }` or its name alone; or what is wrong with it. */
function resolve(item: Json, catalogue: ReadonlyMap<string, Guard>): ActiveGuard | string {
  const { guard: name, options = {} } =
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? (item as { readonly guard?: Json; readonly options?: Json })
      : { guard: item };
  if (typeof name !== "string") return "is not a guard";
  const guard = catalogue.get(name);
  if (guard === undefined) return `names ${name}, which is no guard`;
  if (typeof options !== "object" || options === null || Array.isArray(options))
    return `has options that are not a mapping`;
  return { guard, options: options as GuardOptions };
}
