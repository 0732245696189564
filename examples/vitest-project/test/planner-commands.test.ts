import fc from "fast-check";
import { managerCommands, managerSetup } from "fleetquake/fast-check";
import { test } from "vitest";
import { planner } from "../src/planner.js";

test("whatever operators do, the planner removes nothing but what they asked for", () => {
  const setup = managerSetup(planner);
  fc.assert(
    fc.property(managerCommands(), (commands) => {
      fc.modelRun(setup, commands);
    }),
    { seed: 1, numRuns: 50 },
  );
}, 60_000);
