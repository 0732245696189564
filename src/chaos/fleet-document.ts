/** From what was drawn for a fleet to a scenario document. Any draft gives a document that fits together. */
import type { Json } from "../base/json.js";

/** References are numbers that count round: whatever is left when a draft shrinks, they lead somewhere. */
export type NeedDraft =
  | { readonly kind: "hard" | "startup" | "soft"; readonly to: number; readonly graced: boolean }
  | { readonly kind: "any"; readonly to: number; readonly or: number; readonly both: boolean };

export interface ServiceDraft {
  /** Number of the manager; null: people. */
  readonly owner: number | null;
  readonly placement: "regional" | "group" | "global";
  readonly deployMinutes: number;
  readonly needs: readonly NeedDraft[];
  readonly byHand: boolean;
  readonly protect: boolean;
  readonly losesState: boolean;
}

export interface ManagerDraft {
  readonly model: string;
  readonly cells: "global" | "by-group" | "by-region";
  /** Runs as a service of the fleet. */
  readonly inside: boolean;
  /** Number of the manager that deploys it; null: people. */
  readonly deployedBy: number | null;
  readonly guards: readonly string[];
  readonly stored: "external" | "in-configuration";
  readonly defect: boolean;
}

export interface ChangeDraft {
  readonly intend: "remove" | "add" | "update" | "rename" | "migrate";
  readonly targets: readonly number[];
  readonly to: number;
  readonly approved: boolean;
  readonly scoped: boolean;
}

export interface FleetDraft {
  /** Regions of every group. */
  readonly regions: readonly number[];
  readonly services: readonly ServiceDraft[];
  readonly managers: readonly ManagerDraft[];
  readonly changes: readonly ChangeDraft[];
  /** Numbers of the services that people use. */
  readonly used: readonly number[];
  readonly cyclic: boolean;
}

type Fields = Record<string, Json>;

const serviceName = (k: number): string => `service-${k + 1}`;
const managerName = (k: number): string => `manager-${k + 1}`;
const around = <T>(items: readonly T[], k: number): T => items[k % items.length]!;

export function fleetDocument(draft: FleetDraft): { readonly [key: string]: Json } {
  const services: Record<string, Fields> = {};
  draft.services.forEach((service, k) => {
    services[serviceName(k)] = serviceOf(draft, service, k);
  });
  const changes = changesOf(draft, services);
  const managers: Fields = {};
  draft.managers.forEach((manager, k) => {
    managers[managerName(k)] = managerOf(draft, manager, k);
    if (manager.inside) services[`${managerName(k)}-service`] = ownServiceOf(manager, k);
  });
  return {
    fleetquake: 1,
    title: "A generated fleet",
    horizon: "12h",
    regions: regionsOf(draft.regions),
    services,
    capabilities: capabilitiesOf(draft),
    managers,
    changes,
    limits: { events: 500_000 },
  };
}

export const regionsOf = (sizes: readonly number[]): Fields =>
  Object.fromEntries(
    sizes.map((size, k) => [
      `group-${k + 1}`,
      { members: Array.from({ length: size }, (_, n) => `region-${k + 1}-${n + 1}`) },
    ]),
  );

function serviceOf(draft: FleetDraft, service: ServiceDraft, k: number): Fields {
  const { owner, placement, deployMinutes, byHand, protect, losesState } = service;
  // Who only needs what stands before itself cannot be part of a cycle.
  const others = draft.services.map((_, n) => n).filter((n) => (draft.cyclic ? n !== k : n < k));
  return {
    manager: owner === null ? null : managerName(owner % draft.managers.length),
    placement,
    deploy: `${deployMinutes}m`,
    ...(others.length === 0 ? {} : { needs: service.needs.map((need) => needOf(need, others)) }),
    ...(byHand ? { byHand } : {}),
    ...(protect ? { protect } : {}),
    ...(losesState ? { state: { onRemove: "delete", restore: "1h" } } : {}),
  };
}

function needOf(need: NeedDraft, others: readonly number[]): Json {
  const service = serviceName(around(others, need.to));
  if (need.kind === "any") {
    const of = [...new Set([service, serviceName(around(others, need.or))])];
    return { kind: "any", of, k: need.both ? of.length : 1 };
  }
  if (need.kind === "soft") return { service, kind: "soft", weight: 0.3 };
  if (need.kind === "startup") return { service, kind: "startup" };
  return need.graced ? { service, kind: "hard", grace: "5m" } : service;
}

function managerOf(draft: FleetDraft, manager: ManagerDraft, k: number): Fields {
  const { model, cells, inside, deployedBy, guards, stored, defect } = manager;
  const leaves = { id: "left", after: "removal", does: "leave-reference-in-own-entry" };
  return {
    model,
    cells,
    deployedBy: deployedBy === null ? "people" : managerName(deployedBy % draft.managers.length),
    ...(inside ? { service: `${managerName(k)}-service` } : {}),
    ...(guards.length === 0 && stored === "external" ? {} : { guards: { add: [...guards], stored } }),
    ...(defect ? { defects: [leaves] } : {}),
  };
}

const placementOfCells = { global: "global", "by-group": "group", "by-region": "regional" } as const;

const ownServiceOf = (manager: ManagerDraft, k: number): Fields => ({
  manager: managerName(k),
  placement: placementOfCells[manager.cells],
  deploy: "10m",
  layer: 0,
});

function capabilitiesOf({ services, used }: FleetDraft): Fields {
  const names = [...new Set(used.map((k) => serviceName(k % services.length)))];
  return Object.fromEntries(
    names.map((service) => [`using-${service}`, { service, share: 0.5 / names.length }]),
  );
}

/** Changes of different services, an hour apart: no change finds gone what another one has taken. */
function changesOf(draft: FleetDraft, services: Record<string, Fields>): readonly Json[] {
  const left = draft.services.map((_, k) => k);
  return draft.changes.flatMap((change, index): Json[] => {
    const take = (k: number): readonly number[] => (left.length === 0 ? [] : left.splice(k % left.length, 1));
    const taken = change.targets.flatMap(take);
    if (taken.length === 0) return [];
    const names = taken.map(serviceName);
    const covered = change.approved ? [{ by: "peer", covers: names }] : [];
    return [
      {
        at: `${index * 60 + 10}m`,
        author: `team-${index + 1}`,
        approvals: covered,
        ...(change.scoped ? { scope: names } : {}),
        intend: intentionOf(draft, change, taken, services),
      },
    ];
  });
}

function intentionOf(
  draft: FleetDraft,
  change: ChangeDraft,
  taken: readonly number[],
  services: Record<string, Fields>,
): Json {
  const names = taken.map(serviceName);
  const [first] = names as [string];
  switch (change.intend) {
    case "remove":
      return { remove: names };
    case "add":
      // What others need cannot be new.
      return names.every((name) => !isNeeded(name, services)) ? { add: names } : { update: names };
    case "rename":
      return { rename: { service: first, to: renamed(first, services) } };
    case "migrate": {
      const from = services[first]!["manager"];
      const others = draft.managers.map((_, k) => managerName(k)).filter((name) => name !== from);
      if (others.length === 0) return { update: names };
      return { migrate: { service: first, to: around(others, change.to) } };
    }
    default:
      return { update: names };
  }
}

const needsOf = (fields: Fields): readonly Json[] => (fields["needs"] as readonly Json[] | undefined) ?? [];

const isNeeded = (name: string, services: Record<string, Fields>): boolean =>
  Object.values(services).some((fields) => JSON.stringify(needsOf(fields)).includes(`"${name}"`));

/** The new name is a service like the old one; who needs the one may have the other. */
function renamed(name: string, services: Record<string, Fields>): string {
  const to = `${name}-renamed`;
  const either = { kind: "any", of: [name, to], k: 1 };
  for (const fields of Object.values(services)) {
    if (fields["needs"] === undefined) continue;
    fields["needs"] = needsOf(fields).map((need) => (need === name ? either : need));
  }
  services[to] = { ...services[name]! };
  return to;
}
