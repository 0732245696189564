/** Safety: nothing that nobody asked for is taken away. Stated over effects on instances, not over delete actions. */
import { hardClosure } from "../fleet/hard-closure.js";
import type { Name } from "../fleet/spec.js";
import type { JudgedRun } from "./judged-run.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict, violationsOf } from "./verdicts.js";

/** What a manager runs as, and what that and its sources cannot run without. */
function vital(run: JudgedRun): ReadonlyMap<Name, Name> {
  const services = new Map<Name, Name>();
  for (const manager of run.managers) {
    for (const root of [manager.service, ...manager.reads]) {
      if (root === null) continue;
      services.set(root, manager.name);
      for (const name of hardClosure(run.fleet.spec, root)) services.set(name, manager.name);
    }
  }
  return services;
}

export const noSelfRemoval: PropertyRule = {
  name: "no-self-removal",
  about: "no manager removes what a manager runs as, or what that needs, unless a ticket says so",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  judge: (run) => {
    const services = vital(run);
    if (services.size === 0) {
      return verdict("no-self-removal", "not-applicable", "every manager runs outside the fleet", 0);
    }
    const hits = run.effects.filter(
      (effect) => services.has(effect.service) && !run.ticketed.has(effect.service),
    );
    const violations = violationsOf("self-removal", hits, (effect) => {
      const manager = services.get(effect.service)!;
      return `${effect.by} took away ${effect.service}, without which the manager ${manager} cannot run`;
    });
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
