/** S01 to S22: mistakes in what a configuration says, in files that can be read. */
import { compareNatural } from "../../base/order.js";
import type { Operator } from "./operator.js";
import { edgeOperators } from "./structure-edges.js";
import { entryOperators } from "./structure-entries.js";
import { nameOperators } from "./structure-names.js";
import { ownershipOperators } from "./structure-ownership.js";
import { policyOperators } from "./structure-policy.js";
import { referenceOperators } from "./structure-references.js";
import { valueOperators } from "./structure-values.js";

/** In order of ids. */
export const structureOperators: readonly Operator[] = [
  ...entryOperators,
  ...nameOperators,
  ...valueOperators,
  ...referenceOperators,
  ...edgeOperators,
  ...ownershipOperators,
  ...policyOperators,
].sort((a, b) => compareNatural(a.id, b.id));
