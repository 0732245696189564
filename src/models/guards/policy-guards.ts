/** The axes of a policy that are guards by another name: approval, budget, dryRun, scope, rollout. */
import type { GuardSpec } from "../managers/contract.js";
import type { Policy } from "../managers/policy.js";

export function policyGuards(policy: Policy): readonly GuardSpec[] {
  const names: string[] = [];
  const approval = {
    none: null,
    perChange: "changeApproved",
    perRemoval: "approvePerRemoval",
    twoPerson: "twoPerson",
    planHashBound: "planHash",
  }[policy.approval];
  if (approval !== null) names.push(approval);
  const budget = { unlimited: null, absolute: "budget", fraction: "fraction", tokenBucket: "tokenBucket" }[
    policy.budget
  ];
  if (budget !== null) names.push(budget);
  const dryRun = { none: null, plan: null, serverSide: "serverDryRun", required: "dryRunDiff" }[
    policy.dryRun
  ];
  if (dryRun !== null) names.push(dryRun);
  if (policy.scope !== "global") names.push("scope");
  if (policy.scope === "rbacDenySelf") names.push("selfProtect");
  if (policy.rollout !== "all") names.push("waves");
  return names.map((guard) => ({ guard, options: {} }));
}

/** All guards of a manager: those of its axes, its own, the scenario's; each name once, dropped ones left out. */
export function effectiveGuards(
  policy: Policy,
  own: readonly GuardSpec[],
  add: readonly GuardSpec[],
  drop: readonly string[],
): readonly GuardSpec[] {
  const byName = new Map<string, GuardSpec>();
  for (const spec of [...policyGuards(policy), ...own, ...add]) byName.set(spec.guard, spec);
  for (const name of drop) byName.delete(name);
  return [...byName.values()];
}
