/**
 * Argo CD. Options of its sync policy are single axes of a scenario: selfHeal is `drift: redeploy`, allowEmpty is
 * `guards: { drop: [nonEmpty] }`, an Application without its finalizer has `cascade: orphan`.
 */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { leavesCollected } from "./habits.js";

/** Every two minutes and up to one of jitter. */
const resyncMs = 180_000;

/** An Application with automated sync: nothing is synced while the manifests cannot be rendered. */
const application: PolicyOverrides = {
  trigger: "levelResync",
  resyncMs,
  absence: "ignore",
  error: "haltAll",
  ownership: "label",
  cascade: "foreground",
  finalizer: "block",
  selfManagement: "self",
  failMode: "static",
  drift: "report",
};

/** Applications made from a list; a list that failed is a shorter list. */
const applicationSet: PolicyOverrides = {
  trigger: "levelResync",
  resyncMs,
  absence: "prune",
  error: "treatEmpty",
  ownership: "ownerRef",
  cascade: "background",
  selfManagement: "external",
  failMode: "destructive",
  drift: "redeploy",
};

const autoSync = "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/";
const setDocs = "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset";
const emptied = "argoproj/argo-cd #14318 and #18480";

export const argocd: readonly ManagerModel[] = [
  defineManager({
    name: "argocd/application",
    about:
      "auto-sync with prune and selfHeal off: what is no longer described stays, what is gone stays gone",
    source: autoSync,
    policy: application,
  }),
  defineManager({
    name: "argocd/automated-prune",
    about:
      "auto-sync with prune: deletes what is no longer described, but not the last of it (allowEmpty off)",
    source: autoSync,
    policy: { ...application, absence: "prune" },
    guards: [{ guard: "nonEmpty", options: {} }],
  }),
  defineManager({
    name: "argocd/applicationset",
    about:
      "policy sync, the default: deletes the Applications that its generators do not list, with all they own",
    source: `${setDocs}/Application-Deletion/; a failed generator: ${emptied}`,
    policy: applicationSet,
    step: leavesCollected,
  }),
  defineManager({
    name: "argocd/applicationset-create-update",
    about: "policy create-update: the same list, but nothing is ever deleted for not being in it",
    source: `${setDocs}/Controlling-Resource-Modification/`,
    policy: { ...applicationSet, absence: "ignore", failMode: "static" },
  }),
  defineManager({
    name: "argocd/app-of-apps",
    about:
      "an Application of Applications that have the finalizer, itself among them: a child that is dropped takes its own along",
    source:
      "https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/; argoproj-labs/argocd-autopilot #494",
    policy: { ...application, absence: "prune", drift: "redeploy" },
    guards: [{ guard: "nonEmpty", options: {} }],
    step: leavesCollected,
  }),
];
