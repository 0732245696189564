/** Verdicts as colours and words. */
import type { VerdictKind } from "../models/judging/property.js";
import type { VariantResult } from "../trace/result.js";

export type Tone = "good" | "warn" | "bad";

export const defaultOutcome: Readonly<Record<VerdictKind, Tone | "">> = {
  holds: "good",
  violated: "bad",
  "never-exercised": "warn",
  "not-applicable": "",
  hazard: "warn",
  "out-of-budget": "warn",
};

/** The properties of the gate together: how many are violated, or that none is. */
export function gateOf(result: VariantResult): { tone: Tone; word: string; detail: string } {
  const verdicts = result.verdicts.filter((item) => result.gate.includes(item.property));
  const violated = verdicts.filter((item) => item.verdict === "violated").map((item) => item.property);
  if (violated.length > 0) {
    return { tone: "bad", word: `${violated.length} violated`, detail: violated.join(", ") };
  }
  const open = verdicts.filter(
    (item) => item.verdict === "never-exercised" || item.verdict === "out-of-budget",
  );
  if (open.length > 0) {
    return { tone: "warn", word: "no verdict", detail: open.map((item) => item.property).join(", ") };
  }
  return { tone: "good", word: "safe", detail: "every property of the gate holds" };
}
