/** Permission: who agreed to what was destroyed, on which version, and that health alone is no permission. */
import type { Name } from "../fleet/spec.js";
import { numberIn } from "./bound.js";
import type { JudgedRun } from "./judged-run.js";
import { operatorsBut, unlessPeopleSaySo } from "./promises.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict, violationsOf } from "./verdicts.js";

/** Principals other than the author who agreed that a service goes: beforehand in the ticket, or when asked. */
function approversOf(run: JudgedRun, service: Name): ReadonlySet<string> {
  const approvers = new Set([...(run.granted.get(service) ?? []), ...(run.granted.get("(plan)") ?? [])]);
  for (const ticket of run.tickets) {
    if (!ticket.removes.includes(service)) continue;
    for (const { by, covers } of ticket.approvals) if (covers.includes(service)) approvers.add(by);
    approvers.delete(ticket.author);
  }
  return approvers;
}

/**
 * What goes without a ticket is for `no-collateral-removal`. That what is executed is what was approved, to the byte, is for
 * the guard `planHash`: a run has no hashes.
 */
export const approvalIntact: PropertyRule = {
  name: "approval-intact",
  about: "what a ticket removes goes only once somebody other than its author agreed",
  modality: "always",
  brokenBy: "fail-static",
  keptBy: "modern",
  // P12: the other environment has approvals of its own. P16: the approval itself is what is bypassed.
  assumes: unlessPeopleSaySo,
  bound: { approvers: "count" },
  onPlan: true,
  judge: (run, _companions, bound) => {
    const needed = numberIn(bound, "approvers", 1);
    const known = new Map<Name, number>();
    const approvers = (service: Name): number => {
      let count = known.get(service);
      if (count === undefined) known.set(service, (count = approversOf(run, service).size));
      return count;
    };
    const asked = new Set(run.tickets.flatMap((ticket) => ticket.removes));
    const hits = run.effects.filter(({ service }) => asked.has(service) && approvers(service) < needed);
    const violations = violationsOf(
      "approval",
      hits,
      (effect, places) =>
        `${effect.by} took away ${effect.service} in ${plural(places, "place")} with ${plural(approvers(effect.service), "approval")} of others, not ${needed}`,
    );
    return judged("approval-intact", violations, run.proposedRemovals, {
      violated: violations[0]?.text ?? "",
      holds: "everything that a ticket removed had been agreed to by somebody else",
      idle: "no removal was ever proposed",
    });
  },
};

export const noHealthRemoval: PropertyRule = {
  name: "no-health-removal",
  about: "nothing is removed because it does not answer",
  modality: "always",
  brokenBy: "evicting",
  keptBy: "modern",
  // Whatever the mistake, a manager that does not decide by health keeps it.
  onPlan: true,
  judge: (run) => {
    const hits = run.effects.filter((effect) => effect.cause === "health");
    const violations = violationsOf(
      "health",
      hits,
      (effect, places) =>
        `${effect.by} took away ${effect.service} in ${plural(places, "place")} because it did not answer`,
    );
    return judged("no-health-removal", violations, run.ailing, {
      violated: violations[0]?.text ?? "",
      holds: `${plural(run.ailing, "instance")} stopped answering, and none was removed for it`,
      idle: "every instance that was not removed answered all the time",
    });
  },
};

export const fresh: PropertyRule = {
  name: "fresh",
  about: "a manager never acts on an older version than it has read, unless somebody rolled back",
  modality: "always",
  brokenBy: "fail-static",
  keptBy: "modern",
  // P17: where versions are told apart by clocks, a wrong clock is a wrong version.
  assumes: operatorsBut("P12", "P16", "P17"),
  judge: (run) => {
    const seen = new Map<string, number>();
    let older = 0;
    for (const read of run.reads) {
      const process = `${read.manager} ${read.cell}`;
      if (read.whole !== "unreadable" && read.version < (seen.get(process) ?? 1)) older++;
      seen.set(process, Math.max(read.version, seen.get(process) ?? 1));
    }
    const groups = new Map<string, JudgedRun["staleActs"][number]>();
    for (const act of run.staleActs) {
      const key = `${act.by} ${act.action} ${act.service}`;
      if (!groups.has(key)) groups.set(key, act);
    }
    const violations = [...groups.values()].map((act) => ({
      atMs: act.atMs,
      rule: "stale",
      action: act.action,
      service: act.service,
      cause: act.cause,
      places: 0,
      text: `${act.by} did ${act.action} ${act.service} on version ${act.version}, having read version ${act.newest}`,
      event: act.event,
    }));
    if (violations.length === 0 && run.reads.length === 0) {
      return verdict("fresh", "not-applicable", "there was only one version to read", 0);
    }
    return judged("fresh", violations, older, {
      violated: violations[0]?.text ?? "",
      holds: "older versions came, and nobody acted on them",
      idle: "no manager was given an older version",
    });
  },
};
