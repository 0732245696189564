/** Flux: Kustomizations with an inventory, and Helm releases. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { leavesCollected } from "./habits.js";

/** An error while building or applying stops before the garbage collection. */
const kustomization: PolicyOverrides = {
  trigger: "levelResync",
  absence: "prune",
  error: "haltAll",
  ownership: "inventory",
  cascade: "background",
  finalizer: "block",
  selfManagement: "self",
  failMode: "static",
  drift: "redeploy",
};

const spec = "https://fluxcd.io/flux/components/kustomize/kustomizations/";

export const flux: readonly ManagerModel[] = [
  defineManager({
    name: "flux/kustomization",
    about:
      "prune: true, and the Kustomization renders itself too: collects what left its inventory, never all of it",
    source: `${spec}; nothing to apply is an error: fluxcd/kustomize-controller #187`,
    policy: kustomization,
    step: leavesCollected,
    guards: [{ guard: "nonEmpty", options: {} }],
  }),
  defineManager({
    name: "flux/kustomization-no-prune",
    about: "prune: false: what is no longer described stays, and so does all when the Kustomization goes",
    source: spec,
    policy: { ...kustomization, absence: "ignore", cascade: "orphan" },
  }),
  defineManager({
    name: "flux/helmrelease",
    about:
      "a Helm release kept up to date: deletes what the chart no longer renders; drift detection is off by default",
    source: "https://fluxcd.io/flux/components/helm/helmreleases/",
    policy: { ...kustomization, drift: "report" },
    step: leavesCollected,
  }),
];
