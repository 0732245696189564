/**
 * Planted bugs: each a right manager or guard with one thing wrong, the scenario in which it is looked for, and the
 * property that has to notice. Guards are tried in front of managers that need them, managers without guards behind
 * them: where two layers do the same, a bug in one of them shows only with a bug in the other.
 */

import type { Bug } from "./bugs/bug.js";
import { carryingOut } from "./bugs/carrying-out.js";
import { guards } from "./bugs/guards.js";
import { readingErrors } from "./bugs/reading-errors.js";
import { tickets } from "./bugs/tickets.js";

export const bugs: readonly Bug[] = [...readingErrors, ...tickets, ...carryingOut, ...guards];
