/** One search over one variant: phases to workers, outcomes in order to counts, the smallest case of every cause. */

import { SequentialTest } from "../base/confidence.js";
import { classCounts, operatorOutcomes, propertyOutcomes } from "../chaos/assemble.js";
import { type Base, baseText } from "../chaos/base.js";
import type { CheckResult, SearchMode } from "../chaos/check-result.js";
import { Collector, type Group } from "../chaos/collect.js";
import type { Recipe } from "../chaos/enumerate.js";
import { Material } from "../chaos/mutations/material.js";
import type { Operator } from "../chaos/mutations/operator.js";
import { decisionKey, isHazard, type Outcome } from "../chaos/outcome.js";
import { type Phase, phasesOf, type SearchOptions } from "../chaos/phases.js";
import { generatorName, sited } from "../chaos/random.js";
import { confirmed, type JudgedRecipe } from "../chaos/relabelling.js";
import { riskOf } from "../chaos/risk.js";
import type { Symmetry } from "../chaos/symmetry.js";
import { ManagerFault } from "../live/fault.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { Answer, Shrinkage, Subject } from "./check-desk.js";
import type { SearchPool } from "./check-pool.js";
import { sha256 } from "./sha256.js";

/** Cases a question: enough that the asking costs nothing, few enough that Ctrl-C loses little. */
const chunkSize = 64;
/** Questions on their way at the same time, per thread. */
const ahead = 3;

export interface SearchRequest extends SearchOptions {
  readonly subject: Subject;
  readonly base: Base;
  readonly operators: readonly Operator[];
  readonly properties: readonly PropertyRule[];
  readonly gate: ReadonlySet<string>;
  readonly shrinkTriesMax: number;
  readonly failFast: boolean;
  readonly staging: boolean;
  /** Stop the random cases as soon as the sequential test of p <= this against ten times that has decided. */
  readonly untilConfidence: number | null;
  /** Asked between answers: wall time is over, or Ctrl-C. */
  readonly stop: () => "wall" | "interrupt" | null;
  readonly progress: (text: string) => void;
}

export interface SearchFound {
  readonly result: Omit<CheckResult, "findings" | "command" | "scenario">;
  readonly groups: readonly { readonly group: Group; readonly shrinkage: Shrinkage | null }[];
  readonly violatedCases: number;
}

/** A module of the user, or we ourselves, threw in a worker. */
export class WorkerFailure extends Error {
  constructor(
    message: string,
    readonly stackOfWorker: string,
  ) {
    super(message);
  }
}

/** Both end the search: a fault of what the user loaded, and one that may be ours. */
function mustNotFail(answer: Answer): void {
  if (answer.kind === "broken") throw new ManagerFault(answer.issues, answer.request);
  if (answer.kind === "failed") throw new WorkerFailure(answer.message, answer.stack);
}

export async function search(
  pool: SearchPool,
  id: number,
  jobs: number,
  request: SearchRequest,
): Promise<SearchFound> {
  const { base, operators, properties, gate, subject } = request;
  pool.open(id, subject);
  const collector = new Collector(properties, gate);
  const baseViolates: { property: string; because: string }[] = [];
  const modes: SearchMode[] = [];
  let stoppedBy: CheckResult["stoppedBy"] = "budget";
  const singles: JudgedRecipe[] = [];
  const confirm = (symmetry: Symmetry): Symmetry =>
    confirmed(symmetry, Material.of(base), singles, properties);
  for (const phase of phasesOf(base, operators, request, confirm)) {
    const before = collector.count(phase.mode);
    const ended = await judgeAll(pool, id, jobs, phase, request, (recipe, outcome) => {
      if (phase.mode === "exhaustive" && recipe.length === 1 && request.exhaustive > 1)
        singles.push({ recipe, outcome });
      return collector.add(phase.mode, recipe, outcome);
    });
    const now = collector.count(phase.mode);
    modes.push({
      mode: phase.mode,
      about: phase.about,
      generator: phase.generator,
      cases: now.cases - before.cases,
      distinct: now.distinct - before.distinct,
      planned: phase.recipes.length - (now.gone - before.gone),
      symmetric: phase.symmetric,
      level: phase.level,
    });
    if (phase.mode === "examples") {
      const unmutated = collector.findings().filter(({ recipe }) => recipe.length === 0);
      for (const property of new Set(unmutated.map(({ violation }) => violation.property)))
        baseViolates.push({ property, because: "" });
    }
    if (ended === null) continue;
    stoppedBy = ended;
    break;
  }
  const groups = await shrinkAll(pool, id, request, collector.findings());
  for (const answer of await pool.verify()) mustNotFail(answer);
  const sentence = (property: string): string | undefined =>
    groups.find(({ group }) => group.violation.property === property)?.shrinkage?.because;
  return {
    groups,
    violatedCases: collector.violatedCases,
    result: {
      variant: subject.variant.name,
      managers: base.run.managers.map(({ spec, guards }) => ({
        name: spec.name,
        model: spec.model,
        guards: guards.map((item) => item.guard.name),
      })),
      seed: request.seed,
      base: sha256([baseText(base.spec)]),
      baseViolates: baseViolates.map(({ property }) => ({ property, because: sentence(property) ?? "" })),
      modes,
      stoppedBy,
      properties: propertyOutcomes(properties, gate, collector, sentence),
      profile: operatorOutcomes(sited(base, operators), collector),
      staging: request.staging ? await inStaging(pool, id, request, groups) : null,
      risk:
        request.weighting === "natural"
          ? riskOf(
              classCounts(operators, collector),
              request.weightOf,
              request.seed,
              generatorName("natural"),
            )
          : null,
    },
  };
}

/**
 * Judges the cases of a phase; returns why it ended early, or null. Outcomes are taken in the order of the cases, and
 * `take` says whether one violates the gate.
 */
async function judgeAll(
  pool: SearchPool,
  search: number,
  jobs: number,
  phase: Phase,
  request: SearchRequest,
  take: (recipe: Recipe, outcome: Outcome) => boolean,
): Promise<CheckResult["stoppedBy"] | null> {
  const { recipes } = phase;
  const test =
    request.untilConfidence === null || phase.mode !== "random"
      ? null
      : new SequentialTest(request.untilConfidence, Math.min(0.5, 10 * request.untilConfidence));
  const open: {
    readonly from: number;
    readonly part: readonly Recipe[];
    readonly answer: Promise<readonly Outcome[]>;
  }[] = [];
  let next = 0;
  const askNext = (): void => {
    const part: readonly Recipe[] = recipes.slice(next, next + chunkSize);
    const depths = part.map((_, k) => phase.depth(next + k));
    const answer = judged(pool, { ask: "judge", search, recipes: part, depths });
    // One failure ends the search; those that nobody waits for any more are no news.
    answer.catch(() => {});
    open.push({ from: next, part, answer });
    next += part.length;
  };
  while (next < recipes.length || open.length > 0) {
    while (next < recipes.length && open.length < jobs * ahead) askNext();
    const { from, part, answer } = open.shift()!;
    const outcomes = await answer;
    for (const [k, outcome] of outcomes.entries()) {
      const failed = take(part[k]!, outcome);
      if (failed && request.failFast) return drained(open, "first-violation");
      if (outcome !== null && test !== null && test.add(failed) !== null) return drained(open, "confidence");
    }
    const stopped = request.stop();
    if (stopped !== null) return drained(open, stopped);
    request.progress(
      `${phase.mode}: ${Math.min(from + chunkSize, recipes.length)} of ${recipes.length} cases`,
    );
  }
  return null;
}

/** What was asked and is no longer wanted; its answers are waited for, so that the workers are free again. */
async function drained<T>(open: readonly { readonly answer: Promise<unknown> }[], reason: T): Promise<T> {
  await Promise.allSettled(open.map(({ answer }) => answer));
  return reason;
}

async function judged(
  pool: SearchPool,
  question: Parameters<SearchPool["ask"]>[0],
): Promise<readonly Outcome[]> {
  const answer = await pool.ask(question);
  mustNotFail(answer);
  return answer.kind === "judged" ? answer.outcomes : [];
}

async function shrinkAll(
  pool: SearchPool,
  search: number,
  request: SearchRequest,
  groups: readonly Group[],
): Promise<SearchFound["groups"]> {
  const asked = groups.map(async (group) => {
    const answer = await pool.ask({
      ask: "shrink",
      search,
      recipe: group.recipe,
      violation: group.violation,
      triesMax: request.shrinkTriesMax,
    });
    mustNotFail(answer);
    return { group, shrinkage: answer.kind === "shrunk" ? answer.shrinkage : null };
  });
  return regrouped(await Promise.all(asked), request.properties);
}

/**
 * What was a hazard with an operator too many may be none without it: then it is the violation of the same decision, and
 * counts there.
 */
function regrouped(found: SearchFound["groups"], properties: readonly PropertyRule[]): SearchFound["groups"] {
  const kept = new Map<string, SearchFound["groups"][number]>();
  for (const item of found) {
    const { group, shrinkage } = item;
    const { violation } = group;
    const rule = properties.find(({ name }) => name === violation.property);
    const hazard = shrinkage === null ? violation.hazard : isHazard(rule, shrinkage.telling.mutations);
    const key = `${hazard} ${decisionKey(violation)}`;
    const same = kept.get(key);
    const merged = same === undefined ? item : same;
    const cases = group.cases + (same?.group.cases ?? 0);
    const operators = [...new Set([...(same?.group.operators ?? []), ...group.operators])];
    kept.set(key, {
      ...merged,
      group: { ...merged.group, violation: { ...violation, hazard }, cases, operators },
    });
  }
  return [...kept.values()].sort(
    (a, b) => Number(a.group.violation.hazard) - Number(b.group.violation.hazard),
  );
}

/** The smallest case of every violation of the gate, where a difference in staging hides it. */
async function inStaging(
  pool: SearchPool,
  search: number,
  { gate }: SearchRequest,
  groups: SearchFound["groups"],
): Promise<CheckResult["staging"]> {
  const recipes = new Map<string, Recipe>();
  for (const { group, shrinkage } of groups) {
    if (group.violation.hazard || !gate.has(group.violation.property) || shrinkage === null) continue;
    const recipe = shrinkage.telling.mutations.map(({ op, at }) => ({ op, at }));
    recipes.set(JSON.stringify(recipe), recipe);
  }
  const answer = await pool.ask({ ask: "staging", search, recipes: [...recipes.values()], gate: [...gate] });
  mustNotFail(answer);
  return answer.kind === "staged" ? answer.findings : null;
}
