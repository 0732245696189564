/** What guards see, by hand: a small world with one manager, everything overridable. */
import type { GuardContext } from "../../src/models/guards/guard.js";
import type {
  Action,
  Cause,
  EntrySpec,
  Observation,
  Reading,
  SeenService,
} from "../../src/models/managers/contract.js";
import { plainPolicy } from "../../src/models/managers/define-manager.js";

export const basedOn = { version: 2, seenRevision: 1, epoch: 1 };

export function removal(service: string, cause: Cause = "omitted", more: Partial<Action> = {}): Action {
  return { do: "delete", target: { service, places: ["a"] }, cause, because: [], basedOn, ...more };
}

export function seenService(more: Partial<SeenService> = {}): SeenService {
  return {
    placement: "regional",
    running: ["a"],
    missing: [],
    stopped: [],
    busy: [],
    label: "m",
    owner: "m",
    dependants: [],
    revision: "r",
    ...more,
  };
}

export function entrySpec(name: string, more: Partial<EntrySpec> = {}): EntrySpec {
  return {
    name,
    manager: "m",
    needs: [],
    regions: null,
    replicas: 1,
    protect: false,
    revision: "r",
    ...more,
  };
}

export function observation(services: Observation["services"], more: Partial<Observation> = {}): Observation {
  return { atMs: 0, revision: 1, fault: "none", services, objects: [], peersMissing: [], ...more };
}

export function reading(entries: Reading["entries"], more: Partial<Reading> = {}): Reading {
  return {
    version: 2,
    whole: "complete",
    entries,
    own: { is: "present", spec: { name: "m", service: "mgr", manages: [] } },
    policy: null,
    guards: null,
    ...more,
  };
}

export function guardContext(more: Partial<GuardContext> = {}): GuardContext {
  return {
    nowMs: 0,
    self: { manager: "m", cell: "global", service: "mgr", managerServices: { m: "mgr" }, objects: [] },
    policy: plainPolicy,
    reading: reading({}),
    seen: observation({}),
    raw: [],
    tickets: new Map(),
    change: null,
    managerServices: new Set(["mgr"]),
    managerNeeds: new Set(),
    deployedByAnother: false,
    intents: new Map(),
    lastAppliedVersion: 1,
    currentEpoch: 1,
    inventory: null,
    stoppedSince: new Map(),
    calmSinceMs: 0,
    approval: () => ({ grantedBy: [], refused: false }),
    ...more,
  };
}
