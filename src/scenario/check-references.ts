/** Whether the parts of a Spec fit together: every name leads somewhere, every owner is one, cycles are seen. */
import { findCycles } from "../models/fleet/cycles.js";
import type { Name } from "../models/fleet/spec.js";
import type { BoundShape } from "../models/judging/bound.js";
import type { Reporter } from "./reporter.js";
import type { Spec } from "./scenario.js";

/** Names of the catalogue that a scenario may use; left out where it is not known. */
export interface KnownNames {
  readonly managers?: readonly string[];
  readonly guards?: readonly string[];
  readonly properties?: readonly string[];
  /** Bounds that a property takes; one that is not listed takes none. */
  readonly bounds?: Readonly<Record<string, BoundShape>>;
}

export function checkReferences(spec: Spec, known: KnownNames, report: Reporter): void {
  const services = new Set(spec.fleet.services.map((service) => service.name));
  const managers = new Set(spec.managers.map((manager) => manager.name));
  checkServices(spec, services, managers, report);
  checkCapabilities(spec, services, report);
  checkObjects(spec, services, managers, report);
  checkManagers(spec, services, managers, known, report);
  checkChanges(spec, services, managers, report);
  checkResponse(spec, report);
  tellUnused(spec, report);
  for (const cycle of findCycles(spec.fleet)) {
    const path = ["services", cycle[0]!, "needs"];
    const text = [...cycle, cycle[0]].join(" -> ");
    report({
      code: "cycle",
      severity: spec.acyclic ? "error" : "warning",
      path,
      message: `these services need each other: ${text}`,
      hint: "started from nothing, none of them comes up unless people can start one by hand (`byHand: true`)",
    });
  }
}

/** Keys of the format that nothing depends on yet: better said than passed over. */
function tellUnused(spec: Spec, report: Reporter): void {
  const unused = (path: readonly (string | number)[], what: string): void =>
    report({
      code: "no-effect",
      severity: "warning",
      path,
      atKey: true,
      message: `${what} has no effect in this version`,
    });
  for (const service of spec.fleet.services) {
    if (service.capacity === null && service.warmUp?.capacity !== undefined)
      unused(["services", service.name, "warmUp", "capacity"], "a share of a capacity that is not given");
    if (service.replicas > 1) unused(["services", service.name, "replicas"], "more than one replica");
  }
  if (spec.fleet.services.every((service) => service.capacity === null)) {
    for (const key of ["retry", "queue", "admission", "patience"] as const) {
      if (spec.demand[key === "patience" ? "patienceMs" : key] !== undefined)
        unused(["demand", key], `${key} without a service that has a \`capacity\``);
    }
  }
  if (spec.mutations.length > 0 && spec.case === null)
    unused(["mutations"], "a list of mutations without a case");
}

function checkServices(
  spec: Spec,
  services: ReadonlySet<Name>,
  managers: ReadonlySet<Name>,
  report: Reporter,
): void {
  for (const service of spec.fleet.services) {
    if (service.manager !== null && !managers.has(service.manager)) {
      report.unknown("manager", service.manager, managers, ["services", service.name, "manager"]);
    }
    service.needs.forEach((need, k) => {
      for (const name of need.kind === "any" ? need.of : [need.service]) {
        const path = ["services", service.name, "needs", k];
        if (!services.has(name)) report.unknown("service", name, services, path);
        else if (name === service.name)
          report({ code: "needs-itself", path, message: `${name} needs itself` });
      }
    });
  }
}

function checkCapabilities(spec: Spec, services: ReadonlySet<Name>, report: Reporter): void {
  const names = spec.fleet.capabilities.map((item) => item.name);
  for (const capability of spec.fleet.capabilities) {
    const path = ["capabilities", capability.name];
    for (const name of [capability.service, ...capability.alsoServices]) {
      if (name !== "" && !services.has(name))
        report.unknown("service", name, services, [
          ...path,
          capability.alsoServices.length > 0 ? "services" : "service",
        ]);
    }
    capability.fallback.forEach((item, k) => {
      if (!names.includes(item.capability))
        report.unknown("capability", item.capability, names, [...path, "fallback", k]);
    });
  }
}

function checkObjects(
  spec: Spec,
  services: ReadonlySet<Name>,
  managers: ReadonlySet<Name>,
  report: Reporter,
): void {
  const owners = new Map<Name, Name>();
  const ownable = new Set([...services, ...spec.fleet.objects.map((object) => object.name)]);
  for (const object of spec.fleet.objects) {
    const path = ["objects", object.name];
    if (!managers.has(object.manager))
      report.unknown("manager", object.manager, managers, [...path, "manager"]);
    if (services.has(object.name))
      report({ code: "same-name", path, atKey: true, message: `a service is called ${object.name} as well` });
    object.owns.forEach((name, k) => {
      if (!ownable.has(name)) report.unknown("service", name, ownable, [...path, "owns", k]);
      const other = owners.get(name);
      if (other !== undefined && other !== object.name) {
        report({
          code: "two-owners",
          path: [...path, "owns", k],
          message: `${name} is already owned by ${other}`,
        });
      }
      owners.set(name, object.name);
      if (ownsItself(object.name, owners)) {
        report({
          code: "owner-cycle",
          path: [...path, "owns", k],
          message:
            name === object.name
              ? `${name} owns itself`
              : `${object.name} owns ${name}, and ${name} owns ${object.name}, itself or over others`,
        });
        owners.delete(name);
      }
    });
  }
}

function ownsItself(name: Name, owners: ReadonlyMap<Name, Name>): boolean {
  for (let at = owners.get(name); at !== undefined; at = owners.get(at)) if (at === name) return true;
  return false;
}

function checkManagers(
  spec: Spec,
  services: ReadonlySet<Name>,
  managers: ReadonlySet<Name>,
  known: KnownNames,
  report: Reporter,
): void {
  const runsAs = new Map<Name, Name>();
  const groups = new Set(spec.fleet.regionGroups.map((group) => group.name));
  const targets = new Set([...services, ...spec.fleet.objects.map((object) => object.name)]);
  for (const manager of spec.managers) {
    const path = ["managers", manager.name];
    if (known.managers !== undefined && !known.managers.includes(manager.model)) {
      report.unknown("model", manager.model, known.managers, [...path, "model"]);
    }
    if (manager.service !== null) {
      if (!services.has(manager.service))
        report.unknown("service", manager.service, services, [...path, "service"]);
      const other = runsAs.get(manager.service);
      if (other !== undefined)
        report({
          code: "two-managers",
          path: [...path, "service"],
          message: `${manager.service} is already what the manager ${other} runs as`,
        });
      runsAs.set(manager.service, manager.name);
    }
    if (manager.deployedBy !== "people" && !managers.has(manager.deployedBy)) {
      report.unknown("manager", manager.deployedBy, ["people", ...managers], [...path, "deployedBy"]);
    }
    manager.reads.forEach((name, k) => {
      if (!services.has(name)) report.unknown("service", name, services, [...path, "reads", k]);
    });
    manager.guards.add.forEach(({ options }, k) => {
      // A list that protects services protects nothing when it misspells them.
      const listed = Array.isArray(options["services"]) ? options["services"] : [];
      for (const name of listed)
        if (!targets.has(name))
          report.unknown("service", String(name), targets, [...path, "guards", "add", k]);
    });
    if (known.guards !== undefined) {
      manager.guards.add.forEach((guard, k) => {
        if (!known.guards!.includes(guard.guard))
          report.unknown("guard", guard.guard, known.guards!, [...path, "guards", "add", k]);
      });
      manager.guards.drop.forEach((guard, k) => {
        if (!known.guards!.includes(guard))
          report.unknown("guard", guard, known.guards!, [...path, "guards", "drop", k]);
      });
    }
    manager.rollout?.waves.forEach((wave, k) => {
      for (const group of wave)
        if (!groups.has(group))
          report.unknown("region group", group, groups, [...path, "rollout", "waves", k]);
    });
  }
  checkDocuments(spec, report);
}

/** Literal documents in which two managers claim the same service. */
function checkDocuments(spec: Spec, report: Reporter): void {
  if (spec.configuration.kind !== "documents") return;
  const owner = new Map<string, string>();
  for (const { id, text } of spec.configuration.documents) {
    if (!id.startsWith("managers/")) continue;
    const stem = id.slice("managers/".length).replace(/\.yaml$/, "");
    const list = /^manages:\s*(?:\[([^\]]*)\]|((?:\s*- .*\n?)*))/m.exec(text);
    const names = (list?.[1] ?? list?.[2] ?? "")
      .split(/[,\n]/)
      .map((part) => part.replace(/^\s*-?\s*/, "").trim());
    for (const name of names.filter((part) => part !== "")) {
      const other = owner.get(name);
      if (other !== undefined && other.split(".")[0] !== stem.split(".")[0]) {
        report({
          code: "two-owners",
          path: ["configuration", "documents", id],
          message: `${name} is managed by ${other} and by ${stem}`,
        });
      }
      owner.set(name, stem);
    }
  }
}

function checkChanges(
  spec: Spec,
  services: ReadonlySet<Name>,
  managers: ReadonlySet<Name>,
  report: Reporter,
): void {
  const targets = new Set([...services, ...spec.fleet.objects.map((object) => object.name)]);
  spec.changes.forEach((change, k) => {
    const path = ["changes", k];
    const check = (name: Name, at: readonly (string | number)[]): void => {
      if (!targets.has(name)) report.unknown("service", name, targets, [...path, ...at]);
    };
    for (const item of change.intend) {
      if (item.kind === "rename" || item.kind === "migrate") check(item.service, ["intend", item.kind]);
      else for (const name of item.services) check(name, ["intend", item.kind]);
      if (item.kind === "rename") check(item.to, ["intend", "rename", "to"]);
      if (item.kind === "migrate" && !managers.has(item.to))
        report.unknown("manager", item.to, managers, [...path, "intend", "migrate", "to"]);
    }
    for (const [n, name] of (change.scope ?? []).entries()) check(name, ["scope", n]);
    change.approvals.forEach((approval, n) => {
      for (const name of approval.covers) check(name, ["approvals", n, "covers"]);
    });
  });
  spec.faults.forEach((fault, k) => {
    const names = fault.what === "crash" ? [...managers, ...services] : [...managers];
    if (!names.includes(fault.of))
      report.unknown(fault.what === "crash" ? "manager or service" : "manager", fault.of, names, [
        "faults",
        k,
        "of",
      ]);
  });
}

function checkResponse(spec: Spec, report: Reporter): void {
  const groups = spec.fleet.regionGroups.map((group) => group.name);
  spec.response.order.forEach((name, k) => {
    if (!groups.includes(name))
      report.unknown("region group", name, groups, ["response", "order", "groups", k]);
  });
  const capabilities = spec.fleet.capabilities.map((item) => item.name);
  spec.response.alert.capabilities?.forEach((name, k) => {
    if (!capabilities.includes(name))
      report.unknown("capability", name, capabilities, ["response", "alert", "capabilities", k]);
  });
}
