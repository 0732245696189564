/** Progress: what was asked for happens. A manager that does nothing keeps every safety rule and breaks this one. */
import type { FleetSpec, Name } from "../fleet/spec.js";
import { type StartResult, startable } from "../fleet/startable.js";
import type { ManagerSpec } from "../managers/spec.js";
import type { JudgedRun } from "./judged-run.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict } from "./verdicts.js";

/** Instances that run at the end and never went: what somebody created again had been removed as asked. */
function leftOf(run: JudgedRun, name: Name): number {
  if ((run.aliveAtEnd.get(name) ?? 0) === 0) return 0;
  const s = run.fleet.serviceIndex.get(name)!;
  const went = new Set(
    run.effects.filter((effect) => effect.service === name).flatMap((effect) => effect.instances),
  );
  let left = 0;
  for (let i = run.fleet.firstInstance[s]!; i < run.fleet.firstInstance[s + 1]!; i++) {
    if (run.alive[i] === 1 && !went.has(i)) left++;
  }
  return left;
}

export const approvedRemovalProgresses: PropertyRule = {
  name: "approved-removal-progresses",
  about: "a removal that a ticket names, and somebody approved, is eventually carried out",
  modality: "eventually",
  brokenBy: "inert",
  keptBy: "modern",
  // Liveness is promised where what stands in the way goes away by itself. A damaged configuration stays damaged until
  // people put it right, and standing still meanwhile is what safety asks for; so are rollbacks and half a rollout.
  // Two leaders that disagree (P15) may undo each other's work for as long as there are two.
  assumes: ["P04", "P07", "P13", "P14"],
  judge: (run) => {
    const approved = run.tickets.flatMap((ticket) =>
      ticket.removes.filter((name) =>
        ticket.approvals.some((approval) => approval.by !== ticket.author && approval.covers.includes(name)),
      ),
    );
    if (approved.length === 0) {
      return verdict("approved-removal-progresses", "not-applicable", "no approved removal was asked for", 0);
    }
    const left = approved.filter((name) => leftOf(run, name) > 0);
    const violations = left.map((service) => ({
      atMs: run.endMs,
      rule: "progress",
      action: "delete",
      service,
      cause: "explicit",
      places: leftOf(run, service),
      text: `${service} is still running in ${plural(leftOf(run, service), "place")} at the end`,
      event: -1,
    }));
    return judged("approved-removal-progresses", violations, approved.length, {
      violated: violations[0]?.text ?? "",
      holds: `${approved.join(", ")} ${approved.length === 1 ? "was" : "were"} removed as asked`,
      idle: "",
    });
  },
};

const starts = new WeakMap<
  FleetSpec,
  { readonly of: readonly ManagerSpec[]; readonly result: StartResult }
>();

/** Thousands of runs are judged on one fleet: it is looked at once. */
function startOf(fleet: FleetSpec, managers: readonly ManagerSpec[]): StartResult {
  let known = starts.get(fleet);
  if (known?.of !== managers)
    starts.set(fleet, (known = { of: managers, result: startable(fleet, managers) }));
  return known.result;
}

export const blackStart: PropertyRule = {
  name: "black-start",
  about: "the whole fleet can be started from nothing with what people can start by hand",
  modality: "eventually",
  brokenBy: "modern",
  keptBy: "legacy",
  // It is read off the fleet, so no mistake in a configuration or a process makes a difference.
  judge: (run) => {
    const { missing, startable: found } = startOf(run.fleet.spec, run.managers);
    const violations = missing.map(({ service, waitsFor }) => ({
      atMs: 0,
      rule: "black-start",
      action: "start",
      service,
      cause: "drift",
      places: 0,
      text: `${service} cannot be started: it waits for ${waitsFor.join(", ")}`,
      event: -1,
    }));
    return judged("black-start", violations, found.length + missing.length, {
      violated: `${plural(missing.length, "service")} cannot be started from nothing: ${missing
        .map((item) => item.service)
        .slice(0, 5)
        .join(", ")}`,
      holds: `all ${found.length} services can be started from nothing`,
      idle: "there are no services",
    });
  },
};

/** Without it safety might be the safety of a fleet in which nobody ever removes anything. */
export const removalWitnessed: PropertyRule = {
  name: "removal-witnessed",
  about: "somewhere something is removed that a ticket asks to remove, so that safety is put to the test",
  modality: "sometimes",
  brokenBy: "inert",
  keptBy: "modern",
  judge: (run) => {
    const name = "removal-witnessed";
    if (run.tickets.length === 0) return verdict(name, "not-applicable", "no removal was asked for", 0);
    const seen = run.effects.filter((effect) => run.ticketed.has(effect.service));
    if (seen.length > 0) {
      return verdict(name, "holds", `${seen[0]!.service} was removed, as a ticket asks`, seen.length);
    }
    return verdict(name, "never-exercised", "removals were asked for, and none happened", 0);
  },
};
