/** What managers are asked, as an arbitrary: moments of runs of random fleets. */
import * as fc from "fast-check";
import { type FleetOptions, fleetScenario } from "../chaos/fleet-arbitrary.js";
import { guardCatalogue } from "../models/guards/catalogue.js";
import { managerModels } from "../models/managers/catalogue.js";
import { type AskedTurn, recordTurns } from "../run/record-turns.js";
import { buildRun } from "../scenario/build-run.js";
import { parseScenario } from "../scenario/parse.js";
import { type ManagerInTest, modelFor, must, told } from "./world-base.js";

export interface TurnOptions extends Omit<FleetOptions, "models"> {
  /** Every manager of the fleets, so that the memory is its own; default: those of the catalogue, mixed. */
  readonly manager?: ManagerInTest;
  /** Luck of the runs, uint32; default 1. */
  readonly seed?: number;
}

/** A memory and a turn that come up in a run, with the step that was the answer to them. */
export function managerTurn({ manager, seed = 1, ...fleet }: TurnOptions = {}): fc.Arbitrary<AskedTurn> {
  const own = manager === undefined ? [] : [modelFor(manager)];
  const catalogue = {
    managers: [...own, ...managerModels.filter(({ name }) => name !== own[0]?.name)],
    guards: guardCatalogue,
  };
  const known = {
    managers: catalogue.managers.map(({ name }) => name),
    guards: guardCatalogue.map(({ name }) => name),
  };
  const models = own.length === 0 ? {} : { models: [own[0]!.name] };
  return fc.tuple(fleetScenario({ ...fleet, ...models }), fc.nat()).map(([document, pick]) => {
    const { scenario } = must(parseScenario(JSON.stringify(document), "generated.yaml", { known }));
    const run = must(buildRun("generated", scenario.variants[0]!, catalogue));
    const turns = told(() => recordTurns(run, seed));
    return turns[pick % turns.length]!;
  });
}
