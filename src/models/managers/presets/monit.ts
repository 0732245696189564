/** monit: it watches what runs and stops nothing for leaving its file; by which way it is told to read again decides. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { policyStep } from "../policy-step.js";
import { errorIn, exitsBecause, keepsWhatRuns } from "./habits.js";

const checks: PolicyOverrides = {
  trigger: "level",
  absence: "ignore",
  error: "haltAll",
  ownership: "inventory",
  selfManagement: "external",
  failMode: "static",
  drift: "redeploy",
};
const source = "https://mmonit.com/monit/documentation/monit.html; observed with monit 5.33";
const step = keepsWhatRuns(policyStep);

export const monit: readonly ManagerModel[] = [
  defineManager({
    name: "monit/reload",
    about:
      "the client tries the file first: an error changes nothing; what left the file is no longer watched, and runs on",
    source,
    policy: checks,
    step,
  }),
  defineManager({
    name: "monit/sighup",
    about: "nobody tries the file first: an error ends monit, and its services run on without it",
    source,
    policy: checks,
    step: (policy, memory, turn) => {
      const error = errorIn(turn);
      return error === null ? step(policy, memory, turn) : exitsBecause(error, policy, memory);
    },
  }),
];
