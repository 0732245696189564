/** `fleetquake/fast-check`: random fleets, mutations, cases and turns, and commands that drive a manager. */
export {
  type FleetDocument,
  type FleetOptions,
  fleetManager,
  fleetRegions,
  fleetScenario,
} from "../chaos/fleet-arbitrary.js";
export {
  type CommandName,
  type CommandOptions,
  commandNames,
  type ManagerCommand,
  managerCommands,
  managerSetup,
  type OperatorIntent,
  type SetupOptions,
} from "./manager-commands.js";
export type { ManagerWorld } from "./manager-world.js";
export { mutationCase, mutationRecipe, type RecipeOptions } from "./recipe-arbitrary.js";
export { managerTurn, type TurnOptions } from "./turn-arbitrary.js";
export {
  type CommandBase,
  type CommandBaseOptions,
  commandBase,
  type ManagerInTest,
} from "./world-base.js";
