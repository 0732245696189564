/** The properties. Adding one: its rule, one line here, a manager that breaks it and one that keeps it. */
import { approvedRemovalProgresses, blackStart, idempotent } from "./progress.js";
import type { PropertyRule } from "./rule.js";
import { failStatic, noCascadingOutage, noCollateralRemoval, noSelfRemoval } from "./safety.js";

export const propertyCatalogue: readonly PropertyRule[] = [
  noSelfRemoval,
  noCollateralRemoval,
  noCascadingOutage,
  failStatic,
  approvedRemovalProgresses,
  blackStart,
  idempotent,
];

/** Properties that fail a run when they are violated; the others report until a scenario sets a bound on them. */
export const defaultGate: readonly string[] = [
  "no-self-removal",
  "no-collateral-removal",
  "no-cascading-outage",
  "fail-static",
  "approved-removal-progresses",
];
