/** In between: a global, level-triggered manager that prunes, but keeps what it knew when something cannot be read. */
import { defineManager } from "./define-manager.js";

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
