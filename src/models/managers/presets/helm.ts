/** Helm: a release is what its last manifest listed. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import { durableOf } from "../memory.js";
import type { PolicyOverrides } from "../policy.js";
import { removesOnce, runningOwn } from "./habits.js";

const release: PolicyOverrides = {
  trigger: "edge",
  absence: "prune",
  error: "haltAll",
  ownership: "inventory",
  selfManagement: "self",
  cascade: "background",
  failMode: "static",
  drift: "report",
};

export const helm: readonly ManagerModel[] = [
  defineManager({
    name: "helm/upgrade",
    about:
      "deletes what the release had and the chart no longer renders, were it everything; an error in a template stops it",
    source: "https://helm.sh/docs/helm/helm_upgrade/; observed with helm 4.1.4 and objects that run nothing",
    policy: release,
  }),
  defineManager({
    name: "helm/uninstall",
    about:
      "deletes the release, whatever the chart says by now, but for what has resource-policy keep (protect)",
    source: "https://helm.sh/docs/helm/helm_uninstall/",
    policy: { ...release, error: "skipEntry" },
    step: removesOnce((memory, turn) => {
      const { inventory, good } = durableOf(memory);
      return runningOwn(turn).filter((name) => inventory[name] !== undefined && good[name]?.protect !== true);
    }, "the release is uninstalled"),
  }),
];
