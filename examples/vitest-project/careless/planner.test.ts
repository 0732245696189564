import { managerSuite } from "fleetquake/vitest";
import { carelessPlanner } from "../src/careless-planner.js";

managerSuite(carelessPlanner, { save: "counterexamples" });
