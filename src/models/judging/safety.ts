/** Safety: nothing that nobody asked for is taken away. Stated over effects on instances, not over delete actions. */
import { hardClosure } from "../fleet/hard-closure.js";
import type { Name } from "../fleet/spec.js";
import type { Effect, JudgedRun } from "./judged-run.js";
import { operatorsBut, unlessPeopleSaySo } from "./promises.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict, violationsOf } from "./verdicts.js";

/** What managers run as, and what that and their sources cannot run without: by service, whose life hangs on it. */
function vital(run: JudgedRun): ReadonlyMap<Name, readonly Name[]> {
  const services = new Map<Name, Name[]>();
  const needs = (service: Name, manager: Name): void => {
    const managers = services.get(service);
    if (managers === undefined) services.set(service, [manager]);
    else if (!managers.includes(manager)) managers.push(manager);
  };
  for (const manager of run.managers) {
    for (const root of [manager.service, ...manager.reads]) {
      if (root === null) continue;
      needs(root, manager.name);
      for (const name of hardClosure(run.fleet.spec, root)) needs(name, manager.name);
    }
  }
  return services;
}

/** Everything it deploys had gone over to managers that were there: nothing hangs on it any more. */
function isReplaced(run: JudgedRun, manager: Name, before: number): boolean {
  const own = run.managers.find((item) => item.name === manager)?.service;
  const deploys = run.fleet.services.filter((item) => item.manager === manager && item.name !== own);
  return (
    deploys.length > 0 &&
    deploys.every((service) => {
      const over = run.handovers.findLast((item) => item.service === service.name && item.event < before);
      return over !== undefined && over.to !== manager && isThere(run, over.to, before);
    })
  );
}

/** At least as many processes of it came back as went down. */
function isThere(run: JudgedRun, manager: Name, before: number): boolean {
  let down = 0;
  for (const change of run.managerChanges) {
    if (change.manager !== manager || change.event >= before) continue;
    if (change.state === "down" || change.state === "wedged") down++;
    if (change.state === "boot") down--;
  }
  return down <= 0;
}

export const noSelfRemoval: PropertyRule = {
  name: "no-self-removal",
  about: "no manager removes what a manager runs as, or what that needs, unless a ticket says so",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  assumes: unlessPeopleSaySo,
  onPlan: true,
  judge: (run) => {
    const services = vital(run);
    if (services.size === 0) {
      return verdict("no-self-removal", "not-applicable", "every manager runs outside the fleet", 0);
    }
    const inCharge = (effect: Effect): Name | undefined =>
      services.get(effect.service)?.find((manager) => !isReplaced(run, manager, effect.event));
    const hits = run.effects.filter(
      (effect) => !run.ticketed.has(effect.service) && inCharge(effect) !== undefined,
    );
    const violations = violationsOf(
      "self-removal",
      hits,
      (effect) =>
        `${effect.by} took away ${effect.service}, without which the manager ${inCharge(effect)!} cannot run`,
    );
    return judged("no-self-removal", violations, run.proposedRemovals, {
      violated: violations[0]?.text ?? "",
      holds: `removals were proposed, none of them touched a manager`,
      idle: "no removal was ever proposed",
    });
  },
};

export const noCollateralRemoval: PropertyRule = {
  name: "no-collateral-removal",
  about: "only services that a ticket names are removed or stopped",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  assumes: unlessPeopleSaySo,
  onPlan: true,
  judge: (run) => {
    const hits = run.effects.filter((effect) => !run.ticketed.has(effect.service));
    const violations = violationsOf(
      "collateral",
      hits,
      (effect, places) =>
        `${effect.by} took away ${effect.service} in ${plural(places, "place")} (cause: ${effect.cause}); no ticket names it`,
    );
    const services = new Set(hits.map((effect) => effect.service)).size;
    return judged("no-collateral-removal", violations, run.proposedRemovals, {
      violated: `${plural(services, "service")} went that no ticket names`,
      holds: "everything that was removed was named by a ticket",
      idle: "no removal was ever proposed",
    });
  },
};

export const failStatic: PropertyRule = {
  name: "fail-static",
  about: "an error in what a manager reads changes nothing in the world",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  // P16: the guard that people switch off may be this very one.
  assumes: operatorsBut("P16"),
  onPlan: true,
  judge: (run) => {
    const hits = run.effects.filter((effect) => effect.fromError);
    const violations = violationsOf(
      "error",
      hits,
      (effect, places) =>
        `${effect.by} took away ${effect.service} in ${plural(places, "place")} because of an error`,
    );
    if (violations.length === 0 && run.errorsRead === 0) {
      return verdict("fail-static", "not-applicable", "no manager met an error", 0);
    }
    return judged("fail-static", violations, run.errorsRead, {
      violated: `an error was read as a removal: ${violations[0]?.text ?? ""}`,
      holds: "errors were met, and nothing was removed because of them",
      idle: "no manager met an error",
    });
  },
};

export const noCascadingOutage: PropertyRule = {
  name: "no-cascading-outage",
  about: "no service goes down through its dependencies because something was removed",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  // P03: whoever approves a removal and the change that makes it harmless owes their order as well.
  assumes: operatorsBut("P03", "P12", "P16"),
  judge: (run) => {
    const hits = run.falls.filter((fall) => fall.root !== null && !run.ticketed.has(fall.service));
    const groups = new Map<Name, { first: (typeof hits)[number]; places: number }>();
    for (const fall of hits) {
      const group = groups.get(fall.service);
      if (group === undefined) groups.set(fall.service, { first: fall, places: fall.places });
      else group.places += fall.places;
    }
    const taken = run.effects.filter(
      (effect) => effect.cause === "cascade" && !run.ticketed.has(effect.service),
    );
    const violations = [
      ...violationsOf(
        "cascade",
        taken,
        (effect, places) =>
          `${effect.service} was taken away in ${plural(places, "place")} along with its owner`,
      ),
      ...[...groups.values()].map(({ first, places }) => ({
        atMs: first.atMs,
        rule: "dependency",
        action: "down",
        service: first.service,
        cause: "cascade",
        places,
        text: `${first.service} went down in ${plural(places, "place")} because ${first.root!.service} was taken away`,
        event: first.event,
      })),
    ];
    return judged("no-cascading-outage", violations, run.proposedRemovals, {
      violated: `${plural(new Set(violations.map((item) => item.service)).size, "service")} went down that nobody asked to remove`,
      holds: "removals were proposed, and nothing else went down with them",
      idle: "no removal was ever proposed",
    });
  },
};
