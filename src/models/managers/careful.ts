/** In between: a global, level-triggered manager that prunes, but keeps what it knew when something cannot be read. */
import type { Action } from "./contract.js";
import { defineManager } from "./define-manager.js";
import { policyStep } from "./policy-step.js";

export const failStatic = defineManager({
  name: "fail-static",
  about:
    "global and pruning like many, but keeps the last good entry on errors and never acts on an unreadable source",
  policy: {
    trigger: "levelResync",
    absence: "prune",
    error: "lastKnownGoodEntry",
    ownership: "inventory",
    failMode: "static",
  },
});

export const pruning = defineManager({
  name: "pruning",
  about:
    "takes the list that it reads for the whole truth: what is not in it is removed (ApplicationSet, supervisord update)",
  policy: {
    trigger: "levelResync",
    absence: "prune",
    error: "treatEmpty",
    cascade: "background",
    ownership: "inventory",
    failMode: "destructive",
  },
});

export const inert = defineManager({
  name: "inert",
  about: "does nothing at all: safe, and useless; progress properties exist because of it",
  step: (policy, memory) => ({ memory, propose: [], policy, wakeAtMs: null, waitingOn: [] }),
});

/** Proposes the same update again in every step, as a controller does that compares with a defaulted field. */
export const restless = defineManager({
  name: "restless",
  about: "rolls the same services out again and again although nothing changed (a diff that never settles)",
  policy: { trigger: "levelResync", absence: "tombstoneOnly", ownership: "inventory" },
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    const basedOn = {
      version: turn.reading.version,
      seenRevision: turn.seen.revision,
      epoch: turn.lease.epoch,
    };
    const again = Object.entries(turn.seen.services)
      .filter(([, service]) => service.label === turn.self.manager && service.running.length > 0)
      .map(
        ([service, { running }]): Action => ({
          do: "update",
          target: { service, places: running },
          cause: "drift",
          because: [{ code: "drift", about: service, text: `${service} looks different from its entry` }],
          basedOn,
        }),
      );
    return { ...step, propose: [...step.propose, ...again], settled: false };
  },
});
