/** Classes E and F: deletions that are interrupted or fought over, and old states that come back. */
import { forgetful } from "../../../src/models/managers/observed.js";
import { cascadesFleets } from "./fleets/cascades.js";
import { identitiesFleets } from "./fleets/identities.js";
import type { Mechanism } from "./mechanism.js";

export const protocols: readonly Mechanism[] = [
  {
    id: "E5",
    tickets: ["argoproj/argo-cd #7875"],
    about: "self-healing brings back what a deletion takes away, and the deletion starts again",
    policy: {
      absence: "prune",
      cascade: "background",
      finalizer: "block",
      drift: "redeploy",
      parallelism: 1,
      removalMs: 120_000,
    },
    base: identitiesFleets.namespace,
    expect: "eventually-stable",
    trigger: {
      text: "a namespace was deleted whose contents were still described",
      recipe: [{ op: "S01", at: "applications/namespace" }],
    },
    fix: { policy: { drift: "report" } },
  },
  {
    id: "E6",
    tickets: ["rancher/fleet #523"],
    about:
      "two owners of one release take turns: one deletes what it no longer lists, the other makes it again",
    policy: { absence: "prune", ownership: "globalMap", drift: "redeploy" },
    base: identitiesFleets.twoTeams,
    expect: "eventually-stable",
    trigger: {
      text: "one release had two identities",
      recipe: [{ op: "S15", at: "applications/reports#/manager -> sales" }],
    },
    fix: { policy: { ownership: "label" } },
  },
  {
    id: "F3",
    tickets: ["hashicorp/nomad #10746"],
    about: "a change that cannot work is accepted, and does its harm at the next restart",
    policy: {},
    habit: {
      model: forgetful,
      says: "its inventory is lost with the process, and it collects what it cannot read",
    },
    base: cascadesFleets.growing,
    expect: "restart-equivalent",
    trigger: {
      text: "a job was moved to a datacenter that does not exist",
      recipe: [{ op: "S07", at: "applications/site#/replicas (text)" }],
    },
    fix: { withoutHabit: true },
  },
  {
    id: "F4",
    tickets: ["hashicorp/nomad #11373 (not #12148: a region that never got the service)"],
    about: "a removal that one look at the configuration missed is never tried again, and the job runs on",
    policy: { trigger: "edge" },
    base: cascadesFleets.retiring,
    expect: "approved-removal-progresses",
    trigger: {
      text: "a datacenter was taken out of a job, which ran on there; that the one look failed is an assumption",
      recipe: [{ op: "P13", at: "agent source error" }],
    },
    fix: { policy: { trigger: "levelResync" } },
  },
  {
    id: "F5",
    tickets: ["kubernetes/kubernetes #95958"],
    about:
      "an old state is restored under controllers that remember a newer one, and they remove the difference",
    policy: { absence: "prune", ownership: "globalMap" },
    base: cascadesFleets.growing,
    expect: "fresh:stale:delete",
    trigger: {
      text: "the store was restored from a backup, and the caches were not",
      recipe: [{ op: "P01", at: "version 1" }],
    },
    fix: { policy: { versioning: "leaseFencing" } },
  },
];
