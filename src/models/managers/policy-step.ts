/** The step of a manager that is nothing but its policy: compare what is wanted with what is seen, propose the rest. */
import type { Name } from "../fleet/spec.js";
import type { Action, Memory, PlaceSet, Reason, Step, Turn, Watch } from "./contract.js";
import { type Desire, rememberedDesire } from "./desire-memo.js";
import type { Desired } from "./desired-state.js";
import { type DurableMemory, durableOf, remember } from "./memory.js";
import type { Policy } from "./policy.js";
import { orphaned, owned, removalActions, removals } from "./removals.js";
import { keptOverrides, policyInForce } from "./stored-policy.js";

export function policyStep(base: Policy, memory: Memory, turn: Turn): Step {
  const durable = durableOf(memory);
  const policy = policyInForce(base, turn.reading, durable.policy);
  const refusal = mayNotAct(policy, durable, turn);
  if (refusal !== null)
    return { memory, propose: [], policy, wakeAtMs: nextWake(policy, turn, {}), waitingOn: [refusal] };
  const desire = rememberedDesire(policy, durable, turn);
  const { desired } = desire;
  if (desired.halted !== null) {
    return {
      memory,
      propose: [],
      policy,
      wakeAtMs: nextWake(policy, turn, {}),
      waitingOn: desired.waitingOn,
    };
  }
  const known = afterReading(base, durable, desire, turn);
  const basedOn = {
    version: turn.reading.version,
    seenRevision: turn.seen.revision,
    epoch: turn.lease.epoch,
  };
  const quarantine: Record<Name, number> = { ...durable.quarantine };
  const waitingOn: Reason[] = [...desired.waitingOn];
  const deploys = deployments(policy, durable, desired, turn, basedOn, waitingOn);
  const mine = owned(policy, known, desired, turn);
  const plannedRemovals = removals(policy, known, desired, turn, mine);
  const removing: Action[] = [];
  for (const removal of plannedRemovals)
    removing.push(...removalActions(policy, turn, quarantine, removal, basedOn));
  for (const name of Object.keys(quarantine)) {
    if (!plannedRemovals.some((removal) => removal.service === name)) delete quarantine[name];
  }
  const releases = orphaned(policy, desired, turn, mine).map(
    (service): Action => ({
      do: "release",
      target: { service, places: turn.seen.services[service]?.running ?? [] },
      cause: "cascade",
      because: [
        { code: "owner-removed", about: service, text: `the owner of ${service} is removed; it is let go` },
      ],
      basedOn,
    }),
  );
  const fingerprint = removing
    .map((action) => `${action.do} ${action.target.service} ${action.cause}`)
    .join(";");
  const onlyPlanned = policy.dryRun === "plan" && removing.length > 0 && durable.planned !== fingerprint;
  const propose = [...releases, ...(onlyPlanned ? [] : removing), ...deploys];
  const next: DurableMemory = {
    ...known,
    inventory: inventoryAfter(known, desired, turn, propose),
    quarantine: sameRecord(durable.quarantine, quarantine) ? durable.quarantine : quarantine,
    planned: fingerprint,
  };
  const wake = onlyPlanned ? turn.nowMs + policy.reconcileMs : nextWake(policy, turn, quarantine);
  return {
    memory: remember(memory, next),
    propose,
    policy,
    wakeAtMs: wake,
    waitingOn,
    watch: watches(policy, desire, turn, mine),
    settled: propose.length === 0 && !onlyPlanned && Object.keys(quarantine).length === 0,
  };
}

function mayNotAct(policy: Policy, durable: DurableMemory, turn: Turn): Reason | null {
  if (policy.versioning === "leaseFencing" && !turn.lease.held) {
    return { code: "lease", about: turn.self.manager, text: "another instance holds the lease" };
  }
  if (policy.versioning !== "none" && turn.reading.version < durable.version) {
    return {
      code: "stale-version",
      about: "configuration",
      text: `version ${turn.reading.version} is older than ${durable.version}`,
    };
  }
  if (turn.seen.fault === "error") {
    return { code: "list", about: turn.self.manager, text: "the inventory of the world could not be listed" };
  }
  return null;
}

/** What stays known once the reading is taken in: last good entries and the list of what it manages. */
function afterReading(base: Policy, durable: DurableMemory, desire: Desire, turn: Turn): DurableMemory {
  const newVersion = turn.reading.version !== durable.version;
  if (!newVersion && durable.manages !== null) return durable;
  const good = (desire.good ??= Object.fromEntries(desire.desired.wanted));
  return {
    ...durable,
    version: turn.reading.version,
    good,
    before: durable.manages === null ? good : durable.good,
    manages: turn.reading.own.is === "present" ? turn.reading.own.spec.manages : durable.manages,
    policy: keptOverrides(base, turn.reading, durable.policy),
  };
}

function deployments(
  policy: Policy,
  durable: DurableMemory,
  desired: Desired,
  turn: Turn,
  basedOn: Action["basedOn"],
  waitingOn: Reason[],
): readonly Action[] {
  const actions: Action[] = [];
  const first = durable.manages === null;
  const act = (
    what: "deploy" | "update" | "stop",
    service: Name,
    places: PlaceSet,
    cause: "drift" | "explicit",
    text: string,
  ): void => {
    actions.push({
      do: what,
      target: { service, places },
      cause,
      because: [{ code: cause, about: service, text }],
      basedOn,
    });
  };
  const editing = turn.why !== "observed" && turn.why !== "resync";
  for (const [name, entry] of desired.wanted) {
    const seen = turn.seen.services[name];
    if (seen === undefined || name === turn.self.service) continue;
    if (entry.replicas === 0) {
      if (seen.running.length > 0)
        act("stop", name, seen.running, "explicit", `the entry of ${name} asks for no replica`);
      continue;
    }
    const added = !first && durable.good[name] === undefined;
    const missing =
      entry.regions === null ? seen.missing : seen.missing.filter((place) => entry.regions?.includes(place));
    if (missing.length > 0) {
      if (added) act("deploy", name, missing, "explicit", `${name} is new in the configuration`);
      else if (policy.trigger === "edge") continue;
      else if (policy.drift === "redeploy")
        act("deploy", name, missing, "drift", `${name} is configured and not there`);
      else
        waitingOn.push({
          code: "missing",
          about: name,
          text: `${name} is configured and not there; people have to start it`,
        });
    }
    // What it had stopped as the first half of a deletion, and is wanted again.
    if (durable.quarantine[name] !== undefined && seen.stopped.length > 0)
      act("deploy", name, seen.stopped, "explicit", `the removal of ${name} was taken back`);
    // What cannot be read now is left as it is: the last good entry is no reason to roll anything out.
    const readable = turn.reading.entries[name]?.is === "present";
    const changed =
      readable && seen.revision !== null && seen.revision !== entry.revision && seen.running.length > 0;
    if (changed && (policy.trigger !== "edge" || editing)) {
      act("update", name, seen.running, "explicit", `the entry of ${name} changed`);
    }
  }
  if (
    policy.selfManagement === "peerCell" &&
    turn.self.service !== null &&
    turn.seen.peersMissing.length > 0
  ) {
    act("deploy", turn.self.service, turn.seen.peersMissing, "drift", "a peer is gone");
  }
  return actions;
}

/** Inventory: what it saw running under its own label when it first looked, what it deploys, less what it removes. */
function inventoryAfter(
  known: DurableMemory,
  desired: Desired,
  turn: Turn,
  propose: readonly Action[],
): DurableMemory["inventory"] {
  const next: Record<Name, string> = { ...known.inventory };
  for (const [name, entry] of desired.wanted) {
    if (turn.seen.services[name]?.label === turn.self.manager) next[name] = entry.revision;
  }
  for (const action of propose) {
    if (action.do === "deploy") next[action.target.service] ??= "";
  }
  for (const name of Object.keys(next)) {
    const seen = turn.seen.services[name];
    const gone = seen !== undefined && seen.running.length + seen.stopped.length + seen.busy.length === 0;
    if (gone && !desired.wanted.has(name)) delete next[name];
  }
  return sameRecord(known.inventory, next) ? known.inventory : next;
}

function sameRecord<T>(a: Readonly<Record<Name, T>>, b: Readonly<Record<Name, T>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function nextWake(policy: Policy, turn: Turn, quarantine: Readonly<Record<Name, number>>): number | null {
  let wake = policy.trigger === "levelResync" ? turn.nowMs + policy.resyncMs : Number.POSITIVE_INFINITY;
  if (policy.softDelete === "quarantine") {
    for (const since of Object.values(quarantine)) {
      if (since + policy.quarantineMs > turn.nowMs) wake = Math.min(wake, since + policy.quarantineMs);
    }
  }
  return Number.isFinite(wake) ? wake : null;
}

/** Only what could change its mind wakes it: a wanted service that vanishes, one of its own that it does not want. */
function watches(policy: Policy, desire: Desire, turn: Turn, mine: ReadonlySet<Name>): Watch {
  if (policy.trigger === "edge") return noWatch;
  const { desired, watch: known } = desire;
  if (known !== null && sameNames(known.mine, mine)) return known.watch;
  const vanished = policy.drift === "redeploy" ? [...desired.wanted.keys()] : [];
  if (policy.selfManagement === "peerCell" && turn.self.service !== null) vanished.push(turn.self.service);
  // What carries a label or an owner may turn up anywhere; an inventory and a map know all of their names.
  const byName = policy.ownership === "inventory" || policy.ownership === "globalMap";
  const appeared = (byName ? [...mine] : Object.keys(turn.seen.services)).filter(
    (name) => !desired.wanted.has(name),
  );
  // Nor shall what is configured with no replica run, whoever started it.
  const none = [...desired.wanted].flatMap(([name, { replicas }]) => (replicas === 0 ? [name] : []));
  const watch = { vanished, appeared: none.length === 0 ? appeared : [...appeared, ...none] };
  desire.watch = { mine, watch };
  return watch;
}

const noWatch = { vanished: [], appeared: [] };

function sameNames(a: ReadonlySet<Name>, b: ReadonlySet<Name>): boolean {
  if (a.size !== b.size) return false;
  for (const name of a) if (!b.has(name)) return false;
  return true;
}
