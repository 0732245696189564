/** The properties. Adding one: its rule, one line here, a manager that breaks it and one that keeps it. */
import type { BoundShape } from "./bound.js";
import { guardSurvives, managerControllable, noStaleIntent } from "./control.js";
import { confluent, eventuallyStable, idempotent, restartEquivalent } from "./convergence.js";
import { corruptionMonotone, stagingRepresentative } from "./corruption.js";
import { blastRadius, scopeConfined } from "./extent.js";
import { noRecollapse } from "./overload.js";
import { approvalIntact, fresh, noHealthRemoval } from "./permission.js";
import { approvedRemovalProgresses, blackStart, removalWitnessed } from "./progress.js";
import { quarantineReversible } from "./quarantine.js";
import type { PropertyRule } from "./rule.js";
import { failStatic, noCascadingOutage, noCollateralRemoval, noSelfRemoval } from "./safety.js";

export const propertyCatalogue: readonly PropertyRule[] = [
  noSelfRemoval,
  noCollateralRemoval,
  noCascadingOutage,
  failStatic,
  corruptionMonotone,
  blastRadius,
  scopeConfined,
  approvalIntact,
  fresh,
  noHealthRemoval,
  managerControllable,
  guardSurvives,
  noStaleIntent,
  quarantineReversible,
  stagingRepresentative,
  idempotent,
  confluent,
  restartEquivalent,
  eventuallyStable,
  approvedRemovalProgresses,
  removalWitnessed,
  blackStart,
  noRecollapse,
];

/** Properties that fail a run when they are violated; the others report until a scenario sets a bound on them. */
export const defaultGate: readonly string[] = [
  "no-self-removal",
  "no-collateral-removal",
  "no-cascading-outage",
  "fail-static",
  "approved-removal-progresses",
];

/** Bounds that a scenario can set, by property. */
export const boundsOf = (properties: readonly PropertyRule[]): Readonly<Record<string, BoundShape>> =>
  Object.fromEntries(properties.map(({ name, bound }) => [name, bound ?? {}]));
