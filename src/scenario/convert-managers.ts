/** Managers of a variant. */
import { compareNatural } from "../base/order.js";
import type { GuardSpec } from "../models/managers/contract.js";
import { type PolicyOverrides, policyAxes } from "../models/managers/policy.js";
import type { ManagerSpec } from "../models/managers/spec.js";
import type { GuardDocument, VariantDocument } from "./document-schema.js";
import type { Reporter } from "./reporter.js";
import { ms, share } from "./values.js";

type ManagerDocument = NonNullable<VariantDocument["managers"]>[string];

export function convertManagers(document: VariantDocument, report: Reporter): readonly ManagerSpec[] {
  return Object.entries(document.managers ?? {})
    .sort(([a], [b]) => compareNatural(a, b))
    .map(([name, manager]): ManagerSpec => {
      const cells =
        manager.cells ??
        (manager.instances === "per-group"
          ? "by-group"
          : manager.instances === "per-region"
            ? "by-region"
            : "global");
      const instances =
        manager.instances ??
        (manager.cells === "by-group" ? "per-group" : manager.cells === "by-region" ? "per-region" : "one");
      return {
        name,
        model: manager.model,
        version: manager.version ?? "1",
        service: manager.service ?? null,
        instances,
        cells,
        deployedBy: manager.deployedBy ?? "people",
        reads: manager.reads ?? [],
        defects: (manager.defects ?? []).map((defect) => ({ ...defect, fixedIn: defect.fixedIn ?? null })),
        policy: convertPolicy(manager.policy ?? {}),
        guards: {
          add: (manager.guards?.add ?? []).flatMap((guard, k) =>
            convertGuard(guard, ["managers", name, "guards", "add", k], report),
          ),
          drop: manager.guards?.drop ?? [],
          stored: manager.guards?.stored ?? "external",
        },
        rollout:
          manager.rollout === undefined
            ? null
            : { waves: manager.rollout.waves, bakeMs: ms(manager.rollout.bake) },
      };
    });
}

/** Durations get their unit into the name: `reconcile: 1m` is reconcileMs 60000. */
function convertPolicy(policy: NonNullable<ManagerDocument["policy"]>): PolicyOverrides {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(policy)) {
    if (value === undefined) continue;
    if (key in policyAxes || key === "budgetMax" || key === "parallelism") result[key] = value;
    else if (key === "budgetFraction") result[key] = share(value as string | number);
    else result[`${key}Ms`] = ms(value as string | number);
  }
  return result as PolicyOverrides;
}

const durationText = /^(0|(\d+(\.\d+)?(ms|s|m|h|d))+)$/;
const shareText = /^\d+(\.\d+)?%$/;

/** `failStatic`, or `{ budget: { max: 3, per: 1h } }`. Durations get the unit into the name, percentages become numbers. */
function convertGuard(
  guard: GuardDocument,
  path: readonly (string | number)[],
  report: Reporter,
): readonly GuardSpec[] {
  if (typeof guard === "string") return [{ guard, options: {} }];
  const entries = Object.entries(guard);
  if (entries.length !== 1) {
    report({
      code: "one-guard",
      path,
      message: `this item names ${entries.length} guards`,
      expected: "one guard an item",
    });
  }
  return entries.map(([name, options]) => {
    const converted: Record<string, GuardSpec["options"][string]> = {};
    for (const [key, value] of Object.entries(options)) {
      if (typeof value === "string" && durationText.test(value)) converted[`${key}Ms`] = ms(value);
      else if (typeof value === "string" && shareText.test(value)) converted[key] = share(value);
      else converted[key] = value;
    }
    return { guard: name, options: converted };
  });
}
