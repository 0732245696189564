/** Ablation: which of some guards would have stopped what happened, alone or together, and at what price. */
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import type { Guard } from "../../models/guards/guard.js";
import type { Catalogue } from "../../scenario/build-run.js";
import type { CaseLuck } from "../../scenario/case.js";
import type { Scenario, Variant } from "../../scenario/scenario.js";
import { buildBase } from "../base.js";
import type { Operator } from "../mutations/operator.js";
import { byId } from "../recipe.js";
import type { Ablation, GuardSetView } from "./ablate-result.js";
import { CostMeter } from "./costs.js";
import { marco } from "./marco.js";
import { Oracle, type OracleGate } from "./oracle.js";
import { shapleyValues } from "./shapley.js";
import { storedInConfiguration } from "./storage.js";
import { minimalSets, namesOf, survivesBypass, upClosure } from "./subsets.js";
import { Switchboard, stripped, withGuards } from "./switchboard.js";
import { tabulate } from "./tabulate.js";
import { collectWorld } from "./world.js";

/** Guards that need no options of their own and stand for the ways there are of stopping a removal. */
export const defaultGuards: readonly string[] = [
  "schemaStrict",
  "failStatic",
  "tombstoneOnly",
  "nonEmpty",
  "selfProtect",
  "noCascade",
  "dependantsCheck",
  "budget",
  "cells",
  "scope",
  "approvePerRemoval",
  "freshness",
];

export interface AblateRequest {
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly guards: readonly Guard[];
  readonly catalogue: Catalogue;
  readonly gate: OracleGate;
  readonly operators: readonly Operator[];
  readonly luck: CaseLuck;
  readonly cases: number | null;
  /** Take the guards asked about away from managers that have them. */
  readonly strip: boolean;
  /** Ask about every set, whatever the small ones look like. */
  readonly full: boolean;
  readonly changesPerWeek: number;
}

/** All but what only a command knows: names of files, its own words. */
export type AblationFound = Omit<Ablation, "scenario" | "command">;

const exceptionsTold = 20;
const setsStored = 12;

/** Yields what it is doing, often enough for somebody to stop it. */
export function* ablate(request: AblateRequest): Generator<string, Result<AblationFound, readonly Issue[]>> {
  const { scenario, guards, catalogue, gate, operators, luck } = request;
  const names = guards.map(({ name }) => name);
  const variant = prepared(request, names);
  const board = new Switchboard(scenario.name, variant, guards, catalogue);
  const fits = board.check();
  if (!fits.ok) return fits;
  const base = buildBase(scenario.name, variant, scenario.variants, catalogue);
  if (!base.ok) return err(base.error);

  const properties = [...gate.safety, ...gate.progress];
  const own = request.variant.spec.case;
  const collecting = collectWorld({
    base: base.value,
    board,
    properties,
    operators,
    luck,
    own,
    cases: request.cases,
  });
  const world = yield* telling(collecting, (judged) => `looking for traces: ${judged} mutations`);
  const { traces } = world;

  const oracle = new Oracle(board, traces, gate);
  const sets = 1 << guards.length;
  const tabulating = tabulate(guards.length, (set) => oracle.isSafe(set), request.full);
  const table = yield* telling(tabulating, (done) => `sets of guards: ${done} of ${sets}`);
  const { safe } = table;
  const costs = new CostMeter(base.value.run, board, luck, request.changesPerWeek);
  const progresses = (set: number): boolean =>
    oracle.progresses(set) && (!costs.applies || costs.of(set).delayMs !== null);

  const minimalSafe = minimalSets(guards.length, (set) => safe[set] === 1);
  const closed = upClosure(guards.length, safe);
  const other = marco(guards.length, (set) => closed[set] === 1).minimalSafe;
  const agrees = other.length === minimalSafe.length && other.every((set) => minimalSafe.includes(set));
  yield "minimal sets";
  const sufficient = minimalSets(guards.length, (set) => safe[set] === 1 && progresses(set));
  yield "sets that survive a bypass";
  const redundant = minimalSets(guards.length, (set) => survivesBypass(set, safe) && progresses(set));
  const views = viewsOf(sufficient, names, costs);
  const stored = views
    .filter(({ guards: own }) => own.length > 0)
    .sort((a, b) => Number(b.cheapest) - Number(a.cheapest))
    .slice(0, setsStored);
  const storage: Ablation["storage"][number][] = [];
  for (const { guards: set } of stored) {
    yield `stored in the configuration: ${set.join(", ")}`;
    const inside = storedInConfiguration(set, {
      scenario: scenario.name,
      variant,
      catalogue,
      traces,
      operators: byId(operators),
      safety: gate.safety,
    });
    storage.push({
      guards: [...set],
      external: true,
      inConfiguration: inside?.safe ?? null,
      through: [...(inside?.through ?? [])],
      notApplicable: [...(inside?.notApplicable ?? [])],
    });
  }
  const shapley = shapleyValues(guards.length, safe);
  const alone = guards.map(({ name, id, stage }, k) => {
    const set = 1 << k;
    return {
      guard: name,
      id,
      stage,
      stops: traces.filter((_, trace) => oracle.stops(set, trace)).length,
      left: [...new Set(traces.flatMap((_, trace) => oracle.violatedOn(trace, set)))],
      progress: progresses(set),
      shapley: shapley[k]!,
      ...costs.of(set),
    };
  });
  return ok({
    variant: variant.name,
    seed: luck.seed,
    stripped: request.strip,
    gate: {
      safety: gate.safety.map(({ name }) => name),
      progress: gate.progress.map(({ name }) => name),
    },
    changesPerWeek: request.changesPerWeek,
    traces: traces.map(({ label, item, violates }) => ({
      label,
      mutations: item.recipe.map(({ op, at }) => ({ op, at })),
      violates: [...violates],
    })),
    asItIs: world.asItIs,
    method: {
      table: table.mode,
      sets,
      asked: table.asked,
      plays: board.plays,
      exceptions: {
        total: table.exceptions.length,
        first: table.exceptions
          .slice(0, exceptionsTold)
          .map(({ set, adding }) => ({ guards: [...namesOf(set, names)], adding: names[adding]! })),
      },
      crossCheck: agrees ? "agrees" : "differs",
    },
    guards: alone,
    sufficient: views,
    stuck: minimalSafe
      .filter((set) => !sufficient.some((inside) => (inside & set) === inside))
      .map((set) => [...namesOf(set, names)]),
    redundant: viewsOf(redundant, names, costs),
    storage,
    verdict:
      traces.length === 0
        ? "nothing-to-stop"
        : sufficient.length > 0
          ? "some-set-suffices"
          : "no-set-suffices",
  });
}

/** What managers are compared with: no mutation of the file's own, and guards kept outside of the configuration. */
function prepared({ variant, strip }: AblateRequest, names: readonly string[]): Variant {
  const spec = withGuards(strip ? stripped(variant.spec, names) : variant.spec, [], "external");
  return { ...variant, spec: { ...spec, case: null, mutations: [] } };
}

function* telling<T, R>(work: Generator<T, R>, words: (done: T) => string): Generator<string, R> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield words(step.value);
  }
}

/** The cheapest first. */
function viewsOf(sets: readonly number[], names: readonly string[], costs: CostMeter): GuardSetView[] {
  const rows = sets.map((set) => ({ guards: [...namesOf(set, names)], ...costs.of(set) }));
  type Row = (typeof rows)[number];
  const price = ({ approvals, delayMs, guards }: Row): readonly number[] => [
    approvals,
    delayMs ?? Number.POSITIVE_INFINITY,
    guards.length,
  ];
  const beats = (a: Row, b: Row): boolean => {
    const [left, right] = [price(a), price(b)];
    return left.every((x, k) => x <= right[k]!) && left.some((x, k) => x < right[k]!);
  };
  return rows
    .map((row) => ({ ...row, cheapest: !rows.some((other) => beats(other, row)) }))
    .sort((a, b) => comparePrices(price(a), price(b)));
}

function comparePrices(a: readonly number[], b: readonly number[]): number {
  for (const [k, x] of a.entries()) if (x !== b[k]) return x - b[k]!;
  return 0;
}
