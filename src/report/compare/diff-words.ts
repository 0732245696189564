/** Two sides of a figure in words: what it was, what it is, and by how much it moved. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { VariantDiff, VerdictDiff } from "../../trace/result-diff.js";
import type { FigureDiff, Value } from "../../trace/result-diff-figures.js";
import type { Tone } from "../outcome.js";

export function valueText(value: Value | undefined, unit: FigureDiff["unit"]): string {
  if (value === undefined) return "not there";
  if (value === null) return "–";
  if (value === "never") return "not within the run";
  return unit === "ms" ? formatHoursMinutes(value) : thousands(value);
}

/** Nothing is less than something, and never is more than anything. Null: one side does not know the figure. */
function sizeOf(value: Value | undefined): number | null {
  if (value === undefined) return null;
  return value === null ? 0 : value === "never" ? Number.POSITIVE_INFINITY : value;
}

export interface Change {
  /** Less is better for all figures. */
  readonly tone: Tone | "";
  readonly text: string;
}

export function changeOf({ before, after, unit }: FigureDiff): Change {
  const [a, b] = [sizeOf(before), sizeOf(after)];
  if (a === null || b === null) return { tone: "", text: "one side only" };
  if (a === b) return { tone: "", text: "same" };
  const tone = b < a ? "good" : "bad";
  if (!Number.isFinite(a) || !Number.isFinite(b))
    return { tone, text: b < a ? "ends now" : "no longer ends" };
  const size = valueText(Math.abs(b - a), unit);
  return { tone, text: `${b < a ? "−" : "+"}${size}` };
}

export const differs = ({ before, after }: FigureDiff): boolean => before !== after;

/** "730 → 81", or the one value that both have. */
export function bothText({ before, after, unit }: FigureDiff): string {
  const [a, b] = [valueText(before, unit), valueText(after, unit)];
  return a === b ? a : `${a} → ${b}`;
}

export const figureCalled = ({ figures }: VariantDiff, figure: string): FigureDiff =>
  figures.find((item) => item.of === "whole" && item.figure === figure)!;

export const changeTone: Readonly<Record<VerdictDiff["change"], Tone | "">> = {
  fixed: "good",
  "newly violated": "bad",
  "no longer violated": "warn",
  changed: "warn",
  same: "",
  "only before": "warn",
  "only after": "warn",
};

/** The worst first; what stayed as it was comes last. */
export const changeOrder: readonly VerdictDiff["change"][] = [
  "newly violated",
  "fixed",
  "no longer violated",
  "changed",
  "only after",
  "only before",
  "same",
];

/** "1 newly violated, 3 fixed", of the gate and of the rest together. */
export function verdictsInShort({ verdicts }: VariantDiff): {
  readonly tone: Tone | "";
  readonly text: string;
} {
  const count = (change: VerdictDiff["change"]): number =>
    verdicts.filter((item) => item.change === change).length;
  const parts = changeOrder
    .filter((change) => change !== "same" && count(change) > 0)
    .map((change) => `${count(change)} ${change}`);
  const tone =
    count("newly violated") > 0 ? "bad" : count("fixed") > 0 ? "good" : parts.length > 0 ? "warn" : "";
  if (parts.length > 0) return { tone, text: parts.join(", ") };
  const violated = verdicts.filter((item) => item.after === "violated").length;
  return { tone: "", text: violated === 0 ? "same" : `same, ${violated} violated` };
}
