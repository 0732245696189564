/** Fleets of owners and what they own, and fleets that grow and shrink. */
import { additionOf, fleet, removalOf, updateOf } from "./fleet.js";

const crds = (title: string, manager: string, changes: string, finalizer = "none"): string =>
  fleet({
    title,
    services: `
      operator: { manager: ${manager}, placement: global, deploy: 5m }
      orders: { manager: ${manager}, deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      payments: { manager: ${manager}, deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      shop: { manager: null, deploy: 4m, needs: [orders, payments] }`,
    objects: `type: { manager: ${manager}, owns: [orders, payments], finalizer: ${finalizer}, prune: true }`,
    capabilities: "{ buying: { service: shop, share: 1 } }",
    managers: `${manager}: { model: mechanism }`,
    changes,
  });

export const cascadesFleets = {
  provider: crds(
    "A provider and the cloud resources that exist by its types",
    "crossplane",
    updateOf("operator"),
  ),
  typeUpgrade: crds("An operator that is upgraded", "operator-manager", updateOf("operator")),
  typeUninstall: crds(
    "An operator that is uninstalled, while its objects stay",
    "helm",
    removalOf("operator"),
    "cascade",
  ),
  zone: fleet({
    title: "A zone and records that refer to it through a local",
    services: `
      zone: { manager: tool, deploy: 4m }
      www: { manager: tool, deploy: 2m, needs: [zone] }
      mail: { manager: tool, deploy: 2m, needs: [zone] }`,
    capabilities: "{ site: { service: www, share: 1 } }",
    managers: "tool: { model: mechanism }",
    changes: updateOf("mail"),
  }),
  owners: fleet({
    title: "Objects with an owner that is described elsewhere",
    services: `
      topics: { manager: collector, deploy: 4m, needs: [broker] }
      users: { manager: collector, deploy: 4m, needs: [broker] }
      broker: { manager: null, deploy: 4m }`,
    capabilities: "{ queue: { service: topics, share: 1 } }",
    managers: "collector: { model: mechanism }",
    changes: updateOf("users"),
  }),
  growing: fleet({
    title: "A fleet that has just got a new service",
    services: `
      site: { manager: controller, deploy: 4m }
      worker: { manager: controller, deploy: 4m }`,
    capabilities: "{ site: { service: site, share: 1 } }",
    managers: "controller: { model: mechanism }",
    changes: additionOf("worker"),
  }),
  retiring: fleet({
    title: "A service that is retired",
    regions: "{ eu: { members: [eu-1, eu-2] }, us: { members: [us-1] } }",
    services: `
      site: { manager: agent, deploy: 4m }
      old: { manager: agent, deploy: 4m }`,
    capabilities: "{ site: { service: site, share: 1 } }",
    managers: "agent: { model: mechanism }",
    changes: removalOf("old"),
  }),
} as const;
