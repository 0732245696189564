/** Extent: how much goes at once, in which waves, and whether it is inside of what a change and a manager may touch. */
import type { Name } from "../fleet/spec.js";
import { numberIn } from "./bound.js";
import type { Effect, Happened, JudgedRun } from "./judged-run.js";
import { operatorsBut, unlessPeopleSaySo } from "./promises.js";
import type { Violation } from "./property.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict, violationsOf } from "./verdicts.js";

const shareDefault = 0.05;
const windowDefaultMs = 3_600_000;

/** The heaviest window that ends with an effect: the share of the fleet that went in it. */
function heaviest(effects: readonly Effect[], perMs: number): { last: Effect; instances: number } | null {
  let first = 0;
  let instances = 0;
  let worst: { last: Effect; instances: number } | null = null;
  for (const effect of effects) {
    instances += effect.instances.length;
    while (effects[first]!.atMs <= effect.atMs - perMs) instances -= effects[first++]!.instances.length;
    if (worst === null || instances > worst.instances) worst = { last: effect, instances };
  }
  return worst;
}

/** The change that an effect follows: the last one before it was decided. */
const changeOf = (run: JudgedRun, effect: Effect): Happened | undefined =>
  run.changes.findLast((change) => change.atMs <= effect.plannedAtMs);

/** Effects in waves that were not open yet, where a scenario declares waves for a manager; global things come last. */
function beforeTheirWave(run: JudgedRun, effects: readonly Effect[]): readonly Effect[] {
  const { fleet } = run;
  return effects.flatMap((effect) => {
    const rollout = run.managers.find((manager) => manager.name === effect.by)?.rollout;
    const change = changeOf(run, effect);
    if (rollout === null || rollout === undefined || change === undefined) return [];
    const { waves, bakeMs } = rollout;
    const opensAtMs = (instance: number): number => {
      const group = fleet.groupOfInstance[instance]!;
      const wave =
        group < 0 ? waves.length - 1 : waves.findIndex((of) => of.includes(fleet.groupNames[group]!));
      return change.atMs + (wave < 0 ? waves.length : wave) * bakeMs;
    };
    const instances = effect.instances.filter((instance) => effect.atMs < opensAtMs(instance));
    return instances.length === 0 ? [] : [{ ...effect, instances }];
  });
}

/**
 * Only what no ticket names has a radius: how much a ticket may name is its author's and its approvers' matter. Weight
 * is the number of instances, since the users behind one are not known to managers.
 */
export const blastRadius: PropertyRule = {
  name: "blast-radius",
  about: "no more than a share of the fleet goes unasked within a window, and never a wave before its time",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  assumes: unlessPeopleSaySo,
  bound: { max: "share", per: "duration" },
  judge: (run, _companions, bound) => {
    const name = "blast-radius";
    const max = numberIn(bound, "max", shareDefault);
    const perMs = numberIn(bound, "per", windowDefaultMs);
    const unasked = run.effects
      .filter((effect) => !run.ticketed.has(effect.service))
      .sort((a, b) => a.atMs - b.atMs || a.event - b.event);
    const worst = heaviest(unasked, perMs);
    const share = (worst?.instances ?? 0) / Math.max(1, run.fleet.instanceCount);
    const violations: Violation[] = [];
    if (worst !== null && share > max) {
      const { last, instances } = worst;
      violations.push({
        atMs: last.atMs,
        rule: "window",
        action: last.action,
        service: last.service,
        cause: last.cause,
        places: instances,
        text: `${plural(instances, "instance")} (${percent(share)} of the fleet) went unasked within the window; ${percent(max)} may`,
        event: last.event,
      });
    }
    violations.push(
      ...violationsOf(
        "wave",
        beforeTheirWave(run, unasked),
        (effect, places) =>
          `${effect.by} took away ${effect.service} in ${plural(places, "place")} before their wave had its turn`,
      ),
    );
    return judged(name, violations, run.proposedRemovals, {
      violated: violations[0]?.text ?? "",
      holds: `at most ${percent(share)} of the fleet went unasked at a time`,
      idle: "no removal was ever proposed",
    });
  },
};

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** Does the author of the change, or of an earlier one whose ticket names it, have the service in scope? */
function inScope(run: JudgedRun, effect: Effect, change: Happened): boolean {
  const within = (scope: readonly Name[] | null): boolean => scope === null || scope.includes(effect.service);
  return (
    within(change.scope) ||
    run.tickets.some((ticket) => ticket.removes.includes(effect.service) && within(ticket.scope))
  );
}

function outsideCell(run: JudgedRun, { cell, instances }: Effect): boolean {
  const { fleet } = run;
  const group = fleet.groupNames.indexOf(cell);
  const region = fleet.regionIndex.get(cell);
  return instances.some((instance) => {
    const of = fleet.groupOfInstance[instance]!;
    if (of < 0) return false;
    if (group >= 0) return of !== group;
    if (region === undefined || fleet.placement[fleet.serviceOf[instance]!] !== 0) return false;
    return fleet.placeOf[instance] !== region;
  });
}

export const scopeConfined: PropertyRule = {
  name: "scope-confined",
  about: "what goes because of a change is within the scope of its author and the cell of the manager",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  // P03, P09, P10: when changes are exchanged or taken back, whose change it was is no longer said.
  assumes: operatorsBut("P03", "P09", "P10", "P12", "P16"),
  companions: ["unchanged"],
  onPlan: true,
  judge: (run, companions) => {
    const name = "scope-confined";
    const limited = run.changes.some((change) => change.scope !== null);
    if (!limited && run.managers.every((manager) => manager.cells === "global")) {
      return verdict(name, "not-applicable", "no author has a scope, and no manager a cell", 0);
    }
    const outside = run.effects.filter((effect) => {
      const change = changeOf(run, effect);
      return outsideCell(run, effect) || (change !== undefined && !inScope(run, effect, change));
    });
    // What goes without the change too is none of its doing.
    const anyway = new Set(
      outside.length === 0 ? [] : companions.unchanged?.effects.flatMap((effect) => effect.instances),
    );
    const violations = violationsOf(
      "scope",
      outside.filter((effect) => effect.instances.some((instance) => !anyway.has(instance))),
      (effect, places) =>
        `${effect.by} took away ${effect.service} in ${plural(places, "place")}, which is outside of the scope of the change`,
    );
    return judged(name, violations, run.proposedRemovals, {
      violated: violations[0]?.text ?? "",
      holds: "everything that went was within the scope of its change",
      idle: "no removal was ever proposed",
    });
  },
};
