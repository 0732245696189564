/** The guards that a scenario can name, in the order of their ids; adding one: its function, one line here, its tests. */
import {
  bootstrapProtect,
  dependantsCheck,
  failStatic,
  noCascade,
  scope,
  selfProtect,
  tombstoneOnly,
} from "./admit-guards.js";
import type { Guard } from "./guard.js";
import {
  approvePerRemoval,
  changeApproved,
  freshness,
  observedFresh,
  planHash,
  twoPerson,
} from "./process-guards.js";
import { protect, protectExternal } from "./protect-guards.js";
import { dryRunDiff, readThrough, schemaStrict, serverDryRun } from "./read-guards.js";
import { autoHalt, cells, quarantine, waves } from "./schedule-guards.js";
import { budget, fraction, nonEmpty, tokenBucket } from "./set-guards.js";
import { externalSelf, uniqueOwner } from "./topology-guards.js";

export const guardCatalogue: readonly Guard[] = [
  schemaStrict,
  failStatic,
  tombstoneOnly,
  nonEmpty,
  selfProtect,
  bootstrapProtect,
  noCascade,
  dependantsCheck,
  budget,
  fraction,
  waves,
  autoHalt,
  cells,
  scope,
  approvePerRemoval,
  twoPerson,
  planHash,
  freshness,
  observedFresh,
  quarantine,
  dryRunDiff,
  externalSelf,
  readThrough,
  uniqueOwner,
  changeApproved,
  tokenBucket,
  serverDryRun,
  protect,
  protectExternal,
];
