/** Which draws the spread of recovery times comes from: the same replications with one kind of luck at its median. */
import type { Distribution } from "../../base/distribution.js";
import type { ResponseSpec } from "../../models/people/spec.js";
import type { Spec } from "../../scenario/scenario.js";

export interface LuckKind {
  /** The purpose of its draws. */
  readonly id: string;
  readonly about: string;
}

const ofPeople = {
  detect: "how long detection takes",
  acknowledge: "how long until people are at it",
  diagnose: "how long diagnosis takes",
  decide: "how long the decision takes",
  repairConfiguration: "how long the repair of the configuration takes",
} as const satisfies Partial<Record<keyof ResponseSpec, string>>;

const isFixed = (law: Distribution): boolean => law.law === "constant";

/** Only what can move the time to recovery, and is not the same every time. */
export function luckOf({ response, fleet }: Spec): readonly LuckKind[] {
  const kinds: LuckKind[] = Object.entries(ofPeople).flatMap(([id, about]) =>
    isFixed(response[id as keyof typeof ofPeople]) ? [] : [{ id, about }],
  );
  if (response.redeployManager !== null && !isFixed(response.redeployManager))
    kinds.push({ id: "redeployManager", about: "how long bringing the manager back takes" });
  if (fleet.services.some(({ deploy }) => !isFixed(deploy)))
    kinds.push({ id: "deploy", about: "how long deploys take" });
  if (fleet.services.some(({ state }) => state !== null && !isFixed(state.restore)))
    kinds.push({ id: "restore", about: "how long restoring data takes" });
  return kinds;
}
