/** The managers that a scenario can name. Adding one: its file, one line here, a test that breaks or keeps a property. */
import { failStatic, inert, pruning, restless } from "./careful.js";
import type { ManagerModel } from "./define-manager.js";
import { legacy } from "./legacy.js";
import { modern } from "./modern.js";
import { evicting, exiting, forgetful, lastWins, oneWay, unfinished, wedging } from "./observed.js";
import { presets } from "./presets/catalogue.js";

export const managerModels: readonly ManagerModel[] = [
  legacy,
  modern,
  failStatic,
  pruning,
  inert,
  restless,
  evicting,
  unfinished,
  forgetful,
  lastWins,
  oneWay,
  exiting,
  wedging,
  ...presets,
];
