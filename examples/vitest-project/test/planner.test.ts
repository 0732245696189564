import { managerSuite } from "fleetquake/vitest";
import { planner } from "../src/planner.js";

managerSuite(planner);
