/** `fleetquake/vitest`: the checks of `fleetquake check` as tests of a vitest project. */

export { managerSuite } from "./manager-suite.js";
export type { ExpectedOutcome, ManagerSuiteOptions, ScenarioSource } from "./options.js";
export type { ManagerUnderTest } from "./subject.js";
