/** Two results against each other, before and after a change: variants matched by name, every figure on both sides. */
import { compareNatural } from "../base/order.js";
import type { Verdict } from "../models/judging/property.js";
import type { ResultFile, VariantResult } from "./result.js";
import { type FigureDiff, figureDiffs } from "./result-diff-figures.js";

export interface VerdictDiff {
  readonly property: string;
  /** Whether a violation fails the run, on either side. */
  readonly gate: boolean;
  readonly before: Verdict["verdict"] | null;
  readonly after: Verdict["verdict"] | null;
  /** Fixed: it holds now. No longer violated: nothing tested it, or it is only a hazard now. */
  readonly change:
    | "fixed"
    | "newly violated"
    | "no longer violated"
    | "changed"
    | "same"
    | "only before"
    | "only after";
  /** Of the side that is worse: why. */
  readonly because: string;
}

export interface VariantDiff {
  readonly name: string;
  /** The same events to the byte. */
  readonly sameTrace: boolean;
  readonly figures: readonly FigureDiff[];
  readonly verdicts: readonly VerdictDiff[];
  /** Expectations that are met on one side only. */
  readonly expectations: readonly {
    readonly text: string;
    readonly before: boolean | null;
    readonly after: boolean | null;
  }[];
}

export interface ResultDiff {
  /** What makes the two less comparable than a reader may think, in words. */
  readonly notes: readonly string[];
  readonly variants: readonly VariantDiff[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function diffResults(before: ResultFile, after: ResultFile): ResultDiff {
  const names = (file: ResultFile): readonly string[] => file.variants.map(({ name }) => name);
  const shared = names(before).filter((name) => names(after).includes(name));
  const find = (file: ResultFile, name: string): VariantResult =>
    file.variants.find((variant) => variant.name === name)!;
  return {
    notes: notesOf(before, after),
    variants: shared.map((name) => diffVariants(find(before, name), find(after, name))),
    onlyBefore: names(before).filter((name) => !shared.includes(name)),
    onlyAfter: names(after).filter((name) => !shared.includes(name)),
  };
}

function notesOf(before: ResultFile, after: ResultFile): readonly string[] {
  const notes: string[] = [];
  const differs = (what: string, a: string | number, b: string | number, consequence: string): void => {
    if (a !== b) notes.push(`${what}: ${a} before, ${b} after; ${consequence}.`);
  };
  differs(
    "Different scenarios",
    before.scenario.name,
    after.scenario.name,
    "only variants, capabilities and groups of the same name are held against each other",
  );
  differs("Different seeds", before.seed, after.seed, "times differ by luck alone");
  differs("Different versions", before.fleetquake, after.fleetquake, "the model itself may have changed");
  const runs = (file: ResultFile): number =>
    Math.max(0, ...file.variants.map((item) => item.recoveryTimes.length));
  differs("Different numbers of replications", runs(before), runs(after), "their quantiles are less alike");
  return notes;
}

function diffVariants(before: VariantResult, after: VariantResult): VariantDiff {
  return {
    name: before.name,
    sameTrace: before.traceSha256 === after.traceSha256,
    figures: figureDiffs(before, after),
    verdicts: verdictDiffs(before, after),
    expectations: expectationDiffs(before, after),
  };
}

function verdictDiffs(before: VariantResult, after: VariantResult): readonly VerdictDiff[] {
  const find = (result: VariantResult, property: string): Verdict | null =>
    result.verdicts.find((item) => item.property === property) ?? null;
  const properties = [...new Set([...before.verdicts, ...after.verdicts].map(({ property }) => property))];
  return properties.map((property) => {
    const a = find(before, property);
    const b = find(after, property);
    const told = b?.verdict === "violated" || a?.verdict !== "violated" ? (b ?? a) : a;
    return {
      property,
      gate: before.gate.includes(property) || after.gate.includes(property),
      before: a?.verdict ?? null,
      after: b?.verdict ?? null,
      change: changeOf(a, b),
      because: told?.because ?? "",
    };
  });
}

function changeOf(a: Verdict | null, b: Verdict | null): VerdictDiff["change"] {
  if (a === null || b === null) return a === null ? "only after" : "only before";
  if (a.verdict === b.verdict) return "same";
  if (b.verdict === "violated") return "newly violated";
  if (a.verdict === "violated") return b.verdict === "holds" ? "fixed" : "no longer violated";
  return "changed";
}

function expectationDiffs(before: VariantResult, after: VariantResult): VariantDiff["expectations"] {
  const met = (result: VariantResult, text: string): boolean | null =>
    result.expectations.find((item) => item.text === text)?.met ?? null;
  const texts = [...new Set([...before.expectations, ...after.expectations].map(({ text }) => text))];
  return texts
    .sort(compareNatural)
    .map((text) => ({ text, before: met(before, text), after: met(after, text) }))
    .filter((item) => item.before !== item.after);
}
