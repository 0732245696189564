/** From counts and groups to what is reported: a verdict a property, a bound where nothing failed, the profile. */
import { zeroFailuresUpper } from "../base/confidence.js";
import type { VerdictKind } from "../models/judging/property.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { OperatorOutcome, PropertyOutcome } from "./check-result.js";
import type { Collector, Tally } from "./collect.js";
import type { MutationClass, Operator } from "./mutations/operator.js";
import type { Sited } from "./random.js";
import type { ClassCount } from "./risk.js";

export function propertyOutcomes(
  properties: readonly PropertyRule[],
  gate: ReadonlySet<string>,
  collector: Collector,
  sentenceOf: (property: string) => string | undefined,
): readonly PropertyOutcome[] {
  return properties.map((property, k) => {
    const tally = collector.tally(k);
    const verdict = overall(tally);
    const exercised = exercisedIn(tally);
    const clean = tally.drawn > 0 && tally.drawnViolated === 0;
    return {
      property: property.name,
      about: property.about,
      modality: property.modality,
      gate: gate.has(property.name),
      verdict,
      because: sentenceOf(property.name) ?? sentence(verdict, tally),
      exercised,
      violated: tally.violated,
      hazards: tally.hazards,
      bound: clean ? { runs: tally.drawn, upper95: zeroFailuresUpper(tally.drawn) } : null,
    };
  });
}

const countOf = (tally: Tally, kind: VerdictKind): number => tally.kinds.get(kind) ?? 0;

const exercisedIn = (tally: Tally): number => countOf(tally, "holds") + countOf(tally, "violated");

/** A violation counts above everything; a property that no case tested is no pass. */
function overall(tally: Tally): VerdictKind {
  if (tally.violated > 0) return "violated";
  if (tally.hazards > 0) return "hazard";
  if (countOf(tally, "out-of-budget") > 0) return "out-of-budget";
  if (countOf(tally, "holds") > 0) return "holds";
  if (countOf(tally, "never-exercised") > 0) return "never-exercised";
  return "not-applicable";
}

function sentence(verdict: VerdictKind, tally: Tally): string {
  const exercised = exercisedIn(tally);
  switch (verdict) {
    case "holds":
      return `in ${exercised} cases that tested it`;
    case "never-exercised":
      return "no case tested it";
    case "not-applicable":
      return "the scenario has nothing that it is about";
    case "out-of-budget":
      return `${countOf(tally, "out-of-budget")} runs ended at a limit`;
    default:
      return `in ${tally.violated + tally.hazards} of ${exercised} cases`;
  }
}

export const operatorOutcomes = (all: readonly Sited[], collector: Collector): readonly OperatorOutcome[] =>
  all.map(({ operator, sites }) => {
    const tally = collector.operator(operator.id);
    return {
      op: operator.id,
      name: operator.name,
      level: operator.level,
      sites: sites.length,
      cases: tally?.cases ?? 0,
      violated: tally?.violated ?? 0,
      hazards: tally?.hazards ?? 0,
      refused: tally?.refused ?? 0,
      unnoticed: tally?.unnoticed ?? 0,
    };
  });

/** Random cases by the class of their first mistake. */
export function classCounts(
  operators: readonly Operator[],
  collector: Collector,
): ReadonlyMap<MutationClass, ClassCount> {
  const counts = new Map<MutationClass, ClassCount>();
  for (const operator of operators) {
    const { cases, violated } = collector.drawnBy(operator.id);
    const before = counts.get(operator.class) ?? { cases: 0, violated: 0 };
    counts.set(operator.class, { cases: before.cases + cases, violated: before.violated + violated });
  }
  return counts;
}
