/** Mistakes and mishaps of the process by which changes reach managers, in the order of their ids. */
import type { Operator } from "./operator.js";
import { changedAfterApproval, guardBypass } from "./process-approval.js";
import { mixedManagerVersions, partialRollout } from "./process-cells.js";
import { clockSkew } from "./process-clocks.js";
import { stagingDrift, wrongEnvironment } from "./process-environments.js";
import { crash, lostLease, staleObservation, unavailableSource } from "./process-faults.js";
import {
  duplicateDelivery,
  lostUpdate,
  reorderedChanges,
  rollback,
  rollbackOfRollback,
  staleVersion,
} from "./process-versions.js";

export const processOperators: readonly Operator[] = [
  staleVersion,
  lostUpdate,
  reorderedChanges,
  duplicateDelivery,
  partialRollout,
  mixedManagerVersions,
  crash,
  changedAfterApproval,
  rollback,
  rollbackOfRollback,
  stagingDrift,
  wrongEnvironment,
  unavailableSource,
  staleObservation,
  lostLease,
  guardBypass,
  clockSkew,
];
