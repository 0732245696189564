/** Class B: the manager removes itself, or what it runs on, or more than it was asked to. */
import { unfinished } from "../../../src/models/managers/observed.js";
import { selvesFleets } from "./fleets/selves.js";
import type { Mechanism } from "./mechanism.js";

const marks = {
  model: unfinished,
  says: "what it has marked for deletion it works off, also once it is installed again",
};

export const selves: readonly Mechanism[] = [
  {
    id: "B1",
    tickets: ["Duo, 13 February 2025"],
    about:
      "an error in the manager's own entry means that the manager has to go, and with it all that it owns",
    policy: {
      error: "removeEntry",
      selfManagement: "self",
      cascade: "background",
      ownership: "globalMap",
      failMode: "destructive",
    },
    base: selvesFleets.duo,
    expect: "no-self-removal",
    trigger: {
      text: "the removal of a deprecated application left a reference to it in the manager's own entry",
      recipe: [{ op: "S11", at: "managers/legacy#/manages/- -> deprecated" }],
    },
    fix: { policy: { error: "lastKnownGoodEntry" } },
  },
  {
    id: "B2",
    tickets: ["fluxcd/flux2 #4570"],
    about: "an override gives a child what the manager runs in, and the removal of that child takes it along",
    policy: { absence: "prune", selfManagement: "self", ownership: "globalMap" },
    base: selvesFleets.fluxChild,
    expect: "no-self-removal",
    trigger: {
      text: "the child whose namespace had been renamed to that of the manager was deleted",
      recipe: [{ op: "S01", at: "managers/flux#/manages/0" }],
    },
    fix: { guard: { guard: "selfProtect", options: {} } },
  },
  {
    id: "B3",
    tickets: ["fluxcd/flux2 #3949"],
    about: "an innocent entry puts the manager into its own inventory, and goes again",
    policy: { absence: "prune", selfManagement: "self" },
    base: selvesFleets.fluxResource,
    expect: "no-self-removal",
    trigger: {
      text: "a namespace of the manager's name was added to a repository, and taken out",
      recipe: [
        { op: "S12", at: "managers/flux#/manages/- -> controller" },
        { op: "P09", at: "to version 1" },
      ],
    },
    random: 1500,
    fix: { policy: { selfManagement: "external" } },
  },
  {
    id: "B4",
    tickets: ["argoproj/applicationset #400"],
    about: "parent and child describe the same generator, and whoever sees two of them deletes one",
    policy: { error: "removeEntry", selfManagement: "parent" },
    base: selvesFleets.generators,
    expect: "no-self-removal:self-removal:delete:error",
    trigger: {
      text: "a generator was made by an application that it generates itself",
      recipe: [{ op: "S04", at: "applications/child-controller" }],
    },
    fix: { policy: { error: "lastKnownGoodEntry" } },
  },
  {
    id: "B5",
    tickets: ["argoproj-labs/argocd-autopilot #494"],
    about: "an edit of the manager's own entry does not render, so it manages nothing and prunes everything",
    policy: { absence: "prune", error: "treatEmpty" },
    base: selvesFleets.autopilot,
    expect: "fail-static:error:delete",
    trigger: {
      text: "the customization of the bootstrap was edited, and could not be rendered any more",
      recipe: [{ op: "S11", at: "applications/api" }],
    },
    fix: { policy: { error: "haltAll" } },
  },
  {
    id: "B6",
    tickets: ["argoproj/argo-cd #6046"],
    about: "deletions that wait for finalizers outlive the manager, and the next installation finishes them",
    policy: { failMode: "static" },
    habit: marks,
    base: selvesFleets.reinstalled,
    expect: "no-stale-intent:stale-intent:delete:error",
    trigger: {
      text: "the namespace was deleted, and the manager installed again, as the property does it",
      recipe: [{ op: "T02", at: "managers/argo" }],
    },
    fix: { withoutHabit: true },
  },
  {
    id: "B7",
    tickets: ["Altinity/clickhouse-operator #830", "zalando/postgres-operator #1508"],
    about:
      "the same with data: an operator that is installed again deletes the databases that were marked before",
    policy: { error: "removeEntry", failMode: "static" },
    habit: marks,
    base: selvesFleets.reinstalledOperator,
    expect: "no-stale-intent:stale-intent:delete:error",
    trigger: {
      text: "databases were marked for deletion when the operator went, and it was installed again",
      recipe: [{ op: "S10", at: "applications/storage" }],
    },
    fix: { withoutHabit: true },
  },
  {
    id: "B8",
    tickets: ["fluxcd/flux2 #4032", "fluxcd/flux2 #3445"],
    about:
      "an installation that fails is rolled back further than to where it began, and takes what others had added",
    policy: { absence: "prune" },
    base: selvesFleets.installing,
    expect: "no-collateral-removal:collateral:delete:omitted",
    trigger: {
      text: "the bootstrap timed out, and its roll-back uninstalled a tenant",
      recipe: [{ op: "P09", at: "to version 1" }],
    },
    fix: { guard: { guard: "tombstoneOnly", options: {} } },
  },
  {
    id: "B9",
    tickets: ["rancher/rancher #38672"],
    about:
      "an upgrade writes its releases in a way that the agent of before cannot read, and uninstalls them",
    policy: { error: "removeEntry" },
    base: selvesFleets.upgrading,
    expect: "fail-static:error:delete",
    trigger: {
      text: "an upgrade gave the releases another identity",
      recipe: [{ op: "P06", at: "agent in first" }],
    },
    fix: { policy: { error: "skipEntry" } },
  },
];
