/** temporary */

import type { Issue } from "../../base/issue.js";
import { ok, type Result } from "../../base/result.js";
import type { MutationClass, Operator } from "./operator.js";
import { textOperators } from "./text-operators.js";
export const mutationCatalogue: readonly Operator[] = textOperators;
export const operatorsFor = (_: {
  only: readonly string[];
  except: readonly string[];
}): Result<readonly Operator[], readonly Issue[]> => ok(mutationCatalogue);
export const naturalWeight = (_: MutationClass): number => 0.2;
