/** The mutation operators that a search may choose from, their weights in the field, and pairs that have a name. */
import { type Issue, nearestName } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import type { MutationClass, MutationLevel, Operator } from "./operator.js";
import { processOperators } from "./process-operators.js";
import { structureOperators } from "./structure-operators.js";
import { textOperators } from "./text-operators.js";

/** In order of level and id: text, structure, process. */
export const mutationCatalogue: readonly Operator[] = [
  ...textOperators,
  ...structureOperators,
  ...processOperators,
];

/**
 * Shares of the classes among real misconfigurations (models and methods, section 1.3): used for statements about the
 * risk of a thousand changes, never for pass or fail.
 */
export const naturalWeight: Readonly<Record<MutationClass, number>> = {
  text: 0.15,
  illegal: 0.3,
  inconsistent: 0.2,
  external: 0.15,
  process: 0.2,
};

/** Combinations that belong together; the first one is the incident. */
export const composites: readonly (readonly string[])[] = [
  ["S01", "S11"],
  ["S01", "P01"],
  ["S16", "P16"],
  ["P13", "S20"],
  ["P09", "S10"],
  ["T12", "S16"],
  ["P11", "S11"],
  ["P15", "P01"],
];

export interface OperatorSelection {
  /** Ids (`P01`), ranges of them (`T01..T05`), names (`rollback`) or levels (`text`). Left out: all. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** The operators that a selection names, in the order of the catalogue. */
export function operatorsFor(
  { only, except = [] }: OperatorSelection,
  catalogue: readonly Operator[] = mutationCatalogue,
): Result<readonly Operator[], readonly Issue[]> {
  const issues: Issue[] = [];
  const meant = (text: string): readonly Operator[] => {
    const found = namedBy(text, catalogue);
    if (found.length === 0) issues.push(unknownOperator(text, catalogue));
    return found;
  };
  const chosen = new Set(only === undefined ? catalogue : only.flatMap(meant));
  for (const operator of except.flatMap(meant)) chosen.delete(operator);
  if (issues.length > 0) return err(issues);
  return ok(catalogue.filter((operator) => chosen.has(operator)));
}

const levels: readonly MutationLevel[] = ["text", "structure", "process"];

function namedBy(text: string, catalogue: readonly Operator[]): readonly Operator[] {
  const wanted = text.trim();
  const level = levels.find((name) => name === wanted.toLowerCase());
  if (level !== undefined) return catalogue.filter((operator) => operator.level === level);
  const [from, to, more] = wanted.split("..");
  if (to !== undefined && more === undefined) return between(from!.trim(), to.trim(), catalogue);
  return catalogue.filter((operator) => isCalled(operator, wanted));
}

/** From one operator to another in the order of the catalogue; both have to be there. */
function between(from: string, to: string, catalogue: readonly Operator[]): readonly Operator[] {
  const first = catalogue.findIndex((operator) => isCalled(operator, from));
  const last = catalogue.findIndex((operator) => isCalled(operator, to));
  return first < 0 || last < 0 ? [] : catalogue.slice(first, last + 1);
}

const isCalled = ({ id, name }: Operator, text: string): boolean =>
  id === text.toUpperCase() || name === text.toLowerCase();

function unknownOperator(text: string, catalogue: readonly Operator[]): Issue {
  const names = catalogue.flatMap(({ id, name }) => [id, name]);
  const near = nearestName(text, [...levels, ...names]);
  return {
    code: "unknown-mutation",
    severity: "error",
    message: `there is no mutation "${text}"`,
    expected: "an id (P01), a name (rollback), a range (T01..T05) or a level (text, structure, process)",
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}
