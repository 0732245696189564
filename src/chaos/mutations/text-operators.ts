/** T01 to T14: mistakes in the bytes of a file. What follows from them is decided by whoever parses it. */
import { compareNatural } from "../../base/order.js";
import type { Operator } from "./operator.js";
import { cutOperators } from "./text-cut.js";
import { encodingOperators } from "./text-encoding.js";
import { foreignOperators } from "./text-foreign.js";
import { layoutOperators } from "./text-layout.js";
import { mergeOperators } from "./text-merge.js";
import { valueTextOperators } from "./text-values.js";

/** In order of ids. */
export const textOperators: readonly Operator[] = [
  ...cutOperators,
  ...mergeOperators,
  ...encodingOperators,
  ...layoutOperators,
  ...valueTextOperators,
  ...foreignOperators,
].sort((a, b) => compareNatural(a.id, b.id));
