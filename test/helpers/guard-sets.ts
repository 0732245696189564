/** The same situation under many sets of guards: which services a manager takes away. */
import { guardCatalogue } from "../../src/models/guards/catalogue.js";
import { admit, type Guard, type GuardOptions, type Judgement } from "../../src/models/guards/guard.js";
import { createSimulator } from "../../src/run/simulate.js";
import { TraceRecorder } from "../../src/run/trace-recorder.js";
import { buildRun } from "../../src/scenario/build-run.js";
import type { ActiveGuard, Run } from "../../src/scenario/run.js";
import { catalogue } from "./catalogue.js";
import { type GuardSituation, guardFleet } from "./guard-fleet.js";
import { scenarioOf } from "./scenario.js";

export const guardNames: readonly string[] = guardCatalogue.map((guard) => guard.name);

const hourMs = 3_600_000;
/** Options with which every guard has something to say in a small fleet. */
const guardOptions: Readonly<Record<string, GuardOptions>> = {
  budget: { max: 3, perMs: hourMs },
  fraction: { max: 0.7 },
  tokenBucket: { max: 3, perMs: hourMs },
  cells: { bakeMs: hourMs / 2 },
  waves: { bakeMs: hourMs / 2 },
  quarantine: { forMs: hourMs },
  observedFresh: { maxAgeMs: hourMs / 12 },
  protectExternal: { services: ["store"] },
};

const optionsOf = (name: string): GuardOptions => guardOptions[name] ?? {};

interface Outcome {
  /** Services removed or stopped. */
  readonly taken: ReadonlySet<string>;
  /** Guards outside the set that would have had an objection: all others would have changed nothing. */
  readonly wouldObject: ReadonlySet<string>;
}

/** Asks once for every set; the order of a set does not matter. */
export function outcomesOf(situation: GuardSituation): (guards: readonly string[]) => Outcome {
  const variant = scenarioOf(guardFleet(situation, "")).variants[0]!;
  const known = new Map<string, Outcome>();
  return (guards) => {
    const key = keyOf(guards);
    let outcome = known.get(key);
    // One that has nothing to object to in the run without it changes nothing of that run.
    for (const guard of outcome === undefined ? guards : []) {
      const without = known.get(keyOf(guards.filter((other) => other !== guard)));
      if (without !== undefined && !without.wouldObject.has(guard)) outcome = without;
    }
    if (outcome === undefined) {
      const add = guards.map((guard) => ({ guard, options: optionsOf(guard) }));
      const managers = variant.spec.managers.map((manager) =>
        manager.name === "m" ? { ...manager, guards: { ...manager.guards, add } } : manager,
      );
      const built = buildRun("guards", { ...variant, spec: { ...variant.spec, managers } }, catalogue);
      if (!built.ok) throw new Error(built.error[0]!.message);
      outcome = outcomeOf(built.value, guards);
    }
    known.set(key, outcome);
    return outcome;
  };
}

const keyOf = (guards: readonly string[]): string => [...guards].sort().join(" ");

function outcomeOf(run: Run, guards: readonly string[]): Outcome {
  const wouldObject = new Set<string>();
  const listeners = guardCatalogue
    .filter((guard) => !guards.includes(guard.name))
    .map((guard): ActiveGuard => {
      // What has no judgement of its own works through the structure of the run.
      if (guard.judgeAction === undefined && guard.judgeSet === undefined) wouldObject.add(guard.name);
      return { guard: listening(guard, wouldObject), options: optionsOf(guard.name) };
    });
  const managers = run.managers.map((manager) =>
    manager.spec.name === "m" ? { ...manager, guards: [...manager.guards, ...listeners] } : manager,
  );
  const recorder = new TraceRecorder(run);
  createSimulator({ ...run, managers }).run(1, 0, [recorder]);
  const taken = new Set<string>();
  for (const event of recorder.trace(1, 0).events)
    if (event.e === "removed" || event.e === "stopped") taken.add(event.service);
  return { taken, wouldObject };
}

/** The same guard, only that it takes note of its objections and lets everything through. */
function listening(guard: Guard, wouldObject: Set<string>): Guard {
  const note = (judgement: Judgement | undefined): Judgement => {
    if (judgement !== undefined && judgement.verdict !== "admit") wouldObject.add(guard.name);
    return admit;
  };
  return {
    ...guard,
    name: `${guard.name} (listening)`,
    judgeAction: (...args) => note(guard.judgeAction?.(...args)),
    judgeSet: (...args) => note(guard.judgeSet?.(...args)),
  };
}
