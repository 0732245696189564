/** Two estimates side by side: variants and figures matched by name. No difference is worked out: luck is not paired here. */
import type { FigureEstimate, PhaseEstimate } from "./estimate.js";
import type { EstimateFile, EstimateResult } from "./estimate-result.js";

export interface EstimatePair {
  readonly name: string;
  readonly before: EstimateResult;
  readonly after: EstimateResult;
  readonly figures: readonly { readonly before: FigureEstimate; readonly after: FigureEstimate }[];
  readonly phases: readonly { readonly before: PhaseEstimate; readonly after: PhaseEstimate }[];
  /** Identifiers of figures that the other side does not have. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export interface EstimateDiff {
  /** What makes the two less comparable than a reader may think, in words. */
  readonly notes: readonly string[];
  readonly variants: readonly EstimatePair[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function diffEstimates(before: EstimateFile, after: EstimateFile): EstimateDiff {
  const variants = before.results.flatMap((result) => {
    const other = after.results.find(({ variant }) => variant === result.variant);
    return other === undefined ? [] : [pairOf(result, other)];
  });
  const names = variants.map(({ name }) => name);
  const only = (file: EstimateFile): readonly string[] =>
    file.results.map(({ variant }) => variant).filter((name) => !names.includes(name));
  return {
    notes: notesOf(before, after, variants),
    variants,
    onlyBefore: only(before),
    onlyAfter: only(after),
  };
}

function pairOf(before: EstimateResult, after: EstimateResult): EstimatePair {
  const figures = before.figures.flatMap((figure) => {
    const other = after.figures.find(({ id }) => id === figure.id);
    return other === undefined ? [] : [{ before: figure, after: other }];
  });
  const phases = before.phases.flatMap((phase) => {
    const other = after.phases.find(({ name }) => name === phase.name);
    return other === undefined ? [] : [{ before: phase, after: other }];
  });
  const shared = figures.map((pair) => pair.before.id);
  const only = (result: EstimateResult): readonly string[] =>
    result.figures.map(({ id }) => id).filter((id) => !shared.includes(id));
  return {
    name: before.variant,
    before,
    after,
    figures,
    phases,
    onlyBefore: only(before),
    onlyAfter: only(after),
  };
}

function notesOf(
  before: EstimateFile,
  after: EstimateFile,
  variants: readonly EstimatePair[],
): readonly string[] {
  const notes: string[] = [];
  const differs = (what: string, a: string, b: string, consequence: string): void => {
    if (a !== b) notes.push(`${what}: ${a} before, ${b} after; ${consequence}.`);
  };
  differs(
    "Different scenarios",
    before.scenario.name,
    after.scenario.name,
    "only variants and figures of the same name stand side by side",
  );
  differs("Different versions", before.fleetquake, after.fleetquake, "the model itself may have changed");
  for (const { name, before: a, after: b } of variants)
    differs(
      `Different horizons of ${name}`,
      `${a.horizonMs / 60_000} minutes`,
      `${b.horizonMs / 60_000} minutes`,
      "means count what is not over as the horizon",
    );
  return notes;
}
