/** Which draws the spread of recovery times comes from: the same replications with one kind of luck at its median. */
import type { Distribution } from "../../base/distribution.js";
import { durations, type PriorName } from "../../models/people/priors.js";
import type { ResponseSpec } from "../../models/people/spec.js";
import type { Spec } from "../../scenario/scenario.js";

export interface LuckKind {
  /** The purpose of its draws. */
  readonly id: string;
  readonly about: string;
  /** The set of published figures that it comes from; null: the scenario says how long it takes. */
  readonly prior: PriorName | null;
}

const ofPeople = {
  detect: "how long detection takes",
  acknowledge: "how long until people are at it",
  diagnose: "how long diagnosis takes",
  decide: "how long the decision takes",
  repairConfiguration: "how long the repair of the configuration takes",
  approve: "how long an approval takes",
} as const satisfies Partial<Record<keyof ResponseSpec, string>>;

const isFixed = (law: Distribution): boolean => law.law === "constant";

/** Only what can move the time to recovery, and is not the same every time. */
export function luckOf({ response, fleet }: Spec): readonly LuckKind[] {
  const kinds: LuckKind[] = durations.flatMap((id) =>
    !(id in ofPeople) || isFixed(response[id])
      ? []
      : [{ id, about: ofPeople[id as keyof typeof ofPeople], prior: response.priors[id] ?? null }],
  );
  if (response.redeployManager !== null && !isFixed(response.redeployManager))
    kinds.push({ id: "redeployManager", about: "how long bringing the manager back takes", prior: null });
  if (fleet.services.some(({ deploy }) => !isFixed(deploy)))
    kinds.push({ id: "deploy", about: "how long deploys take", prior: null });
  if (fleet.services.some(({ state }) => state !== null && !isFixed(state.restore)))
    kinds.push({ id: "restore", about: "how long restoring data takes", prior: null });
  return kinds;
}
