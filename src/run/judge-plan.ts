/** Runs the guards over one plan: every action gets the strictest of all judgements. */

import type { GuardContext, Judgement } from "../models/guards/guard.js";
import { isDestructive } from "../models/guards/guard.js";
import type { Action } from "../models/managers/contract.js";
import type { ActiveGuard } from "../scenario/run.js";

export interface Objection {
  readonly guard: string;
  readonly judgement: Exclude<Judgement, { verdict: "admit" }>;
}

export interface Judged {
  readonly action: Action;
  /** Empty: admitted. */
  readonly objections: readonly Objection[];
}

/** Only removals and stops are judged; everything else passes. The order of guards changes nothing but the listing. */
export function judgePlan(
  plan: readonly Action[],
  guards: readonly ActiveGuard[],
  context: GuardContext,
): readonly Judged[] {
  const whole: Objection[] = [];
  if (context.raw.length > 0) {
    for (const { guard, options } of guards) {
      const judgement = guard.judgeSet?.(context, options);
      if (judgement !== undefined && judgement.verdict !== "admit")
        whole.push({ guard: guard.name, judgement });
    }
  }
  return plan.map((action) => {
    if (!isDestructive(action)) return { action, objections: [] };
    const objections = [...whole];
    for (const { guard, options } of guards) {
      const judgement = guard.judgeAction?.(action, context, options);
      if (judgement !== undefined && judgement.verdict !== "admit")
        objections.push({ guard: guard.name, judgement });
    }
    return { action, objections };
  });
}
