/** Which services a manager proposes to remove, and why: the axes ownership, absence, cascade, softDelete. */
import type { Name } from "../fleet/spec.js";
import type { Action, ActionKind, Cause, PlaceSet, Reason, Turn } from "./contract.js";
import type { Desired } from "./desired-state.js";
import type { DurableMemory } from "./memory.js";
import type { Policy } from "./policy.js";

interface Removal {
  readonly service: Name;
  readonly cause: Cause;
  readonly because: readonly Reason[];
}

const reason = (code: string, about: Name, text: string): Reason => ({ code, about, text });

/** Names that the manager takes for its own. */
export function owned(
  policy: Policy,
  memory: DurableMemory,
  desired: Desired,
  turn: Turn,
): ReadonlySet<Name> {
  const names = new Set<Name>();
  const { seen, self } = turn;
  const objects = new Set(self.objects.map((object) => object.name));
  switch (policy.ownership) {
    case "inventory":
      for (const name of Object.keys(memory.inventory)) names.add(name);
      break;
    case "globalMap":
      for (const name of [...(memory.manages ?? []), ...desired.manages]) names.add(name);
      for (const name of desired.ticketed.keys()) {
        if (memory.good[name] !== undefined || seen.services[name]?.label === self.manager) names.add(name);
      }
      for (const name of Object.keys(memory.before)) names.add(name);
      break;
    default:
      for (const [name, service] of Object.entries(seen.services)) {
        if (policy.ownership === "label" && service.label === self.manager) names.add(name);
        if (policy.ownership === "ownerRef" && service.owner !== null) {
          if (service.owner === self.manager || objects.has(service.owner)) names.add(name);
        }
      }
  }
  for (const object of seen.objects) names.add(object);
  if (self.service !== null && policy.selfManagement !== "self") names.delete(self.service);
  return names;
}

/** Removals of the plan in order: owners before what they own, unless the cascade is foreground. */
export function removals(
  policy: Policy,
  memory: DurableMemory,
  desired: Desired,
  turn: Turn,
  mine: ReadonlySet<Name>,
): readonly Removal[] {
  const direct = new Map<Name, Removal>();
  for (const name of mine) {
    const removal = directRemoval(policy, memory, desired, turn, name);
    if (removal !== null) direct.set(name, removal);
  }
  const { self } = turn;
  if (desired.ownRemoved !== null && self.service !== null) {
    direct.set(self.service, { service: self.service, cause: "error", because: [desired.ownRemoved] });
  }
  return withCascade(policy, desired, turn, mine, direct);
}

function directRemoval(
  policy: Policy,
  memory: DurableMemory,
  desired: Desired,
  turn: Turn,
  service: Name,
): Removal | null {
  if (desired.handsOff.has(service)) return null;
  if (service === turn.self.service && desired.ownRemoved === null && desired.emptied === null) {
    if (turn.reading.own.is === "unknown") return null;
  }
  const failed = desired.failed.get(service);
  if (failed !== undefined) return { service, cause: "error", because: [failed] };
  if (desired.wanted.has(service)) return null;
  if (policy.trigger === "edge" && memory.before[service] === undefined) return null;
  const ticket = desired.ticketed.get(service);
  if (ticket !== undefined) {
    if (policy.absence === "ignore") return null;
    return {
      service,
      cause: "explicit",
      because: [reason("ticket", service, `${ticket.id} removes ${service}`)],
    };
  }
  if (policy.absence !== "prune") return null;
  if (desired.emptied !== null) return { service, cause: "error", because: [desired.emptied] };
  if (turn.self.objects.some((object) => !object.prune && object.owns.includes(service))) return null;
  return {
    service,
    cause: "omitted",
    because: [reason("omitted", service, `${service} is no longer in the configuration`)],
  };
}

/** Is there anything that could go because something else goes? */
const mayCascade = (policy: Policy, desired: Desired, { self }: Turn): boolean =>
  policy.cascade === "dependantsStop" ||
  self.objects.length > 0 ||
  (desired.ownRemoved !== null && policy.cascade !== "none" && policy.cascade !== "orphan");

function withCascade(
  policy: Policy,
  desired: Desired,
  turn: Turn,
  mine: ReadonlySet<Name>,
  direct: ReadonlyMap<Name, Removal>,
): readonly Removal[] {
  if (!mayCascade(policy, desired, turn)) return [...direct.values()];
  const plan: Removal[] = [];
  const planned = new Set<Name>();
  const add = (removal: Removal): void => {
    if (planned.has(removal.service)) return;
    planned.add(removal.service);
    plan.push(removal);
  };
  for (const removal of direct.values()) {
    const follow = followers(policy, desired, turn, mine, removal).filter(
      (item) => !direct.has(item.service),
    );
    if (policy.cascade === "foreground") for (const item of follow) add(item);
    add(removal);
    if (policy.cascade !== "foreground") for (const item of follow) add(item);
  }
  return plan;
}

/** What goes because `owner` goes, and because that goes: an object may own others. */
function followers(
  policy: Policy,
  desired: Desired,
  turn: Turn,
  mine: ReadonlySet<Name>,
  owner: Removal,
): readonly Removal[] {
  const { self, seen } = turn;
  const found: Removal[] = [];
  const met = new Set<Name>([owner.service]);
  const follow = (above: Removal): void => {
    const object = self.objects.find((item) => item.name === above.service);
    for (const { name, code } of takenAlong(policy, desired, turn, mine, above.service, object)) {
      if (met.has(name) || (seen.services[name] === undefined && !seen.objects.includes(name))) continue;
      met.add(name);
      const verb = code === "requires" ? "requires" : "is owned by";
      const because = [
        ...above.because,
        reason(code, above.service, `${name} ${verb} ${above.service}, which is removed`),
      ];
      const removal: Removal = { service: name, cause: "cascade", because };
      found.push(removal);
      if (seen.services[name] === undefined) follow(removal);
    }
  };
  follow(owner);
  return found;
}

/** What the removal of one owner takes along, one step down. */
function takenAlong(
  policy: Policy,
  desired: Desired,
  turn: Turn,
  mine: ReadonlySet<Name>,
  owner: Name,
  object: Turn["self"]["objects"][number] | undefined,
): readonly { readonly name: Name; readonly code: "owner-removed" | "requires" }[] {
  const { self } = turn;
  let names: readonly Name[] = [];
  let mode: string = policy.cascade;
  if (object !== undefined) {
    names = object.owns;
    if (object.finalizer !== "none") mode = object.finalizer === "cascade" ? "background" : "orphan";
    if (mode === "orphan") return [];
  } else if (owner === self.service && desired.ownRemoved !== null) {
    names = [...mine].filter((name) => name !== self.service);
  }
  const stops = policy.cascade === "dependantsStop";
  if (stops) names = transitiveDependants(turn, owner);
  if (mode === "none" || mode === "orphan") return [];
  return names.map((name) => ({ name, code: stops ? "requires" : "owner-removed" }));
}

function transitiveDependants(turn: Turn, service: Name): readonly Name[] {
  const found = new Set<Name>();
  const queue = [service];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const name of turn.seen.services[next]?.dependants ?? []) {
      if (!found.has(name) && name !== service) {
        found.add(name);
        queue.push(name);
      }
    }
  }
  return [...found];
}

/** Owned services that an orphaning cascade lets go of. */
export function orphaned(
  policy: Policy,
  desired: Desired,
  turn: Turn,
  mine: ReadonlySet<Name>,
): readonly Name[] {
  const { self } = turn;
  const names: Name[] = [];
  if (desired.ownRemoved !== null && policy.cascade === "orphan") {
    for (const name of mine) if (name !== self.service) names.push(name);
  }
  for (const object of self.objects) {
    const goes =
      desired.ticketed.has(object.name) || (policy.absence === "prune" && !desired.wanted.has(object.name));
    const lets =
      object.finalizer === "orphan" || (object.finalizer === "none" && policy.cascade === "orphan");
    if (goes && lets && turn.seen.objects.includes(object.name)) names.push(...object.owns);
  }
  return names.filter((name) => turn.seen.services[name]?.label === self.manager);
}

/** The actions that carry out one removal now, given the soft-delete axis; the quarantine is what is still waiting. */
export function removalActions(
  policy: Policy,
  turn: Turn,
  quarantine: Record<Name, number>,
  removal: Removal,
  basedOn: Action["basedOn"],
): readonly Action[] {
  const act = (what: ActionKind, places: PlaceSet): Action => ({
    do: what,
    target: { service: removal.service, places },
    cause: removal.cause,
    because: removal.because,
    basedOn,
  });
  const seen = turn.seen.services[removal.service];
  if (seen === undefined) {
    return turn.seen.objects.includes(removal.service) ? [act("delete", ["global"])] : [];
  }
  const stops = removal.cause === "cascade" && policy.cascade === "dependantsStop";
  if (stops) return seen.running.length > 0 ? [act("stop", seen.running)] : [];
  const all = seen.stopped.length === 0 ? seen.running : [...seen.running, ...seen.stopped];
  if (policy.softDelete === "none") return all.length > 0 ? [act("delete", all)] : [];
  if (seen.running.length > 0) {
    quarantine[removal.service] ??= turn.nowMs;
    return [act("stop", seen.running)];
  }
  if (seen.stopped.length === 0) return [];
  const since = (quarantine[removal.service] ??= turn.nowMs);
  if (policy.softDelete === "quarantine" && turn.nowMs < since + policy.quarantineMs) return [];
  return [act("delete", seen.stopped)];
}
