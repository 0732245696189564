/**
 * Supervisors that look at a directory: a service is a directory in it, or a link to one, and is known by its inode. None
 * of them touches a process because its definition changed.
 */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { policyStep } from "../policy-step.js";
import { keepsWhatRuns } from "./habits.js";

/** A directory that cannot be opened is no empty directory. */
const directory: PolicyOverrides = {
  trigger: "level",
  absence: "ignore",
  error: "skipEntry",
  ownership: "inventory",
  selfManagement: "self",
  failMode: "static",
  drift: "redeploy",
};
const step = keepsWhatRuns(policyStep);

export const scanners: readonly ManagerModel[] = [
  defineManager({
    name: "runit/runsvdir",
    about: "ends the services whose entry is gone from the directory or leads nowhere, were it all of them",
    source: "http://smarden.org/runit/runsvdir.8.html; observed with runit 2.1.2",
    policy: { ...directory, absence: "prune", error: "removeEntry" },
    step,
  }),
  defineManager({
    name: "s6/rescan",
    about: "s6-svscanctl -a: starts what is new in the directory; what is gone from it runs on",
    source: "https://skarnet.org/software/s6/s6-svscanctl.html; observed with s6 2.11.3",
    policy: directory,
    step,
  }),
  defineManager({
    name: "s6/rescan-nuke",
    about:
      "s6-svscanctl -an: starts what is new in the directory and ends what is gone from it, were it everything",
    source: "https://skarnet.org/software/s6/s6-svscanctl.html; observed with s6 2.11.3",
    policy: { ...directory, absence: "prune", error: "removeEntry" },
    step,
  }),
  defineManager({
    name: "daemontools/svscan",
    about: "starts what is new in the directory; what is gone from it runs on",
    source: "https://cr.yp.to/daemontools/svscan.html; observed with daemontools 0.76",
    policy: directory,
    step,
  }),
];
