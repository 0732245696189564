/** Class D: what is owned goes with its owner, its type or its driver. */
import { forgetful } from "../../../src/models/managers/observed.js";
import { cascadesFleets } from "./fleets/cascades.js";
import type { Mechanism } from "./mechanism.js";

export const cascades: readonly Mechanism[] = [
  {
    id: "D1",
    tickets: ["kubernetes/kubernetes #65200", "crossplane/crossplane #895", "banzaicloud/koperator #186"],
    about: "an owner that cannot be resolved looks absent, but only to a collector that has started since",
    policy: {},
    habit: {
      model: forgetful,
      says: "its inventory is lost with the process, and it collects what it cannot read",
    },
    base: cascadesFleets.owners,
    expect: "restart-equivalent",
    trigger: {
      text: "owner references led to another namespace, until the controller manager was restarted",
      recipe: [{ op: "S10", at: "applications/broker" }],
    },
    fix: { withoutHabit: true },
  },
  {
    id: "D2",
    tickets: ["kubernetes/kubernetes #88097"],
    about: "after a failover a collector acts on a graph in which a new owner does not exist yet",
    policy: { absence: "prune", ownership: "label" },
    base: cascadesFleets.growing,
    expect: "fresh:stale:delete",
    trigger: {
      text: "masters failed, and the controller manager started again beside the old one",
      recipe: [{ op: "P15", at: "controller and old documents" }],
    },
    fix: { policy: { versioning: "leaseFencing" } },
  },
  {
    id: "D3",
    tickets: ["crossplane/crossplane #6001", "crossplane-contrib/provider-upjet-gcp #541"],
    about: "with the driver go its types, and with the types everything that exists by them",
    policy: { absence: "prune", cascade: "background" },
    base: cascadesFleets.provider,
    expect: "no-cascading-outage:cascade:delete:cascade",
    trigger: { text: "a provider was deleted", recipe: [{ op: "S01", at: "applications/type" }] },
    fix: { policy: { cascade: "orphan" } },
  },
  {
    id: "D4",
    tickets: ["crossplane/crossplane #1695", "banzaicloud/koperator #444"],
    about: "an upgrade no longer has a type, or calls it by another name, and all its instances go first",
    policy: { absence: "prune", cascade: "foreground" },
    base: cascadesFleets.typeUpgrade,
    expect: "no-cascading-outage:cascade:delete:cascade",
    trigger: {
      text: "the new version had renamed a kind",
      recipe: [{ op: "S06", at: "applications/type -> type-v2" }],
    },
    fix: { guard: { guard: "noCascade", options: {} } },
  },
  {
    id: "D5",
    tickets: ["volcano-sh/volcano #5727", "kubernetes-retired/service-catalog #2765"],
    about: "uninstalling the operator uninstalls its types as well, and the objects that people made of them",
    policy: { absence: "prune" },
    base: cascadesFleets.typeUninstall,
    expect: "no-cascading-outage:cascade:delete:cascade",
    trigger: {
      text: "the package was uninstalled, and the types were part of it",
      recipe: [{ op: "S01", at: "applications/type" }],
    },
    fix: { policy: { absence: "tombstoneOnly" } },
  },
  {
    id: "D6",
    tickets: ["antonbabenko/terraform-skill #42"],
    about:
      "a destruction goes on to everything that refers to its target, along edges that nobody sees in the plan",
    policy: { absence: "prune", cascade: "dependantsStop" },
    base: cascadesFleets.zone,
    expect: "no-cascading-outage",
    trigger: {
      text: "a targeted destruction met what records refer to through a local",
      recipe: [{ op: "S01", at: "applications/zone" }],
    },
    fix: { policy: { approval: "perRemoval" } },
  },
];
