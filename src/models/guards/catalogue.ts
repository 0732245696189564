/** The guards that a scenario can name, in the order of help; adding one: its function, one line here, its tests. */
import {
  approvePerRemoval,
  bootstrapProtect,
  changeApproved,
  dependantsCheck,
  failStatic,
  noCascade,
  scope,
  selfProtect,
  tombstoneOnly,
  twoPerson,
} from "./admit-guards.js";
import type { Guard } from "./guard.js";
import { cells, waves } from "./schedule-guards.js";
import { budget, dryRunDiff, fraction, nonEmpty, planHash, serverDryRun, tokenBucket } from "./set-guards.js";

export const guardCatalogue: readonly Guard[] = [
  failStatic,
  tombstoneOnly,
  nonEmpty,
  selfProtect,
  bootstrapProtect,
  noCascade,
  dependantsCheck,
  budget,
  fraction,
  cells,
  waves,
  scope,
  approvePerRemoval,
  twoPerson,
  planHash,
  dryRunDiff,
  serverDryRun,
  changeApproved,
  tokenBucket,
];
