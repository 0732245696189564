/** Kubernetes itself, its owner references and its garbage collector, and the verbs of kubectl. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { leavesCollected, prunesNothingBesideErrors } from "./habits.js";

const collector: PolicyOverrides = {
  trigger: "level",
  absence: "tombstoneOnly",
  error: "skipEntry",
  ownership: "ownerRef",
  selfManagement: "self",
  failMode: "static",
};

const cascading =
  "https://kubernetes.io/docs/tasks/administer-cluster/use-cascading-deletion/ and https://kubernetes.io/docs/concepts/architecture/garbage-collection/";

/** A list of nothing is an error of its own: "no objects passed to apply". */
const applied: PolicyOverrides = {
  trigger: "edge",
  absence: "prune",
  error: "skipEntry",
  selfManagement: "self",
  failMode: "static",
  drift: "report",
};

const observed = "observed with kubectl 1.33.9 and objects that run nothing";

export const kubernetes: readonly ManagerModel[] = [
  defineManager({
    name: "kubernetes/background",
    about:
      "deletes what it is told to, then collects what has an owner that is gone (propagationPolicy Background, the default)",
    source: cascading,
    policy: { ...collector, cascade: "background" },
    step: leavesCollected,
  }),
  defineManager({
    name: "kubernetes/foreground",
    about:
      "deletes what is owned first and keeps the owner until that is gone (propagationPolicy Foreground)",
    source: cascading,
    policy: { ...collector, cascade: "foreground", finalizer: "block" },
    step: leavesCollected,
  }),
  defineManager({
    name: "kubernetes/orphan",
    about: "deletes the owner and lets go of what it owned (propagationPolicy Orphan)",
    source: cascading,
    policy: { ...collector, cascade: "orphan" },
    step: leavesCollected,
  }),
  defineManager({
    name: "kubectl/apply",
    about: "creates and changes what the manifests describe; what they no longer describe stays",
    source: "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/",
    policy: { ...applied, absence: "ignore" },
  }),
  defineManager({
    name: "kubectl/apply-prune",
    about:
      "--prune -l: applies, and deletes what carries the label and is not described; nothing beside an error",
    source: `https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/; ${observed}`,
    policy: { ...applied, ownership: "label", cascade: "background" },
    guards: [{ guard: "nonEmpty", options: {} }],
    step: prunesNothingBesideErrors,
  }),
  defineManager({
    name: "kubectl/applyset",
    about:
      "--prune --applyset: applies, and deletes members of its ApplySet that are not described; nothing beside an error",
    source: `https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/; ${observed}`,
    policy: { ...applied, ownership: "inventory", cascade: "background" },
    guards: [{ guard: "nonEmpty", options: {} }],
    step: prunesNothingBesideErrors,
  }),
];
