/** Class C: one thing under two names, two things under one, and whose it is. */
import { lastWins } from "../../../src/models/managers/observed.js";
import { identitiesFleets } from "./fleets/identities.js";
import type { Mechanism } from "./mechanism.js";

export const identities: readonly Mechanism[] = [
  {
    id: "C1",
    tickets: ["fluxcd/flux2 #3316"],
    about: "a new name is a new thing, and the thing of the old name is removed",
    policy: { absence: "prune", drift: "redeploy" },
    base: identitiesFleets.database,
    expect: "no-collateral-removal:collateral:delete:omitted",
    trigger: {
      text: "a unit was renamed",
      recipe: [{ op: "S06", at: "applications/database -> database-v2" }],
    },
    fix: { policy: { absence: "tombstoneOnly" } },
  },
  {
    id: "C3",
    tickets: ["hashicorp/terraform #17599"],
    about: "what forbids the destruction stands in the block that it protects, and goes with it",
    policy: { absence: "prune" },
    guards: [{ guard: "protect", options: {} }],
    base: identitiesFleets.protectedDatabase,
    expect: "no-collateral-removal:collateral:delete:omitted",
    trigger: {
      text: "the block was taken out of the configuration",
      recipe: [{ op: "S21", at: "applications/database" }],
    },
    fix: { guard: { guard: "protectExternal", options: { services: ["cache", "database"] } } },
  },
  {
    id: "C4",
    tickets: ["argoproj/argo-cd #5431", "argoproj/argo-cd #2352", "argoproj/argo-cd #11402"],
    about: "two owners claim one thing by its name, and the one who lets it go deletes it under the other",
    policy: { absence: "prune", ownership: "label" },
    base: identitiesFleets.twoTeams,
    expect: "no-collateral-removal:collateral:delete:omitted",
    trigger: {
      text: "an application had the name of a release that somebody else had installed",
      recipe: [{ op: "S15", at: "applications/ledger#/manager -> sales" }],
    },
    fix: { guard: { guard: "tombstoneOnly", options: {} } },
  },
  {
    id: "C5",
    tickets: ["docker/compose #9742", "docker/compose #12288", "taikoxyz/taiko-mono #14475"],
    about: "two files of one folder are one project, and what the other file brought is an orphan",
    policy: {},
    habit: { model: lastWins, says: "what was applied last is all there is" },
    base: identitiesFleets.twoFiles,
    expect: "no-collateral-removal:collateral:delete:omitted",
    trigger: {
      text: "one of two files was applied with `--remove-orphans`",
      recipe: [{ op: "P02", at: "applications/web" }],
    },
    fix: { withoutHabit: true },
  },
  {
    id: "C6",
    tickets: ["argoproj/argo-cd #16995"],
    about:
      "something that had an entry shall exist without one, and the entry that goes takes it along with all inside",
    policy: { absence: "prune", cascade: "background", ownership: "ownerRef" },
    base: identitiesFleets.namespace,
    expect: "no-cascading-outage:cascade:delete:cascade",
    trigger: {
      text: "the entry of a namespace was taken out because an option creates it anyway",
      recipe: [{ op: "S01", at: "applications/namespace" }],
    },
    fix: { policy: { absence: "tombstoneOnly" } },
  },
  {
    id: "C7",
    tickets: ["argoproj/argo-cd #22607"],
    about: "nobody counts who still needs a shared object, and it goes with the first of its users",
    policy: { absence: "prune", cascade: "background" },
    base: identitiesFleets.shared,
    expect: "no-cascading-outage:dependency:down:cascade",
    trigger: {
      text: "one of two applications that share an object was deleted",
      recipe: [{ op: "S01", at: "applications/site-app" }],
    },
    fix: { guard: { guard: "dependantsCheck", options: {} } },
  },
];
