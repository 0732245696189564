/** Load: what has come back stays, although everybody who waited comes back as well. */
import type { JudgedRun, Recollapse } from "./judged-run.js";
import type { PropertyRule } from "./rule.js";
import { judged, plural, verdict } from "./verdicts.js";

export const noRecollapse: PropertyRule = {
  name: "no-recollapse",
  about: "what has come back does not collapse under the load of all who waited for it",
  modality: "always",
  // One takes everything everywhere, so that all come back at once; the other keeps all but what was to go, and a crash lets a few wait for minutes.
  brokenBy: "legacy",
  keptBy: "modern",
  judge: (run) => {
    const name = "no-recollapse";
    if (run.fleet.services.every((service) => service.capacity === null))
      return verdict(name, "not-applicable", "no service has a capacity", 0);
    const violations = violationsOf(run);
    return judged(name, violations, run.returns, {
      violated: violations[0]?.text ?? "",
      holds: `${plural(run.returns, "instance")} came back and bore their load`,
      idle: "nothing had to come back",
    });
  },
};

/** One a service: the first time, and in how many places. */
function violationsOf(run: JudgedRun) {
  const groups = new Map<string, { first: Recollapse; places: Set<string> }>();
  for (const item of run.recollapses) {
    const group = groups.get(item.service);
    if (group === undefined) groups.set(item.service, { first: item, places: new Set([item.where]) });
    else group.places.add(item.where);
  }
  return [...groups.values()].map(({ first, places }) => ({
    atMs: first.atMs,
    rule: "recollapse",
    action: "serve",
    service: first.service,
    cause: "load",
    places: places.size,
    text: `${first.service} collapses again in ${plural(places.size, "place")}: ${first.offered} requests a second for ${first.capacity}, ${first.returning} of them from users who come back`,
    event: first.event,
  }));
}
