import fc from "fast-check";
import { managerCommands, managerSetup } from "fleetquake/fast-check";
import { test } from "vitest";
import { carelessPlanner } from "../src/careless-planner.js";

test("whatever operators do, the planner removes nothing but what they asked for", () => {
  const setup = managerSetup(carelessPlanner);
  fc.assert(
    fc.property(managerCommands(), (commands) => {
      fc.modelRun(setup, commands);
    }),
    { seed: 1, numRuns: 50 },
  );
}, 60_000);
