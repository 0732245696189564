/** Convergence: the same input leads to the same fleet, once, in any order, and then managers are quiet. */

import { numberIn } from "./bound.js";
import { companionOf, endViolations, takenMoreOftenIn, wasPutRight } from "./compare.js";
import type { JudgedRun } from "./judged-run.js";
import { operatorsBut, unlessPeopleSaySo } from "./promises.js";
import type { PropertyRule } from "./rule.js";
import { judged, verdict, violationsOf } from "./verdicts.js";

export const idempotent: PropertyRule = {
  name: "idempotent",
  about: "a manager whose world is as it wants it proposes nothing, also when it is told the same again",
  modality: "always",
  brokenBy: "restless",
  keptBy: "modern",
  // P14: who sees late what it has done does it twice.
  assumes: operatorsBut("P14"),
  companions: ["repeated"],
  judge: (run, companions) => {
    const restless = run.restlessPlans.map((plan) => ({
      atMs: plan.atMs,
      rule: "idempotent",
      action: "plan",
      service: "",
      cause: "drift",
      places: 0,
      text: plan.text,
      event: plan.event,
    }));
    // Documents that had to be put right would do their damage again: that is no repetition of what is there.
    const repeated = wasPutRight(run) || run.cutShort ? null : companions.repeated;
    const again =
      repeated === null || repeated === undefined
        ? []
        : violationsOf(
            "repeated",
            takenMoreOftenIn(repeated, run),
            (effect) =>
              `${effect.by} took away ${effect.service} when the same documents were delivered again`,
          );
    return judged("idempotent", [...restless, ...again], run.plans, {
      violated: restless[0]?.text ?? again[0]?.text ?? "",
      holds: "no manager repeated what it had already done",
      idle: "no manager proposed anything",
    });
  },
};

/** What managers decided by themselves: once people have repaired the configuration, the managers follow them. */
const beforeRepair = (run: JudgedRun): JudgedRun =>
  run.repairedAtMs === null
    ? run
    : { ...run, effects: run.effects.filter((effect) => effect.plannedAtMs < run.repairedAtMs!) };

export const confluent: PropertyRule = {
  name: "confluent",
  about: "changes of different documents lead to the same fleet in any order",
  modality: "always",
  brokenBy: "last-wins",
  keptBy: "modern",
  // Rollbacks and stale versions (P01, P02, P03, P09, P10) are order itself: what came last is meant to count.
  assumes: operatorsBut("P01", "P02", "P03", "P09", "P10", "P12", "P16"),
  companions: ["other-order"],
  judge: (run, companions) => {
    const name = "confluent";
    if (run.changes.length < 2)
      return verdict(name, "not-applicable", "there are no two changes to exchange", 0);
    const found = companionOf(
      name,
      companions,
      "other-order",
      "no two changes touch different documents only",
    );
    if ("missing" in found) return found.missing;
    if (wasPutRight(run) || wasPutRight(found.other)) {
      return verdict(
        name,
        "not-applicable",
        "the configuration was put right: where it ends is not up to the order",
        0,
      );
    }
    const violations = endViolations(name, run, found.other, "when the changes come in the other order");
    return judged(name, violations, run.changes.length, {
      violated: violations[0]?.text ?? "",
      holds: "the changes lead to the same fleet in the other order",
      idle: "",
    });
  },
};

export const restartEquivalent: PropertyRule = {
  name: "restart-equivalent",
  about: "a restart of the managers, when all is quiet, changes nothing",
  modality: "always",
  brokenBy: "forgetful",
  keptBy: "modern",
  // P14: an observation that stands still is not quiet, whoever looks at it.
  assumes: operatorsBut("P12", "P14", "P16"),
  companions: ["restarted"],
  judge: (run, companions) => {
    const name = "restart-equivalent";
    if (run.managers.length === 0)
      return verdict(name, "not-applicable", "there is no manager to restart", 0);
    const found = companionOf(name, companions, "restarted", "the run leaves no time for a restart");
    if ("missing" in found) return found.missing;
    const { other } = found;
    const more = takenMoreOftenIn(beforeRepair(other), run);
    const violations = [
      ...violationsOf(
        "restart",
        more,
        (effect) => `${effect.by} took away ${effect.service} after its restart, and did not without one`,
      ),
      // People who notice the restart and put the configuration right change the outcome as well.
      ...(more.length > 0 || wasPutRight(run) || wasPutRight(other)
        ? []
        : endViolations("restart", run, other, "when the managers are restarted")),
    ];
    const restarts = other.managerChanges.filter((change) => change.state === "boot").length;
    return judged(name, violations, restarts, {
      violated: violations[0]?.text ?? "",
      holds: "the managers were restarted, and nothing changed",
      idle: "no manager was restarted",
    });
  },
};

/** A manager may go through every wave and every layer of a fleet; ten rounds more is not settling. */
const roundsDefault = 10;

export const eventuallyStable: PropertyRule = {
  name: "eventually-stable",
  about: "managers stop acting within some rounds after the last thing that happened from outside",
  modality: "eventually",
  brokenBy: "restless",
  keptBy: "modern",
  assumes: unlessPeopleSaySo,
  bound: { rounds: "count" },
  judge: (run, _companions, bound) => {
    const rounds = numberIn(bound, "rounds", roundsDefault + run.fleet.groupNames.length);
    const violations = run.lateRounds
      .filter((late) => late.rounds > rounds)
      .map((late) => ({
        atMs: late.atMs,
        rule: "unstable",
        action: late.action,
        service: late.service,
        cause: "drift",
        places: 0,
        text: `${late.manager} still acts after ${late.rounds} rounds in which nothing came from outside`,
        event: late.event,
      }));
    return judged("eventually-stable", violations, run.plans, {
      violated: violations[0]?.text ?? "",
      holds: "the managers acted, and came to rest",
      idle: "no manager proposed anything",
    });
  },
};
