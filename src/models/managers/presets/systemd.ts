/** systemd, with a target as the list of what shall run. Units that manage are units like others. */
import type { Name } from "../../fleet/spec.js";
import type { Memory, Reading, Turn } from "../contract.js";
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import { durableOf } from "../memory.js";
import type { PolicyOverrides } from "../policy.js";
import { policyStep } from "../policy-step.js";
import { actOn, keepsWhatRuns, runningOwn, type StepRule, takesIn, withRestarts } from "./habits.js";

const source =
  "https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html and systemctl.html; observed with systemd 252 (--user)";

const units: PolicyOverrides = {
  trigger: "edge",
  absence: "ignore",
  error: "skipEntry",
  ownership: "label",
  cascade: "dependantsStop",
  selfManagement: "self",
  failMode: "static",
  drift: "report",
};

/** A job for a target that cannot be loaded is refused as a whole. */
const needsItsTarget =
  (step: StepRule): StepRule =>
  (policy, memory, turn) => {
    const { own } = turn.reading;
    const told = step(policy, memory, turn);
    if (own.is === "present") return told;
    const reason = { code: "error", about: turn.self.manager, text: own.error.message };
    return { ...told, memory, propose: [], waitingOn: [reason], settled: false };
  };

/** Conflicts= and what a unit is bound to may ask for no instance of the unit that manages, too. */
const stopsItselfToo =
  (step: StepRule): StepRule =>
  (policy, memory, turn) => {
    const told = step(policy, memory, turn);
    const { service } = turn.self;
    const entry = service === null ? undefined : turn.reading.entries[service];
    if (service === null || entry?.is !== "present" || entry.spec.replicas > 0) return told;
    const stop = actOn(turn, "stop", service, "explicit", `${service} shall not run`);
    return stop.length === 0 ? told : { ...told, propose: [...told.propose, ...stop], settled: false };
  };

/** A unit that runs and has a Requires= on one that does not exist: its own definition is all right. */
const withDanglingNeeds = (memory: Memory, turn: Turn): Turn => {
  const { good } = durableOf(memory);
  const known = tolerated.get(turn.reading);
  if (known?.good === good) return { ...turn, reading: known.reading };
  const entries = Object.fromEntries(
    Object.entries(turn.reading.entries).map(([name, entry]) => {
      const kept = entry.is === "unknown" && entry.error.code === "dangling-need" ? good[name] : undefined;
      return [name, kept === undefined ? entry : { is: "present" as const, spec: kept }];
    }),
  );
  const reading = { ...turn.reading, entries };
  tolerated.set(turn.reading, { good, reading });
  return { ...turn, reading };
};
/** Equal readings stay one object, since what follows from a reading is remembered by it. */
const tolerated = new WeakMap<Reading, { readonly good: object; readonly reading: Reading }>();

const started: StepRule = stopsItselfToo(keepsWhatRuns(needsItsTarget(policyStep)));

/** Every unit that is named, if it and all that it requires can be loaded, and nothing of it goes in a circle. */
const restartsUnits: StepRule = (policy, memory, turn) => {
  const step = policyStep(policy, memory, turn);
  const startable = new Set(runningOwn(turn).filter((name) => isStartable(turn, name, [])));
  const propose = step.propose.filter(
    ({ do: what, target }) => what === "stop" || (what === "update" && startable.has(target.service)),
  );
  const told = { ...step, propose };
  if (!takesIn(policy, memory, turn, step) || turn.reading.whole === "unreadable") return told;
  return { ...told, ...withRestarts(told, turn, [...startable]), settled: false };
};

function isStartable(turn: Turn, name: Name, path: readonly Name[]): boolean {
  const entry = turn.reading.entries[name];
  if (path.includes(name) || entry?.is !== "present" || entry.spec.replicas === 0) return false;
  return entry.spec.needs.every((need) => isStartable(turn, need, [...path, name]));
}

export const systemd: readonly ManagerModel[] = [
  defineManager({
    name: "systemd/start",
    about:
      "daemon-reload and start of a target: starts what is new; what is gone or broken runs on as it was started",
    source,
    policy: units,
    step: started,
  }),
  defineManager({
    name: "systemd/isolate",
    about:
      "stops what the target does not want or cannot load, and what requires that; refused without AllowIsolate=",
    source,
    policy: { ...units, absence: "prune", error: "removeEntry" },
    step: (policy, memory, turn) => started(policy, memory, withDanglingNeeds(memory, turn)),
  }),
  defineManager({
    name: "systemd/try-reload-or-restart",
    about:
      "restarts the units that it is given; those that cannot be loaded, or require such a one, are left as they are",
    source,
    policy: units,
    step: stopsItselfToo(restartsUnits),
  }),
];
