/** Verdicts on a run: each property is asked what it makes of it. */
import { isExpectedToChurn } from "../models/judging/bound.js";
import type { JudgedRun } from "../models/judging/judged-run.js";
import { onDemand } from "../models/judging/on-demand.js";
import type { Verdict } from "../models/judging/property.js";
import type { Companions, PropertyRule } from "../models/judging/rule.js";
import { feedTrace } from "./feed.js";
import { JudgeFold } from "./judge-fold.js";
import type { Trace } from "./trace.js";

/** One verdict a property, in the order given, from a trace. */
export function judge(
  properties: readonly PropertyRule[],
  trace: Trace,
  companions: Companions = {},
): readonly Verdict[] {
  return judgeRun(properties, judgedTrace(trace), companions);
}

export const judgedTrace = (trace: Trace): JudgedRun =>
  feedTrace(trace, (fleet) => {
    const fold = new JudgeFold(fleet, trace.header.spec);
    fold.reset(trace.header.tickets);
    return fold;
  }).result();

/** A run that a limit cut short keeps its violations and proves nothing. */
export function judgeRun(
  properties: readonly PropertyRule[],
  found: JudgedRun,
  others: Companions,
): readonly Verdict[] {
  const churns = found.bounds["churn"] !== undefined;
  const run = churns ? withoutChurn(found) : found;
  const companions = churns ? onDemand((kind) => orNone(others[kind], withoutChurn)) : others;
  return properties.map((property) => {
    const verdict = property.judge(run, companions, run.bounds[property.name]);
    if (!run.cutShort || verdict.verdict === "violated") return verdict;
    return { ...verdict, verdict: "out-of-budget", because: "a limit ended the run before the horizon" };
  });
}

/** What is declared to come and go is nobody's damage. */
function withoutChurn(run: JudgedRun): JudgedRun {
  const expected = isExpectedToChurn(run.bounds);
  return {
    ...run,
    effects: run.effects.filter((effect) => !expected(effect.service)),
    falls: run.falls.filter((fall) => !expected(fall.service)),
  };
}

const orNone = <T>(value: T | null | undefined, of: (value: T) => T): T | null | undefined =>
  value === null || value === undefined ? value : of(value);
