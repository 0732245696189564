/**
 * Under which mistakes a property is promised. Outside of them a violation is a hazard: worth knowing, and nobody's
 * broken promise.
 */
const numbered = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, k) => `${letter}${String(k + 1).padStart(2, "0")}`);

export const textOperators = numbered("T", 14);
export const structureOperators = numbered("S", 22);
export const processOperators = numbered("P", 17);

export const operatorsBut = (...left: readonly string[]): readonly string[] =>
  [...textOperators, ...structureOperators, ...processOperators].filter((id) => !left.includes(id));

/**
 * What nobody promises for anything that a guard or a ticket decides. P12: the configuration of another environment is
 * complete, consistent and has a ledger of its own; a manager that is told nothing of environments cannot see that it is
 * not meant, so only whoever delivers it can. P16: people switched the guard off or agree to everything, and a property
 * that held only because nobody did so would promise what people must not do.
 */
export const unlessPeopleSaySo = operatorsBut("P12", "P16");
