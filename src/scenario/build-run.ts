/** From a variant to a Run: managers built from the catalogue, documents derived, every change applied once, dry. */
import type { Issue } from "../base/issue.js";
import { nearestName } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import { deriveDocuments } from "../models/config/derive.js";
import type { ForeignFormat } from "../models/config/imported.js";
import { type CompiledFleet, compileFleet } from "../models/fleet/compile-fleet.js";
import { hardClosure } from "../models/fleet/hard-closure.js";
import type { FleetSpec, Name, NeedSpec, ServiceSpec } from "../models/fleet/spec.js";
import { startOrder } from "../models/fleet/start-order.js";
import type { Guard } from "../models/guards/guard.js";
import { effectiveGuards } from "../models/guards/policy-guards.js";
import type { GuardSpec, Self } from "../models/managers/contract.js";
import type { ManagerModel } from "../models/managers/define-manager.js";
import type { Policy } from "../models/managers/policy.js";
import type { ManagerSpec } from "../models/managers/spec.js";
import { applyCase } from "./apply-case.js";
import { prepareChanges } from "./prepare-changes.js";
import { readerFor } from "./reader-for.js";
import type { ActiveGuard, Cell, Run, RunManager } from "./run.js";
import type { Spec, Variant } from "./scenario.js";

/** What scenarios may name. Put together in the cli and in the public index only. */
export interface Catalogue {
  readonly managers: readonly ManagerModel[];
  readonly guards: readonly Guard[];
  /** Formats of files that `configuration.import` may name; absent: none. */
  readonly formats?: readonly ForeignFormat[];
}

/** Resolves one variant against a catalogue; issues name models and guards that do not exist and edits that do not fit. */
export function buildRun(
  scenario: string,
  variant: Variant,
  catalogue: Catalogue,
): Result<Run, readonly Issue[]> {
  const { spec } = variant;
  const issues: Issue[] = [];
  const fleet = compileFleet(spec.fleet);
  const models = spec.managers.map((manager) => resolveModel(manager, catalogue, issues));
  if (issues.length > 0) return err(issues);
  const policies = new Map<Name, { policy: Policy; guards: readonly GuardSpec[] }>();
  spec.managers.forEach((manager, index) => {
    const policy = policyOf(models[index]!, manager);
    const guards = effectiveGuards(policy, models[index]!.guards, manager.guards.add, manager.guards.drop);
    policies.set(manager.name, { policy, guards });
  });
  const owned = {
    ...spec.fleet,
    services: spec.fleet.services.map((service) => ownerOf(service, spec, policies)),
  };
  const selfManaged = new Set(
    spec.managers.filter((m) => policies.get(m.name)!.policy.selfManagement === "self").map((m) => m.name),
  );
  const located = spec.managers.map((manager) => withMapping(manager, policies.get(manager.name)!.policy));
  const absent = initiallyAbsent(spec);
  const derived = deriveDocuments(without(owned, absent), located, spec.configuration, {
    selfManaged,
    policies,
  });
  if (!derived.ok) return derived;
  const { documents } = derived.value;
  const changes = prepareChanges(spec, located, documents, fleet);
  if (!changes.ok) return changes;
  const reader = readerFor(spec, derived.value, { services: owned.services, absent, selfManaged }, catalogue);
  if (!reader.ok) return reader;
  const read = reader.value;
  const managers = located.map((manager, index): RunManager => {
    const { policy, guards } = policies.get(manager.name)!;
    const cells = cellsOf(fleet, manager, policy);
    return {
      index,
      spec: manager,
      policy,
      manager: models[index]!.build(outsidePolicy(models[index]!, manager, policy), guards, read),
      guards: guards.map((item) => resolveGuard(item, catalogue, issues)).filter((guard) => guard !== null),
      cells,
      selves: cells.map((cell) => selfOf(spec, manager, policy, cell)),
      waves: wavesOf(fleet.groupIndex, manager, policy, guards),
      bakeMs: bakeOf(manager, policy, guards),
      deployedByAnother: deployedByAnother(manager, policy),
    };
  });
  if (issues.length > 0) return err(issues);
  const managerIndex = new Map(spec.managers.map((manager, index) => [manager.name, index]));
  const indexOf = (name: Name | null): number => (name === null ? -1 : (managerIndex.get(name) ?? -1));
  const managerServices = new Set<Name>();
  const managerNeeds = new Set<Name>();
  for (const manager of spec.managers) {
    if (manager.service !== null) {
      managerServices.add(manager.service);
      for (const name of hardClosure(spec.fleet, manager.service)) managerNeeds.add(name);
    }
    for (const source of manager.reads) {
      managerNeeds.add(source);
      for (const name of hardClosure(spec.fleet, source)) managerNeeds.add(name);
    }
  }
  const run: Run = {
    scenario,
    variant: variant.name,
    spec,
    fleet,
    managers,
    managerOfService: Int32Array.from(fleet.serviceNames, (name) =>
      indexOf(owned.services.find((service) => service.name === name)!.manager),
    ),
    runsManager: Int32Array.from(fleet.services, (service) =>
      spec.managers.findIndex((manager) => manager.service === service.name),
    ),
    absentAtStart: new Set([...absent].map((name) => fleet.serviceIndex.get(name) ?? -1)),
    documents,
    changes: changes.value,
    faults: spec.faults,
    skews: [],
    bypassed: new Map(),
    approveAll: false,
    pinned: [],
    guards: new Map(catalogue.guards.map((guard) => [guard.name, guard])),
    managerServices,
    managerNeeds,
    startRank: startRanks(spec.fleet, fleet.serviceNames),
  };
  return ok(spec.case === null ? run : { ...run, ...applyCase(run, spec.case) });
}

/** What a manager runs as belongs to whom its policy says: itself (or its peers), the manager that deploys it, or people. */
function ownerOf(
  service: ServiceSpec,
  spec: Spec,
  policies: ReadonlyMap<Name, { readonly policy: Policy }>,
): ServiceSpec {
  const runs = spec.managers.find((manager) => manager.service === service.name);
  if (runs === undefined) return service;
  const { selfManagement } = policies.get(runs.name)!.policy;
  if (selfManagement === "external") return { ...service, manager: null };
  if (selfManagement !== "parent") return { ...service, manager: runs.name };
  return { ...service, manager: runs.deployedBy === "people" ? null : runs.deployedBy };
}

function startRanks(fleet: FleetSpec, serviceNames: readonly Name[]): Int32Array {
  const order = startOrder(fleet);
  return Int32Array.from(serviceNames, (name) => order.get(name)!);
}

function resolveModel(manager: ManagerSpec, catalogue: Catalogue, issues: Issue[]): ManagerModel {
  const found = catalogue.managers.find((model) => model.name === manager.model);
  if (found !== undefined) return found;
  const near = nearestName(
    manager.model,
    catalogue.managers.map((model) => model.name),
  );
  issues.push({
    code: "unknown-model",
    severity: "error",
    message: `manager ${manager.name} names the model "${manager.model}", which is not in the catalogue`,
    path: `managers.${manager.name}.model`,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  });
  return catalogue.managers[0]!;
}

function resolveGuard(spec: GuardSpec, catalogue: Catalogue, issues: Issue[]): ActiveGuard | null {
  const guard = catalogue.guards.find((item) => item.name === spec.guard);
  if (guard !== undefined) return { guard, options: spec.options };
  issues.push({ code: "unknown-guard", severity: "error", message: `there is no guard "${spec.guard}"` });
  return null;
}

/** The mapping axis decides how many own entries there are; a mapping a cell without cells given has one a group. */
function withMapping(manager: ManagerSpec, policy: Policy): ManagerSpec {
  if (policy.mapping === "global") return { ...manager, cells: "global" };
  return manager.cells === "global" ? { ...manager, cells: "by-group" } : manager;
}

/** Axes of the model, then what the scenario overrides. Cells that a scenario gives mean a mapping a cell. */
function policyOf(model: ManagerModel, manager: ManagerSpec): Policy {
  const mapping = manager.cells === "global" ? model.policy.mapping : "perCell";
  return { ...model.policy, mapping, ...manager.policy };
}

/**
 * What a manager goes by when nothing is stored for it: everything, or, where the policy is part of its own entry, the
 * model alone. How many entries there are and who deploys the manager is where it stands, no setting of it.
 */
function outsidePolicy(model: ManagerModel, manager: ManagerSpec, policy: Policy): Policy {
  if (manager.guards.stored === "external") return policy;
  return { ...model.policy, mapping: policy.mapping, selfManagement: policy.selfManagement };
}

function deployedByAnother({ deployedBy, instances, name }: ManagerSpec, policy: Policy): boolean {
  if (policy.selfManagement === "peerCell") return instances !== "one";
  return policy.selfManagement === "parent" && deployedBy !== "people" && deployedBy !== name;
}

function cellsOf(fleet: CompiledFleet, manager: ManagerSpec, policy: Policy): readonly Cell[] {
  if (manager.cells === "global" || policy.mapping === "global") {
    return [{ name: "global", group: -1, region: -1, home: true }];
  }
  if (manager.cells === "by-group") {
    return fleet.groupNames.map((name, group) => ({ name, group, region: -1, home: group === 0 }));
  }
  return fleet.groupNames.flatMap((_, group) =>
    [...fleet.regionsOfGroup[group]!].map((region, index) => ({
      name: fleet.regionNames[region]!,
      group,
      region,
      home: group === 0 && index === 0,
    })),
  );
}

function selfOf(spec: Spec, manager: ManagerSpec, policy: Policy, cell: Cell): Self {
  const managerServices: Record<Name, Name> = {};
  for (const other of spec.managers) if (other.service !== null) managerServices[other.name] = other.service;
  return {
    manager: manager.name,
    cell: cell.name,
    service: manager.service,
    managerServices,
    objects: spec.fleet.objects
      .filter((object) => object.manager === manager.name && (cell.home || policy.mapping === "global"))
      .map(({ name, owns, finalizer, prune }) => ({ name, owns, finalizer, prune })),
  };
}

/** Services that a change adds: they are not there at the start. */
function initiallyAbsent(spec: Spec): ReadonlySet<Name> {
  const absent = new Set<Name>();
  for (const intention of spec.changes.flatMap((change) => change.intend)) {
    if (intention.kind === "add") for (const name of intention.services) absent.add(name);
    if (intention.kind === "rename") absent.add(intention.to);
  }
  return absent;
}

/** The fleet that the first configuration describes. */
function without(fleet: FleetSpec, absent: ReadonlySet<Name>): FleetSpec {
  if (absent.size === 0) return fleet;
  const left = (need: NeedSpec): readonly NeedSpec[] => {
    if (need.kind !== "any") return absent.has(need.service) ? [] : [need];
    const of = need.of.filter((name) => !absent.has(name));
    return of.length === 0 ? [] : [{ ...need, of }];
  };
  return {
    ...fleet,
    services: fleet.services
      .filter(({ name }) => !absent.has(name))
      .map((service) => ({ ...service, needs: service.needs.flatMap(left) })),
  };
}

const hasGuard = (guards: readonly GuardSpec[], name: string): boolean =>
  guards.some((item) => item.guard === name);

function wavesOf(
  groupIndex: ReadonlyMap<Name, number>,
  manager: ManagerSpec,
  policy: Policy,
  guards: readonly GuardSpec[],
): readonly (readonly number[])[] {
  const all = [...groupIndex.values()];
  if (hasGuard(guards, "cells")) return all.map((group) => [group]);
  if (policy.rollout === "all" && !hasGuard(guards, "waves")) return [];
  const named = (manager.rollout?.waves ?? []).map((wave) => wave.map((name) => groupIndex.get(name)!));
  const rest = all.filter((group) => !named.some((wave) => wave.includes(group)));
  if (named.length === 0) return all.map((group) => [group]);
  return rest.length === 0 ? named : [...named, rest];
}

function bakeOf(manager: ManagerSpec, policy: Policy, guards: readonly GuardSpec[]): number {
  for (const item of guards) {
    const bake = item.options["bakeMs"];
    if ((item.guard === "cells" || item.guard === "waves") && typeof bake === "number") return bake;
  }
  return manager.rollout?.bakeMs ?? policy.bakeMs;
}
