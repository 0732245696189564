/** Quarantine: what was only stopped comes back when the removal is taken back in time. */
import { numberIn } from "./bound.js";
import type { Effect, JudgedRun } from "./judged-run.js";
import { operatorsBut } from "./promises.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict, violationsOf } from "./verdicts.js";

/** The time at which somebody wants a stopped service again: its document comes back, or people put things right. */
function undoneAtMs(run: JudgedRun, stop: Effect): number | null {
  const document = `applications/${stop.service}.yaml`;
  const back = run.changes.find(
    (change) => change.event > stop.event && change.documents.includes(document),
  )?.atMs;
  const repaired =
    run.repairedAtMs !== null && run.repairedAtMs > stop.atMs && !run.ticketed.has(stop.service)
      ? run.repairedAtMs
      : undefined;
  if (back === undefined) return repaired ?? null;
  return repaired === undefined ? back : Math.min(back, repaired);
}

const none: ReadonlySet<number> = new Set();

/** Instances that were deleted between a stop and the time at which somebody wanted them back. */
function deletedAfter(run: JudgedRun, stop: Effect): ReadonlySet<number> {
  const undone = undoneAtMs(run, stop) ?? Number.POSITIVE_INFINITY;
  const deletions = run.effects.filter(
    (effect) =>
      effect.action === "delete" &&
      effect.service === stop.service &&
      effect.event > stop.event &&
      effect.atMs < undone,
  );
  return new Set(deletions.flatMap((effect) => effect.instances));
}

/**
 * How long a quarantine lasts is the manager's policy, which a run does not tell: without the bound `within`, what is
 * taken back before anything was deleted is in time.
 */
export const quarantineReversible: PropertyRule = {
  name: "quarantine-reversible",
  about: "a service that was stopped before its deletion runs again when the removal is taken back in time",
  modality: "always",
  brokenBy: "one-way",
  keptBy: "fail-static",
  // P05 and P13 keep the taking back from whoever should do it; P17 shortens the quarantine itself.
  assumes: operatorsBut("P05", "P12", "P13", "P16", "P17"),
  bound: { within: "duration" },
  judge: (run, _companions, bound) => {
    const name = "quarantine-reversible";
    const withinMs = numberIn(bound, "within", Number.POSITIVE_INFINITY);
    const stops = run.effects.filter((effect) => effect.action === "stop");
    if (stops.length === 0)
      return verdict(name, "not-applicable", "nothing was stopped before it would be deleted", 0);
    const inTime = stops.filter((stop) => {
      const undone = undoneAtMs(run, stop);
      if (undone === null || undone - stop.atMs > withinMs) return false;
      const deleted = run.effects.some(
        (effect) => effect.action === "delete" && effect.service === stop.service && effect.atMs < undone,
      );
      return !deleted || withinMs !== Number.POSITIVE_INFINITY;
    });
    const hits = inTime.flatMap((stop) => {
      // Where the scenario says how long, what is deleted before that has lost what it kept, started again or not.
      const lost = withinMs === Number.POSITIVE_INFINITY ? none : deletedAfter(run, stop);
      const instances = stop.instances.filter((instance) => run.alive[instance] === 0 || lost.has(instance));
      return instances.length === 0 ? [] : [{ ...stop, instances }];
    });
    const violations = violationsOf(
      "quarantine",
      hits,
      (effect, places) =>
        `the removal of ${effect.service} was taken back in time, and it stays stopped or was deleted in ${plural(places, "place")}`,
    );
    return judged(name, violations, inTime.length, {
      violated: violations[0]?.text ?? "",
      holds: "what was stopped and taken back in time runs again",
      idle: "services were stopped, and nobody took it back in time",
    });
  },
};
