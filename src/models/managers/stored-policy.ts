/**
 * The policy in force for a step. One that is stored in the manager's own entry vanishes with it, unless that very
 * policy says that the manager keeps its own last good entry.
 */
import type { Reading } from "./contract.js";
import type { Policy, PolicyOverrides } from "./policy.js";

/** Does a manager with this policy go on with the last good version of its own entry? */
export const keepsOwnEntry = ({ error }: Policy): boolean =>
  error === "lastKnownGoodEntry" || error === "haltAll";

/** Overrides of a reading are the same object as long as the reading is; so is what they make of a base. */
const merged = new WeakMap<PolicyOverrides, { readonly base: Policy; readonly policy: Policy }>();

function withOverrides(base: Policy, overrides: PolicyOverrides): Policy {
  const known = merged.get(overrides);
  if (known !== undefined && known.base === base) return known.policy;
  const policy = { ...base, ...overrides };
  merged.set(overrides, { base, policy });
  return policy;
}

/** `kept` are the overrides of the last good entry, where the manager keeps it. */
export function policyInForce(base: Policy, reading: Reading, kept: PolicyOverrides | null): Policy {
  const overrides = reading.own.is === "present" ? reading.policy : kept;
  return overrides === null ? base : withOverrides(base, overrides);
}

/** The overrides to keep after this reading. */
export function keptOverrides(
  base: Policy,
  reading: Reading,
  kept: PolicyOverrides | null,
): PolicyOverrides | null {
  if (reading.own.is !== "present") return kept;
  return reading.policy !== null && keepsOwnEntry(withOverrides(base, reading.policy))
    ? reading.policy
    : null;
}
