/** The headline figures of a run in the words of the report, and what became of them in one sentence. */
import { formatClock, formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import { recoveryTimeMs } from "../../trace/expectations.js";
import type { Outcome } from "./protocol.js";

export interface Figure {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** As result.json has it. */
  readonly value: string;
}

export function figuresOf(result: Outcome, startUtcMs: number): readonly Figure[] {
  const { removed, hurt, outage, recovery } = result;
  const figure = (name: string, label: string, text: string, value: unknown): Figure => {
    return { name, label, text, value: String(value) };
  };
  const { word, detail } = gateOf(result);
  return [
    figure("removed", "instances removed", thousands(removed.instances), removed.instances),
    figure("hurt", "merely hurt", thousands(hurt.instances), hurt.instances),
    figure("outage", "outage", outageLength(result), recoveryTimeMs(result)),
    figure(
      "restored",
      "all restored at",
      recovery.allRestoredAtMs === null ? "–" : formatClock(recovery.allRestoredAtMs, startUtcMs),
      recovery.allRestoredAtMs,
    ),
    figure("unserved", "logins not served", thousands(outage.unservedLogins), outage.unservedLogins),
    figure("gate", "gate", detail === "" ? word : `${word}: ${detail}`, word),
  ];
}

export function outageLength(result: Outcome): string {
  const lengthMs = recoveryTimeMs(result);
  if (lengthMs === null) return "none";
  return Number.isFinite(lengthMs) ? formatHoursMinutes(lengthMs) : "not over at the end of the run";
}

/** The properties of the gate together. */
export function gateOf({ gate, verdicts }: Outcome): {
  readonly word: string;
  readonly detail: string;
} {
  const names = (...kinds: readonly string[]): readonly string[] =>
    verdicts
      .filter((item) => gate.includes(item.property) && kinds.includes(item.verdict))
      .map((item) => item.property);
  const violated = names("violated");
  if (violated.length > 0) return { word: `${violated.length} violated`, detail: violated.join(", ") };
  const open = names("never-exercised", "out-of-budget");
  if (open.length > 0) return { word: "no verdict", detail: open.join(", ") };
  return { word: "safe", detail: "every property of the gate holds" };
}

/** What a listener hears: length of the outage, what went, what that means. */
export function summaryOf(base: Outcome, whatIf: Outcome | null): string {
  const length = outageLength(base);
  const lasts = length === "none" ? "no outage" : `an outage of ${length}`;
  if (whatIf === null) {
    return `Nothing is changed: ${lasts}, ${thousands(base.removed.instances)} instances removed.`;
  }
  const now = outageLength(whatIf);
  const became =
    now === length
      ? `still ${lasts}`
      : now === "none"
        ? `no outage instead of ${length}`
        : `an outage of ${now} instead of ${length}`;
  const removed =
    whatIf.removed.instances === base.removed.instances
      ? `${thousands(base.removed.instances)} instances removed, as before`
      : `${thousands(whatIf.removed.instances)} instances removed instead of ${thousands(base.removed.instances)}`;
  return `What if: ${became}; ${removed}; gate: ${gateOf(whatIf).word}.`;
}
