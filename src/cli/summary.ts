/** The table that a run prints, and the exit code that it means. */
import { formatClock, formatHoursMinutes } from "../base/clock-time.js";
import { thousands } from "../base/format-number.js";
import { table } from "../base/text-table.js";
import type { ExpectationResult } from "../trace/expectations.js";
import { recoveryTimeMs } from "../trace/expectations.js";
import type { VariantResult } from "../trace/result.js";
import type { Console } from "./console.js";
import { exitCode, worst } from "./exit-code.js";

const header = [
  "variant",
  "removed",
  "hurt",
  "down",
  "restored",
  "published",
  "unserved logins",
  "gate",
  "expected",
];

export function summaryTable(
  console: Console,
  results: readonly VariantResult[],
  startUtcMs: number,
): string {
  const rows = results.map((result) => [
    result.name,
    String(result.removed.instances),
    String(result.hurt.instances),
    duration(result),
    clock(result.recovery.allRestoredAtMs, startUtcMs),
    clock(result.recovery.publishedAtMs, startUtcMs),
    thousands(result.outage.unservedLogins),
    gateCell(console, result),
    expectedCell(console, result.expectations),
  ]);
  return table([header.map((name) => console.paint("bold", name)), ...rows], [1, 2, 6]);
}

const clock = (atMs: number | null, startUtcMs: number): string =>
  atMs === null ? "-" : formatClock(atMs, startUtcMs);

function duration(result: VariantResult): string {
  const time = recoveryTimeMs(result);
  if (time === null) return "-";
  return Number.isFinite(time) ? formatHoursMinutes(time) : "to the end";
}

function gateCell(console: Console, { gate, verdicts }: VariantResult): string {
  const judged = verdicts.filter((verdict) => gate.includes(verdict.property));
  const violated = judged.filter((verdict) => verdict.verdict === "violated").length;
  if (violated > 0) return console.paint("red", `${violated} of ${judged.length} violated`);
  const idle = judged.filter((verdict) => verdict.verdict === "never-exercised").length;
  if (idle > 0) return console.paint("yellow", `${idle} of ${judged.length} never exercised`);
  return console.paint("green", "holds");
}

function expectedCell(console: Console, expectations: readonly ExpectationResult[]): string {
  const wrong = expectations.filter((item) => !item.met).length;
  return wrong === 0
    ? console.paint("green", "as expected")
    : console.paint("red", `${wrong} of ${expectations.length} not met`);
}

export function codeOf(results: readonly VariantResult[]): number {
  return worst(
    results.flatMap((result) => [
      result.end === "interrupted" || result.end === "event-limit" ? exitCode.noVerdict : exitCode.ok,
      ...result.expectations.map((item) =>
        item.met ? exitCode.ok : item.open ? exitCode.noVerdict : exitCode.violated,
      ),
    ]),
  );
}

/** Expectations that were not met, one line each. */
export function unmet(results: readonly VariantResult[]): readonly string[] {
  return results.flatMap((result) =>
    result.expectations
      .filter((item) => !item.met)
      .map((item) => `${result.name}: expected "${item.text}", but ${item.found}`),
  );
}
