/** Corruption and environment: what a damaged text or another environment may change of what is removed. */
import type { Name } from "../fleet/spec.js";
import { companionOf, takenOnlyIn } from "./compare.js";
import type { JudgedRun } from "./judged-run.js";
import { operatorsBut, textOperators } from "./promises.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, violationsOf } from "./verdicts.js";

export const corruptionMonotone: PropertyRule = {
  name: "corruption-monotone",
  about: "damage to a text never removes what the undamaged text would have left",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  // It is a statement about texts: other mistakes mean something else, and may remove something else.
  assumes: textOperators,
  companions: ["uncorrupted"],
  judge: (run, companions) => {
    const name = "corruption-monotone";
    const found = companionOf(name, companions, "uncorrupted", "nobody damaged a text");
    if ("missing" in found) return found.missing;
    const violations = violationsOf(
      "corruption",
      takenOnlyIn(run, found.other),
      (effect, places) =>
        `${effect.by} took away ${effect.service} in ${plural(places, "place")}; it stays when the text is not damaged`,
    );
    return judged(name, violations, run.reads.length, {
      violated: violations[0]?.text ?? "",
      holds: "a text was damaged, and nothing more was removed for it",
      idle: "no manager read the damaged text",
    });
  },
};

const removedServices = ({ effects }: JudgedRun): ReadonlySet<Name> =>
  new Set(effects.map((effect) => effect.service));

export const stagingRepresentative: PropertyRule = {
  name: "staging-representative",
  about: "what a change removes unasked in production is what it has removed in staging",
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  // Staging has no partial rollout (P05) and no crash, outage or lost lease of production (P07, P13, P14, P15).
  // P11: a staging that differs shows something else, whoever manages it; the search for such differences says so.
  assumes: operatorsBut("P05", "P06", "P07", "P11", "P12", "P13", "P14", "P15", "P16"),
  companions: ["staging"],
  judge: (run, companions) => {
    const name = "staging-representative";
    const found = companionOf(name, companions, "staging", "there is no staging");
    if ("missing" in found) return found.missing;
    const { other } = found;
    const here = removedServices(run);
    const there = removedServices(other);
    // What a ticket asks for is no surprise where staging did not have it; that it does not happen is one.
    const unseen = run.effects.filter(
      (effect) =>
        !there.has(effect.service) &&
        !run.ticketed.has(effect.service) &&
        other.fleet.serviceIndex.has(effect.service),
    );
    const unkept = other.effects.filter(
      (effect) => !here.has(effect.service) && run.fleet.serviceIndex.has(effect.service),
    );
    const violations = [
      ...violationsOf(
        "unseen",
        unseen,
        (effect, places) =>
          `${effect.by} took away ${effect.service} in ${plural(places, "place")}; staging did not show it`,
      ),
      ...violationsOf(
        "unkept",
        unkept,
        (effect) => `staging took away ${effect.service}, and production did not`,
      ).map((violation) => ({ ...violation, event: -1 })),
    ];
    return judged(name, violations, here.size + there.size, {
      violated: violations[0]?.text ?? "",
      holds: "production removed what staging had removed",
      idle: "neither removed anything",
    });
  },
};
