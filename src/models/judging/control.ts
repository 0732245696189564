/** Control: the managers stay there and answer, and what holds them back is not taken off by what it should hold. */
import { companionOf } from "./compare.js";
import type { Effect, JudgedRun, ManagerChange, Read } from "./judged-run.js";
import { operatorsBut, unlessPeopleSaySo } from "./promises.js";
import type { Violation } from "./property.js";
import type { PropertyRule } from "./rule.js";
import { judged, verdict, violationsOf } from "./verdicts.js";

const lost = (change: ManagerChange, rule: string, action: string, text: string): Violation => ({
  atMs: change.atMs,
  rule,
  action,
  service: change.manager,
  cause: change.root?.cause ?? "error",
  places: 1,
  text,
  event: change.event,
});

function lossOf(run: JudgedRun, change: ManagerChange): Violation | null {
  const { manager, state, root, ended } = change;
  if (ended !== null && (state === "down" || state === "wedged")) {
    return state === "down"
      ? lost(change, "exit", "exit", `${manager} ended itself: ${ended}`)
      : lost(change, "wedged", "wedge", `${manager} no longer reacts to anything: ${ended}`);
  }
  if (state !== "down" || root === null || run.ticketed.has(root.service)) return null;
  return lost(change, "removed", root.action, `${manager} went down because ${root.service} was taken away`);
}

/** What a fault takes down is explained by the fault; what a manager does to itself is explained by nothing. */
export const managerControllable: PropertyRule = {
  name: "manager-controllable",
  about: "no manager goes down or stops reacting unless a ticket or a fault explains it",
  modality: "always",
  brokenBy: "exiting",
  keptBy: "modern",
  assumes: unlessPeopleSaySo,
  judge: (run) => {
    const name = "manager-controllable";
    if (run.managers.length === 0) return verdict(name, "not-applicable", "there is no manager", 0);
    const found = run.managerChanges.map((change) => lossOf(run, change)).filter((item) => item !== null);
    const firsts = new Map(found.toReversed().map((item) => [`${item.service} ${item.rule}`, item]));
    const violations = found.filter((item) => firsts.get(`${item.service} ${item.rule}`) === item);
    return judged(name, violations, run.reads.length + run.proposedRemovals, {
      violated: violations[0]?.text ?? "",
      holds: "the managers had something to read, and all of them stayed there",
      idle: "no manager had anything to read",
    });
  },
};

/** Reads after which fewer guards are in force than before, with those that are gone. */
function guardsLost(reads: readonly Read[]): readonly { read: Read; gone: readonly string[] }[] {
  const before = new Map<string, readonly string[]>();
  const losses: { read: Read; gone: readonly string[] }[] = [];
  for (const read of reads) {
    if (read.guards === null) continue;
    const process = `${read.manager} ${read.cell}`;
    const gone = (before.get(process) ?? []).filter((guard) => !read.guards!.includes(guard));
    if (gone.length > 0) losses.push({ read, gone });
    before.set(process, read.guards);
  }
  return losses;
}

/** Only a version that also destroys something is what the lost guard should have held: lists of guards may change. */
export const guardSurvives: PropertyRule = {
  name: "guard-survives",
  about: "no version of a configuration takes guards off and destroys something with it",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  assumes: unlessPeopleSaySo,
  judge: (run) => {
    const name = "guard-survives";
    const stored = run.managers.some((manager) => manager.guards.stored === "in-configuration");
    if (!stored)
      return verdict(name, "not-applicable", "all guards are kept outside of the configuration", 0);
    const losses = guardsLost(run.reads);
    const hits: Effect[] = [];
    const goneOf = new Map<Effect, readonly string[]>();
    for (const effect of run.effects) {
      const loss = losses.find(
        ({ read }) =>
          read.manager === effect.by && read.cell === effect.cell && read.version === effect.version,
      );
      if (loss === undefined) continue;
      hits.push(effect);
      goneOf.set(effect, loss.gone);
    }
    const violations = violationsOf(
      "guard-lost",
      hits,
      (effect) =>
        `${effect.by} took away ${effect.service} on version ${effect.version}, which had taken off its guard ${goneOf.get(effect)!.join(", ")}`,
    );
    const exercised = run.reads.filter((read) => read.guards !== null).length;
    return judged(name, violations, exercised, {
      violated: violations[0]?.text ?? "",
      holds: "the guards in force outlived every version that was read",
      idle: "no manager with guards in its configuration read a new version",
    });
  },
};

export const noStaleIntent: PropertyRule = {
  name: "no-stale-intent",
  about: "a manager that is installed again does not finish removals that nobody wants any more",
  modality: "always",
  brokenBy: "unfinished",
  keptBy: "modern",
  // P01, P04, P09, P10: an old intent that somebody delivers again is not one that the manager kept.
  assumes: operatorsBut("P01", "P04", "P09", "P10", "P12", "P16"),
  companions: ["reinstalled"],
  judge: (run, companions) => {
    const name = "no-stale-intent";
    if (run.changes.length === 0)
      return verdict(name, "not-applicable", "no change gives a manager an intent to keep", 0);
    const found = companionOf(name, companions, "reinstalled", "the run leaves no time to install again");
    if ("missing" in found) return found.missing;
    const { other } = found;
    const boots = other.managerChanges.filter((change) => change.state === "boot");
    const backOf = (by: string, cell: string): number =>
      boots.find((boot) => boot.manager === by && boot.cell === cell)?.event ?? Number.POSITIVE_INFINITY;
    // A rollout that brings the old documents back brings an intent of its own.
    const until = other.changes.find((change) => change.rollback)?.event ?? Number.POSITIVE_INFINITY;
    const hits = other.effects.filter(
      (effect) =>
        effect.event > backOf(effect.by, effect.cell) &&
        effect.event < until &&
        !other.ticketed.has(effect.service),
    );
    const violations = violationsOf(
      "stale-intent",
      hits,
      (effect) => `${effect.by} was installed again, and then took away ${effect.service}, which is wanted`,
    ).map((violation) => ({ ...violation, event: -1 }));
    return judged(name, violations, boots.length, {
      violated: violations[0]?.text ?? "",
      holds: "the managers were installed again, and finished nothing of before",
      idle: "no manager came back",
    });
  },
};
