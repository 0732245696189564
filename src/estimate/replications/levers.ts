/** What could be done about it: the same scenario with one thing better, to be simulated on the same luck. */
import { stretched } from "../../base/distribution.js";
import type { ManagerSpec } from "../../models/managers/spec.js";
import type { ResponseSpec } from "../../models/people/spec.js";
import type { Spec } from "../../scenario/scenario.js";

export interface Lever {
  readonly id: string;
  /** What is done, as a sentence without a subject. */
  readonly about: string;
  readonly spec: Spec;
}

/** Guards that are tried where nobody names others: those that stop a manager from taking more away than was meant. */
export const usualGuards = ["failStatic", "noCascade", "selfProtect", "budget"] as const;

const bakeMs = 30 * 60_000;

/** `guards`: those worth a try in front of every manager, by name. Levers that change nothing here are left out. */
export function leversOf(spec: Spec, guards: readonly string[] = usualGuards): readonly Lever[] {
  const seen = new Set([JSON.stringify(spec)]);
  return [...leversOfPeople(spec), ...leversOfManagers(spec, guards)].filter((lever) => {
    const text = JSON.stringify(lever.spec);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function leversOfPeople(spec: Spec): readonly Lever[] {
  const { response } = spec;
  const people = (id: string, about: string, change: Partial<ResponseSpec>): Lever => ({
    id,
    about,
    spec: { ...spec, response: { ...response, ...change } },
  });
  const { redeployManager } = response;
  const services = spec.fleet.services.map((service) => ({
    ...service,
    deploy: stretched(service.deploy, 0.5),
  }));
  return [
    people("crew", `one crew more (${response.crews + 1})`, { crews: response.crews + 1 }),
    people("crews", `twice the crews (${2 * response.crews})`, { crews: 2 * response.crews }),
    people("batch", batchAbout(response.batch), { batch: response.batch === "group" ? "region" : "group" }),
    people("detect", "detection in half the time", { detect: stretched(response.detect, 0.5) }),
    people("diagnose", "diagnosis in half the time", { diagnose: stretched(response.diagnose, 0.5) }),
    people("decide", "the decision in half the time", { decide: stretched(response.decide, 0.5) }),
    people("repairConfiguration", "the repair of the configuration in half the time", {
      repairConfiguration: stretched(response.repairConfiguration, 0.5),
    }),
    ...(redeployManager === null
      ? []
      : [
          people("redeployManager", "bringing the manager back in half the time", {
            redeployManager: stretched(redeployManager, 0.5),
          }),
        ]),
    {
      id: "deploy",
      about: "deploys in half the time",
      spec: { ...spec, fleet: { ...spec.fleet, services } },
    },
  ];
}

function leversOfManagers(spec: Spec, guards: readonly string[]): readonly Lever[] {
  const managers = (id: string, about: string, change: (manager: ManagerSpec) => ManagerSpec): Lever => ({
    id,
    about,
    spec: { ...spec, managers: spec.managers.map(change) },
  });
  const withGuard = (
    manager: ManagerSpec,
    guard: string,
    options: ManagerSpec["guards"]["add"][number]["options"],
  ) =>
    manager.guards.add.some((item) => item.guard === guard)
      ? manager.guards
      : { ...manager.guards, add: [...manager.guards.add, { guard, options }] };
  return [
    managers("parallelism", "twice the deploys at a time for every manager that is limited", (manager) =>
      manager.policy.parallelism === undefined
        ? manager
        : { ...manager, policy: { ...manager.policy, parallelism: 2 * manager.policy.parallelism } },
    ),
    managers(
      "blast-radius",
      "a mapping for every region group, changed one after the other, half an hour apart",
      (manager) => ({
        ...manager,
        cells: "by-group",
        policy: { ...manager.policy, mapping: "perCell" },
        guards: withGuard(manager, "cells", { bakeMs }),
      }),
    ),
    ...guards.map((guard) =>
      managers(`guard ${guard}`, `the guard ${guard} in front of every manager`, (manager) => ({
        ...manager,
        guards: withGuard(manager, guard, {}),
      })),
    ),
  ];
}

const batchAbout = (batch: ResponseSpec["batch"]): string =>
  batch === "group"
    ? "crews take on one region at a time instead of a whole group"
    : "crews take on a whole region group at a time";
