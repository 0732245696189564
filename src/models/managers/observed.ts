/**
 * Managers as they were observed or reported, each with one habit that no policy axis says. They are here because every
 * property needs a manager that breaks it.
 */
import type { Json } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";
import type { Action, Memory, Step, Turn } from "./contract.js";
import { defineManager } from "./define-manager.js";
import { bootMemory, durableOf } from "./memory.js";
import { policyStep } from "./policy-step.js";

const basedOn = (turn: Turn): Action["basedOn"] => ({
  version: turn.reading.version,
  seenRevision: turn.seen.revision,
  epoch: turn.lease.epoch,
});

const isRemoval = ({ do: what }: Action): boolean => what === "delete" || what === "stop";

/** After a stall of the control plane every heartbeat looked old, and everything was evicted. */
export const evicting = defineManager({
  name: "evicting",
  about: "removes what does not answer, to start it again elsewhere (eviction, kubernetes #24200)",
  policy: { trigger: "levelResync", absence: "tombstoneOnly", ownership: "inventory" },
  watchesHealth: true,
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    const evictions = Object.entries(turn.seen.services).flatMap(([service, seen]): readonly Action[] => {
      const places = seen.label === turn.self.manager ? (seen.ailing ?? []) : [];
      const idle = places.filter((place) => !seen.busy.includes(place));
      if (idle.length === 0) return [];
      const because = [{ code: "health", about: service, text: `${service} does not answer` }];
      const target = { service, places: idle };
      return [{ do: "delete", target, cause: "health", because, basedOn: basedOn(turn) }];
    });
    return evictions.length === 0
      ? step
      : { ...step, propose: [...evictions, ...step.propose], settled: false };
  },
});

/** Actions that are marked for deletion, kept in the durable memory beside what every manager remembers. */
const queueOf = (memory: Memory): readonly Action[] =>
  ((memory.durable as { readonly queue?: Json }).queue as unknown as readonly Action[] | undefined) ?? [];

const withQueue = (memory: Memory, queue: readonly Action[]): Memory => ({
  durable: { ...(memory.durable as object), queue: queue as unknown as Json },
  volatile: memory.volatile,
});

/** Deletions that wait for their finalizers outlive the manager: installed again, it goes on where it stopped. */
export const unfinished = defineManager({
  name: "unfinished",
  about:
    "marks for deletion and works the marks off one by one, also when it is installed again (finalizers, argo-cd #6046)",
  policy: {
    trigger: "levelResync",
    absence: "prune",
    error: "treatEmpty",
    ownership: "inventory",
    failMode: "destructive",
  },
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    const exists = ({ target }: Action): boolean =>
      (turn.seen.services[target.service]?.running.length ?? 0) > 0;
    const queue = queueOf(memory).filter(exists);
    const marked = new Set(queue.map((action) => action.target.service));
    const added = step.propose.filter((action) => isRemoval(action) && !marked.has(action.target.service));
    const left = [...queue, ...added];
    const next = left[0];
    const others = step.propose.filter((action) => !isRemoval(action));
    return {
      ...step,
      memory: withQueue(step.memory, left),
      propose: next === undefined ? others : [next, ...others],
      settled: step.settled === true && left.length === 0,
      wakeAtMs: next === undefined ? step.wakeAtMs : turn.nowMs + policy.reconcileMs,
    };
  },
});

/** Owners that cannot be resolved look absent, but only to a controller that has started since. */
export const forgetful = defineManager({
  name: "forgetful",
  about:
    "keeps its inventory in the process; restarted, it collects what carries its label and cannot be read (kubernetes #65200)",
  policy: {
    trigger: "levelResync",
    absence: "prune",
    error: "lastKnownGoodEntry",
    ownership: "label",
    drift: "report",
  },
  boot: () => bootMemory(null),
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    const { good } = durableOf(memory);
    const garbage = Object.entries(turn.reading.entries).flatMap(([service, entry]): readonly Action[] => {
      const seen = turn.seen.services[service];
      if (entry.is !== "unknown" || good[service] !== undefined || service === turn.self.service) return [];
      if (seen?.label !== turn.self.manager || seen.running.length === 0) return [];
      const text = `${service} carries the label and nothing is known of it`;
      return [
        {
          do: "delete",
          target: { service, places: seen.running },
          cause: "garbage",
          because: [{ code: "garbage", about: service, text }],
          basedOn: basedOn(turn),
        },
      ];
    });
    return garbage.length === 0 ? step : { ...step, propose: [...garbage, ...step.propose], settled: false };
  },
});

const applied = (memory: Memory): readonly Name[] | null =>
  ((memory.durable as { readonly applied?: Json }).applied as readonly Name[] | undefined) ?? null;

/** Two files with the project name of their folder are one project: what the other file brought is an orphan. */
export const lastWins = defineManager({
  name: "last-wins",
  about:
    "takes what was applied last for all there is: what the file before brought is an orphan (compose --remove-orphans, #9742)",
  policy: { trigger: "levelResync", absence: "tombstoneOnly", ownership: "inventory", drift: "report" },
  step: (policy, memory, turn) => {
    const { good, version } = durableOf(memory);
    const before = applied(memory);
    const step = policyStep(policy, memory, turn);
    const changed = Object.entries(turn.reading.entries)
      .filter(([name, entry]) => entry.is === "present" && good[name]?.revision !== entry.spec.revision)
      .map(([name]) => name);
    const newer = version > 0 && turn.reading.version > version && changed.length > 0;
    const project = newer ? changed : before;
    const keep = (of: Step): Step =>
      project === null
        ? of
        : {
            ...of,
            memory: {
              durable: { ...(of.memory.durable as object), applied: project },
              volatile: of.memory.volatile,
            },
          };
    if (!newer || before === null) return keep(step);
    const orphans = before.flatMap((service): readonly Action[] => {
      const running = turn.seen.services[service]?.running ?? [];
      if (changed.includes(service) || running.length === 0) return [];
      const text = `${service} is not in the file that was applied last`;
      return [
        {
          do: "delete",
          target: { service, places: running },
          cause: "omitted",
          because: [{ code: "omitted", about: service, text }],
          basedOn: basedOn(turn),
        },
      ];
    });
    return keep({ ...step, propose: [...orphans, ...step.propose], settled: false });
  },
});

/** A scale of zero is nobody's field: a manifest without a count leaves it as it is. */
export const oneWay = defineManager({
  name: "one-way",
  about:
    "scales to zero before it deletes, and does not touch the scale again when the service is wanted (kubectl apply without replicas)",
  policy: {
    trigger: "levelResync",
    absence: "prune",
    error: "lastKnownGoodEntry",
    ownership: "inventory",
    softDelete: "quarantine",
  },
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    const starts = ({ do: what, target }: Action): boolean => {
      const stopped = turn.seen.services[target.service]?.stopped ?? [];
      return what === "deploy" && target.places.every((place) => stopped.includes(place));
    };
    return { ...step, propose: step.propose.filter((action) => !starts(action)) };
  },
});

/** What is wrong with what it would have to run by: the source as a whole, or its own entry. */
function unusable({ reading, self }: Turn): string | null {
  if (reading.whole === "unreadable") return "the configuration could not be read";
  return reading.own.is === "unknown" ? `${self.manager} cannot use ${reading.own.error.message}` : null;
}

/** Seen on this machine: monit ends on 9 of 23 damaged files after SIGHUP, its services run on without it. */
export const exiting = defineManager({
  name: "exiting",
  about:
    "ends itself on a configuration that it cannot use, and leaves the services alone (monit and SIGHUP)",
  policy: { trigger: "level", absence: "tombstoneOnly", ownership: "inventory" },
  step: (policy, memory, turn) => endsWhen(unusable(turn), "exited", turn, policyStep(policy, memory, turn)),
});

/** Seen on this machine: supervisord reads a file without its own sections and runs on without a control socket. */
export const wedging = defineManager({
  name: "wedging",
  about:
    "runs on without listening to anybody once its own section is damaged (supervisord reload without a control socket)",
  policy: { trigger: "level", absence: "tombstoneOnly", ownership: "inventory" },
  step: (policy, memory, turn) => endsWhen(unusable(turn), "wedged", turn, policyStep(policy, memory, turn)),
});

function endsWhen(problem: string | null, as: "exited" | "wedged", turn: Turn, step: Step): Step {
  if (problem === null) return step;
  return {
    ...step,
    propose: [],
    ends: { as, because: { code: "error", about: turn.self.manager, text: problem } },
  };
}
