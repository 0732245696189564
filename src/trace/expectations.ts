/** A scenario file is a test: what it expects of a variant, compared with what the run showed. */

import { assert } from "../base/assert.js";
import { formatHoursMinutes } from "../base/clock-time.js";
import { formatDuration } from "../base/duration.js";
import type { Verdict } from "../models/judging/property.js";
import type { Bound, Expectation } from "../scenario/scenario.js";
import type { Measures } from "./measures.js";

export interface ExpectationResult {
  readonly text: string;
  readonly met: boolean;
  /** What was found instead, or as expected. */
  readonly found: string;
  /** Not met only because nothing tested it, or a limit was reached: there is no verdict. */
  readonly open: boolean;
}

export interface Evidence {
  readonly verdicts: readonly Verdict[];
  readonly measures: Measures;
  readonly gate: readonly string[];
  /** Recovery times in ms of replications 0, 1, ..; Infinity: not within the horizon; null: nothing had to recover. */
  readonly recoveryTimes: readonly (number | null)[];
}

/** A variant without `expect` is expected to pass the gate. */
export const expectGate: Expectation = {
  violates: [],
  holds: ["gate"],
  neverExercised: [],
  recovered: null,
  removed: null,
  noOutage: null,
};

/** From the start of the outage to the last restoration; null without outage, Infinity where it did not end. */
export function recoveryTimeMs({ outage, recovery }: Pick<Measures, "outage" | "recovery">): number | null {
  if (outage.startedAtMs === null) return null;
  return recovery.allRestoredAtMs === null
    ? Number.POSITIVE_INFINITY
    : recovery.allRestoredAtMs - outage.startedAtMs;
}

export function checkExpectation(expect: Expectation, evidence: Evidence): readonly ExpectationResult[] {
  const { measures } = evidence;
  const results: ExpectationResult[] = [];
  const add = (text: string, met: boolean, found: string, open = false): void => {
    results.push({ text, met, found, open: !met && open });
  };
  for (const name of expect.violates) {
    const verdict = verdictOf(evidence, name);
    add(`violates ${name}`, verdict.verdict === "violated", verdict.because, isOpen(verdict));
  }
  for (const name of expect.holds.flatMap((item) => (item === "gate" ? evidence.gate : [item]))) {
    const verdict = verdictOf(evidence, name);
    const idle = verdict.verdict === "never-exercised" && expect.neverExercised.includes(name);
    const met = verdict.verdict === "holds" || verdict.verdict === "not-applicable" || idle;
    add(`holds ${name}`, met, verdict.because, isOpen(verdict));
  }
  if (expect.removed !== null) {
    const found = measures.removed.services;
    const met =
      found.length === expect.removed.length && expect.removed.every((name) => found.includes(name));
    add(`removes ${listOf(expect.removed)}, nothing else`, met, `removed: ${listOf(found)}`);
  }
  if (expect.noOutage !== null) {
    const down = measures.outage.capabilities.filter((item) => item.regionsDown > 0).map((item) => item.name);
    add(
      expect.noOutage ? "no outage" : "an outage",
      (down.length === 0) === expect.noOutage,
      down.length === 0 ? "no capability was down" : `down: ${listOf(down)}`,
    );
  }
  return expect.recovered === null ? results : [...results, ...recovered(expect.recovered, evidence)];
}

function recovered(
  expected: NonNullable<Expectation["recovered"]>,
  { recoveryTimes }: Evidence,
): readonly ExpectationResult[] {
  const results: ExpectationResult[] = [];
  const once = recoveryTimes[0] ?? null;
  const text = (time: number | null): string =>
    time === null
      ? "there was no outage"
      : Number.isFinite(time)
        ? `recovered after ${formatHoursMinutes(time)}`
        : "not recovered within the horizon";
  if (expected.never === true) {
    const met = once === Number.POSITIVE_INFINITY;
    results.push({ text: "never recovered within the horizon", met, found: text(once), open: false });
  }
  if (expected.once !== undefined) {
    const met = once !== null && within(expected.once, once);
    results.push({
      text: `recovered once ${boundText(expected.once)}`,
      met,
      found: text(once),
      open: false,
    });
  }
  for (const quantile of ["p50", "p90"] as const) {
    const bound = expected[quantile];
    if (bound === undefined) continue;
    const value = quantileOf(recoveryTimes, quantile === "p50" ? 0.5 : 0.9);
    const met = value !== null && within(bound, value);
    results.push({
      text: `recovered ${quantile} ${boundText(bound)}`,
      met,
      found: `${text(value)} (${quantile} of ${recoveryTimes.length} runs)`,
      open: false,
    });
  }
  return results;
}

function verdictOf({ verdicts }: Evidence, name: string): Verdict {
  const verdict = verdicts.find((item) => item.property === name);
  assert(verdict !== undefined, `the property ${name} was judged`);
  return verdict;
}

const isOpen = ({ verdict }: Verdict): boolean =>
  verdict === "never-exercised" || verdict === "out-of-budget";

const listOf = (names: readonly string[]): string => (names.length === 0 ? "nothing" : names.join(", "));

const boundText = ({ op, valueMs }: Bound): string => `${op} ${formatDuration(valueMs)}`;

function within({ op, valueMs }: Bound, value: number): boolean {
  if (op === ">=") return value >= valueMs;
  if (op === "<=") return value <= valueMs;
  return op === ">" ? value > valueMs : value < valueMs;
}

/** The smallest value that at least `q` of the runs do not exceed; runs without outage count as 0. Null without runs. */
export function quantileOf(times: readonly (number | null)[], q: number): number | null {
  if (times.length === 0) return null;
  const sorted = times.map((time) => time ?? 0).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
}
