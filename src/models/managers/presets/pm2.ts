/** pm2: an ecosystem file is a list of what to act on, not of what shall run. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { policyStep } from "../policy-step.js";
import { keepsWhatRuns, removesOnce, restartsAll, runningOwn } from "./habits.js";

const apps: PolicyOverrides = {
  trigger: "level",
  absence: "ignore",
  error: "haltAll",
  ownership: "inventory",
  selfManagement: "external",
  failMode: "static",
  drift: "redeploy",
};
const source = "https://pm2.keymetrics.io/docs/usage/application-declaration/; observed with pm2 7.0.4";
/** An app that it knows is restarted as it was first started. */
const started = restartsAll(keepsWhatRuns(policyStep));

export const pm2: readonly ManagerModel[] = [
  defineManager({
    name: "pm2/start",
    about: "restarts every app of the file that it knows, as it knows it, and starts the others; stops none",
    source,
    policy: apps,
    step: started,
  }),
  defineManager({
    name: "pm2/start-or-reload",
    about: "as start, with a reload in the place of a restart",
    source,
    policy: apps,
    step: started,
  }),
  defineManager({
    name: "pm2/resurrect",
    about: "starts what its dump lists and does not run; a dump that is empty, broken or gone lists nothing",
    source: "https://pm2.keymetrics.io/docs/usage/startup/; observed with pm2 7.0.4",
    policy: apps,
    step: keepsWhatRuns(policyStep),
  }),
  defineManager({
    name: "pm2/delete",
    about: "stops and forgets every app that the file lists now, and none that left it",
    source,
    policy: apps,
    step: removesOnce(
      (_, turn) => runningOwn(turn).filter((name) => turn.reading.entries[name]?.is === "present"),
      "the file is given to pm2 delete",
    ),
  }),
];
