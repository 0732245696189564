import { managerSuite } from "fleetquake/vitest";
import { planner } from "../src/planner.js";

// One test a property, in the small fleet that `fleetquake init` writes; the options are all optional.
managerSuite(planner, {
  runs: 1_000,
  save: "counterexamples",
  expect: { "approved-removal-progresses": "holds" },
});
