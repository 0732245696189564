/** Turns as managers meet them: recorded in runs of random scenarios. */
import * as fc from "fast-check";
import { type AskedTurn, recordTurns } from "../../src/run/record-turns.js";
import { buildRun } from "../../src/scenario/build-run.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { catalogue, known } from "./catalogue.js";
import { randomScenario } from "./random-scenario.js";

type Managers = (typeof randomScenario extends fc.Arbitrary<infer T> ? T : never)["managers"];

/**
 * `count` turns, at most `each` a run, spread over it. Every manager is `model`, with the numbers of its policy varied;
 * `axes` lets the axes vary too.
 */
export function randomTurns(
  model: string,
  count: number,
  { each = 10, axes = false, seed = 20250213 }: { each?: number; axes?: boolean; seed?: number } = {},
): readonly AskedTurn[] {
  const turns: AskedTurn[] = [];
  for (let batch = 0; turns.length < count && batch < 100; batch++) {
    for (const document of fc.sample(randomScenario, { seed: seed + batch, numRuns: 40 })) {
      const managers = played(document.managers, model, axes);
      const parsed = parseScenario(JSON.stringify({ ...document, managers }), "random.yaml", { known });
      if (!parsed.ok) continue;
      const run = buildRun("random", parsed.value.scenario.variants[0]!, catalogue);
      if (!run.ok) continue;
      const asked = recordTurns(run.value, 1);
      const stride = Math.max(1, Math.floor(asked.length / each));
      turns.push(...asked.filter((_, k) => k % stride === 0).slice(0, each));
      if (turns.length >= count) break;
    }
  }
  return turns.slice(0, count);
}

function played(managers: Managers, model: string, axes: boolean): unknown {
  return Object.fromEntries(
    Object.entries(managers).map(([name, manager]) => {
      const { observationDelay, removal, parallelism } = manager.policy;
      const policy = axes ? manager.policy : { observationDelay, removal, parallelism };
      const guards = axes ? manager.guards : { add: manager.guards.add };
      return [name, { ...manager, model, policy, guards }];
    }),
  );
}
