/** Black start: which services come up from nothing, and what the others wait for. */
import { sortedNames } from "../../base/order.js";
import type { ManagerSpec } from "../managers/spec.js";
import { namedBy } from "./hard-closure.js";
import type { FleetSpec, Name, ServiceSpec } from "./spec.js";

export interface StartResult {
  /** In the order in which they can be started. */
  readonly startable: readonly Name[];
  /** What cannot be started, each with the services (or the manager's service) that it waits for. */
  readonly missing: readonly { readonly service: Name; readonly waitsFor: readonly Name[] }[];
}

/**
 * The least fixed point: a service starts once all it needs to start runs, and somebody is there to start it: people
 * (`byHand`, no manager, or a manager that people deploy) or its manager, which has to run and to read its
 * configuration from services that run.
 */
export function startable(fleet: FleetSpec, managers: readonly ManagerSpec[]): StartResult {
  const byName = new Map(fleet.services.map((service) => [service.name, service]));
  const managerOf = new Map(managers.map((manager) => [manager.name, manager]));
  const runsAs = new Map(managers.flatMap((m) => (m.service === null ? [] : [[m.service, m] as const])));
  const running = new Set<Name>();

  const needsMissing = (service: ServiceSpec): Name[] =>
    service.needs.flatMap((need) => {
      if (need.kind === "soft") return [];
      const named = namedBy(need);
      const there = named.filter((name) => running.has(name)).length;
      const enough = need.kind === "any" ? need.k : 1;
      return there >= enough ? [] : named.filter((name) => !running.has(name));
    });
  const managerMissing = (manager: ManagerSpec): Name[] => {
    const needed = [...(manager.service === null ? [] : [manager.service]), ...manager.reads];
    return needed.filter((name) => !running.has(name));
  };
  const starterMissing = (service: ServiceSpec): Name[] => {
    if (service.byHand || service.manager === null) return [];
    const own = runsAs.get(service.name);
    if (own?.deployedBy === "people") return [];
    const starter = managerOf.get(own === undefined ? service.manager : own.deployedBy);
    return starter === undefined ? [] : managerMissing(starter);
  };
  const missingFor = (service: ServiceSpec): Name[] => [
    ...new Set([...needsMissing(service), ...starterMissing(service)]),
  ];

  const order: Name[] = [];
  let waiting = sortedNames(byName.keys());
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    const ready = waiting.filter((name) => missingFor(byName.get(name)!).length === 0);
    for (const name of ready) running.add(name);
    order.push(...ready);
    waiting = waiting.filter((name) => !running.has(name));
  }
  return {
    startable: order,
    missing: waiting.map((service) => ({ service, waitsFor: sortedNames(missingFor(byName.get(service)!)) })),
  };
}
