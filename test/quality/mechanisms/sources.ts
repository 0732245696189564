/** Class A: an absent, empty, partial or failed list of what is wanted is read as a wish to remove. */
import { evicting } from "../../../src/models/managers/observed.js";
import { sourcesFleets } from "./fleets/sources.js";
import type { Mechanism } from "./mechanism.js";

export const sources: readonly Mechanism[] = [
  {
    id: "A1",
    tickets: ["argoproj/argo-cd #3473"],
    about: "the service that holds the manifests is down, and what cannot be fetched counts as gone",
    policy: { absence: "prune", failMode: "destructive" },
    base: sourcesFleets.clusters,
    expect: "fail-static:error:delete",
    trigger: {
      text: "the host of the charts was degraded (as the reporter supposes)",
      recipe: [{ op: "P13", at: "generator source error" }],
    },
    fix: { policy: { failMode: "static" } },
  },
  {
    id: "A2",
    tickets: ["argoproj/argo-cd #14318"],
    about:
      "an answer that is no list is taken for a list with nothing in it, once, and the next one is right again",
    policy: { absence: "prune", error: "treatEmpty" },
    base: sourcesFleets.clusters,
    expect: "fail-static:error:delete",
    trigger: {
      text: "the interface of the provider answered with an error page",
      recipe: [{ op: "T13", at: "managers/generator (error page)" }],
    },
    fix: { policy: { error: "lastKnownGoodEntry" } },
  },
  {
    id: "A3",
    tickets: ["argoproj/argo-cd #18480"],
    about: "a list of clusters that failed for a moment is an empty list of clusters",
    policy: { absence: "prune", failMode: "destructive", cascade: "background", ownership: "ownerRef" },
    base: sourcesFleets.clusters,
    expect: "no-collateral-removal:collateral:delete:error",
    trigger: {
      text: "the secrets that describe the clusters could not be listed",
      recipe: [{ op: "P13", at: "generator source error" }],
    },
    fix: { guard: { guard: "readThrough", options: {} } },
  },
  {
    id: "A4",
    tickets: ["argoproj/argo-cd #18780"],
    about: "nothing bounds how much one plan takes away: every application in every region within a second",
    policy: { absence: "prune", failMode: "destructive" },
    base: sourcesFleets.clustersBounded,
    expect: "blast-radius:window:delete:error",
    trigger: {
      text: "the interface of the cluster was lost for less than a second",
      recipe: [{ op: "P13", at: "generator source empty" }],
    },
    fix: { policy: { budget: "absolute", budgetMax: 1 } },
  },
  {
    id: "A5",
    tickets: ["argoproj/argo-cd #14090", "argoproj/argo-cd #15058"],
    about: "a rendering that came out in part is the whole truth about what is wanted",
    policy: { absence: "prune", failMode: "destructive" },
    base: sourcesFleets.clusters,
    expect: "no-collateral-removal:collateral:delete:omitted",
    trigger: {
      text: "after a push one or two of forty clusters got a partial set of manifests",
      recipe: [{ op: "P13", at: "generator source partial" }],
    },
    fix: { policy: { approval: "perRemoval" } },
  },
  {
    id: "A6",
    tickets: ["kubernetes-sigs/external-dns #1238"],
    about: "the manager compares before its sources are there, and everything with its label is superfluous",
    policy: { absence: "prune", failMode: "destructive", ownership: "label" },
    base: sourcesFleets.dns,
    expect: "no-collateral-removal:collateral:delete:error",
    trigger: {
      text: "the manager started while the cluster was still being set up (as the reporter supposes)",
      recipe: [{ op: "P13", at: "dns source empty" }],
    },
    fix: { guard: { guard: "nonEmpty", options: {} } },
  },
  {
    id: "A7",
    tickets: ["kubernetes/cloud-provider-vsphere #479"],
    about: "what the inventory cannot confirm does not exist, and its node is deleted",
    policy: { error: "removeEntry" },
    base: sourcesFleets.nodes,
    expect: "fail-static:error:delete",
    trigger: {
      text: "the credentials for the inventory were wrong, so it answered, and not about the node",
      recipe: [{ op: "T13", at: "applications/node-a (error page)" }],
    },
    fix: { policy: { error: "skipEntry" } },
  },
  {
    id: "A8",
    tickets: ["kubernetes/kubernetes #58334"],
    about: "an inventory that lags does not know a new node yet, and what it does not know is deleted",
    policy: { absence: "prune", ownership: "label" },
    base: sourcesFleets.joiningNode,
    expect: "fresh:stale:delete",
    trigger: {
      text: "the inventory was read before the new node had reached it",
      recipe: [{ op: "P01", at: "version 1" }],
    },
    fix: { policy: { versioning: "leaseFencing" } },
  },
  {
    id: "A9",
    tickets: ["kubernetes/kubernetes #24200"],
    about:
      "what does not answer is removed to be started elsewhere, so whatever silences all of it removes all of it",
    policy: {},
    habit: { model: evicting, says: "it removes what does not answer" },
    base: sourcesFleets.foundation,
    expect: "no-health-removal",
    trigger: { text: "the control plane stalled, and every heartbeat looked old", recipe: null },
    fix: { withoutHabit: true },
  },
  {
    id: "A10",
    tickets: ["hashicorp/terraform-provider-helm #1716", "hashicorp/terraform-provider-helm #1669"],
    about: "what a list does not show for a while is struck off the books, and nobody removes it any more",
    policy: { approval: "twoPerson" },
    base: sourcesFleets.halfApproved,
    expect: "approved-removal-progresses",
    trigger: {
      text: "the provider was not allowed to list the releases",
      recipe: [{ op: "P13", at: "tool list empty" }],
    },
    fix: { policy: { ownership: "label" } },
  },
];
