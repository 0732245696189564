/**
 * What real managers do that no policy axis says, as steps around the step of the policy. A verb that people type
 * (`supervisorctl update`, `helm upgrade`) is run once for each version of the configuration.
 */
import type { Name } from "../../fleet/spec.js";
import type { Action, ActionKind, Cause, Memory, Reason, Step, Turn } from "../contract.js";
import { durableOf } from "../memory.js";
import type { Policy } from "../policy.js";
import { policyStep } from "../policy-step.js";

export type StepRule = (policy: Policy, memory: Memory, turn: Turn) => Step;

/**
 * Is there a configuration that it has not acted on yet, and not the one that it started with? A change that only takes
 * documents away brings no newer version, but it is told of it.
 */
export function isNewVersion(memory: Memory, { reading, why }: Turn): boolean {
  const { manages, version } = durableOf(memory);
  return manages !== null && (reading.version !== version || why === "edit");
}

/** Has the step of the policy just taken a new version in, neither halted by an error in it nor kept from acting? */
export function takesIn({ error }: Policy, memory: Memory, turn: Turn, told: Step): boolean {
  if (!isNewVersion(memory, turn) || durableOf(told.memory).version !== turn.reading.version) return false;
  return error !== "haltAll" || errorIn(turn) === null;
}

/** The first thing that is wrong in what it reads: its own entry, or an entry of its own. */
export function errorIn({ reading, self }: Turn): Reason | null {
  if (reading.whole === "unreadable")
    return { code: "error", about: "configuration", text: "the configuration could not be read" };
  if (reading.own.is === "unknown")
    return { code: "error", about: self.manager, text: reading.own.error.message };
  for (const [about, entry] of Object.entries(reading.entries)) {
    if (entry.is === "unknown") return { code: "error", about, text: entry.error.message };
  }
  return null;
}

/** Names of what runs under its label, without what it runs as itself. */
export const runningOwn = ({ seen, self }: Turn): readonly Name[] =>
  Object.entries(seen.services)
    .filter(
      ([name, { label, running }]) => name !== self.service && label === self.manager && running.length > 0,
    )
    .map(([name]) => name);

/** One action on all places where the service runs and nobody works on it. */
export function actOn(
  turn: Turn,
  what: ActionKind,
  service: Name,
  cause: Cause,
  text: string,
): readonly Action[] {
  const { running = [], busy = [] } = turn.seen.services[service] ?? {};
  const places = running.filter((place) => !busy.includes(place));
  if (places.length === 0) return [];
  const basedOn = {
    version: turn.reading.version,
    seenRevision: turn.seen.revision,
    epoch: turn.lease.epoch,
  };
  const because = [{ code: cause, about: service, text }];
  return [{ do: what, target: { service, places }, cause, because, basedOn }];
}

const isRemoval = ({ do: what }: Action): boolean => what === "delete" || what === "stop";

/** A process that runs keeps running as it was started, whatever its definition says by now. */
export const keepsWhatRuns =
  (step: StepRule): StepRule =>
  (policy, memory, turn) => {
    const told = step(policy, memory, turn);
    const propose = told.propose.filter((action) => action.do !== "update");
    return propose.length === told.propose.length ? told : { ...told, propose };
  };

/**
 * What can be read is applied; what is missing is removed only when nothing at all is wrong. Such a version is none to
 * compare the next one with.
 */
export const prunesNothingBesideErrors: StepRule = (policy, memory, turn) => {
  const step = policyStep(policy, memory, turn);
  if (errorIn(turn) === null) return step;
  return { ...step, memory, propose: step.propose.filter((action) => !isRemoval(action)), settled: false };
};

/** What an object owned that is gone, or is just going, was created by it: nobody creates it again. */
export const leavesCollected: StepRule = (policy, memory, turn) => {
  const step = policyStep(policy, memory, turn);
  const going = new Set(step.propose.filter(isRemoval).map(({ target }) => target.service));
  const gone = turn.self.objects.filter(({ name }) => !turn.seen.objects.includes(name) || going.has(name));
  const isCollected = ({ do: what, target }: Action): boolean =>
    what === "deploy" && gone.some(({ owns }) => owns.includes(target.service));
  const propose = step.propose.filter((action) => !isCollected(action));
  return propose.length === step.propose.length ? step : { ...step, propose };
};

/** Whether it changed or not, everything that the new version lists is restarted. */
export const restartsAll =
  (step: StepRule): StepRule =>
  (policy, memory, turn) => {
    const told = step(policy, memory, turn);
    if (!takesIn(policy, memory, turn, told)) return told;
    const listed = runningOwn(turn).filter((name) => wants(turn, name));
    return { ...told, ...withRestarts(told, turn, listed), settled: false };
  };

/** Is it listed, and with at least one replica? */
function wants({ reading }: Turn, name: Name): boolean {
  const entry = reading.entries[name];
  if (entry?.is !== "present" || entry.spec.replicas === 0) return false;
  return reading.own.is !== "present" || reading.own.spec.manages.includes(name);
}

/** The proposals with restarts of those services that none of them is about. */
export function withRestarts(step: Step, turn: Turn, services: readonly Name[]): Pick<Step, "propose"> {
  const others = new Set(step.propose.map((action) => action.target.service));
  const restarts = services
    .filter((name) => !others.has(name))
    .flatMap((name) =>
      actOn(turn, "restart", name, "explicit", `version ${turn.reading.version} is applied`),
    );
  return { propose: [...step.propose, ...restarts] };
}

const quiet = (policy: Policy, memory: Memory): Step => ({
  memory,
  propose: [],
  policy,
  wakeAtMs: null,
  waitingOn: [],
});

/** The process ends, whatever it was asked to do; what runs is left alone. */
export const exitsBecause = (reason: Reason, policy: Policy, memory: Memory): Step => ({
  ...quiet(policy, memory),
  ends: { as: "exited", because: reason },
});

/** It stops all that it runs and, once that is done, ends itself; one that has just begun ends at once. */
export function stopsAllAndExits(reason: Reason, policy: Policy, memory: Memory, turn: Turn): Step {
  const left = durableOf(memory).manages === null ? [] : runningOwn(turn);
  if (left.length === 0) return exitsBecause(reason, policy, memory);
  const propose = left.flatMap((name) => actOn(turn, "delete", name, "error", reason.text));
  return { ...quiet(policy, memory), propose, waitingOn: [reason] };
}

/** The verb that undoes: for every new version, whatever it says, `which` of what runs is removed. */
export const removesOnce =
  (which: (memory: Memory, turn: Turn) => readonly Name[], text: string): StepRule =>
  (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    if (!takesIn(policy, memory, turn, step)) return { ...step, propose: [] };
    const propose = which(memory, turn).flatMap((name) => actOn(turn, "delete", name, "explicit", text));
    return { ...step, propose, settled: false };
  };
