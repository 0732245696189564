/** Fleets with a manager in them, or with what it was set up from. */
import { additionOf, fleet, removalOf, updateOf } from "./fleet.js";

const flux = (changes: string, more = ""): string =>
  fleet({
    title: "A manager in the cluster that it manages",
    services: `
      controller: { manager: flux, placement: global, deploy: 5m }
      tenant-a: { manager: flux, deploy: 4m }
      tenant-b: { manager: flux, deploy: 4m }`,
    capabilities: "{ a: { service: tenant-a, share: 0.5 }, b: { service: tenant-b, share: 0.5 } }",
    managers: "flux: { model: mechanism, service: controller }",
    changes,
    more,
  });

export const selvesFleets = {
  duo: fleet({
    title: "A service manager that deploys itself",
    regions: "{ na: { members: [na-1, na-2] }, eu: { members: [eu-1] } }",
    services: `
      manager: { manager: legacy, placement: global, deploy: 10m }
      network: { manager: legacy, deploy: 5m }
      telephony: { manager: legacy, deploy: 5m, needs: [network] }
      deprecated: { manager: legacy, deploy: 5m }`,
    capabilities: "{ sms: { service: telephony, share: 1 } }",
    managers: "legacy: { model: mechanism, service: manager }",
    changes: removalOf("deprecated"),
  }),
  fluxChild: flux(removalOf("tenant-b")),
  fluxResource: flux(updateOf("tenant-a"), "configuration: { omitFromOwnEntry: [controller] }"),
  generators: fleet({
    title: "A generator that another generator made",
    services: `
      child-controller: { manager: parent, placement: global, deploy: 5m }
      site: { manager: child, deploy: 4m }
      api: { manager: child, deploy: 4m }`,
    capabilities: "{ site: { service: site, share: 1 } }",
    managers: `
      child: { model: mechanism, service: child-controller, deployedBy: parent }
      parent: { model: mechanism }`,
    changes: updateOf("api"),
  }),
  autopilot: fleet({
    title: "A manager that is bootstrapped from the repository that it manages",
    regions: "{ first: { members: [first-1] }, second: { members: [second-1] } }",
    services: `
      bootstrap: { manager: null, placement: group, deploy: 5m }
      site: { manager: autopilot, deploy: 4m }
      api: { manager: autopilot, deploy: 4m }`,
    capabilities: "{ site: { service: site, share: 1 } }",
    managers: "autopilot: { model: mechanism, service: bootstrap, cells: by-group }",
    changes: updateOf("api"),
  }),
  reinstalled: fleet({
    title: "Applications and the manager that is installed again",
    services: `
      controller: { manager: null, placement: global, deploy: 5m }
      site: { manager: argo, deploy: 4m }
      api: { manager: argo, deploy: 4m }
      jobs: { manager: argo, deploy: 4m }`,
    capabilities: "{ site: { service: site, share: 1 } }",
    managers: "argo: { model: mechanism, service: controller }",
    changes: updateOf("api"),
  }),
  reinstalledOperator: fleet({
    title: "Databases and their operator that is installed again",
    services: `
      operator: { manager: null, placement: global, deploy: 5m }
      storage: { manager: null, deploy: 5m }
      orders: { manager: postgres, needs: [storage], deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      users: { manager: postgres, needs: [storage], deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      stock: { manager: postgres, needs: [storage], deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      shop: { manager: null, deploy: 4m, needs: [orders, users] }`,
    capabilities: "{ buying: { service: shop, share: 1 } }",
    managers: "postgres: { model: mechanism, service: operator }",
    changes: updateOf("users"),
  }),
  installing: fleet({
    title: "A tenant is set up, and then the manager gets a new component",
    services: `
      tenant: { manager: flux, deploy: 4m }
      base: { manager: flux, deploy: 4m }
      component: { manager: flux, deploy: 4m }`,
    capabilities: "{ base: { service: base, share: 1 } }",
    managers: "flux: { model: mechanism }",
    changes: `${additionOf("tenant")}, { at: 30m, author: platform, intend: { add: [component] } }`,
  }),
  upgrading: fleet({
    title: "Agents of a manager in two clusters, of which one is upgraded later",
    regions: "{ first: { members: [first-1] }, second: { members: [second-1] } }",
    services: `
      monitoring: { manager: agent, deploy: 5m }
      storage: { manager: agent, deploy: 5m }
      shop: { manager: null, deploy: 4m, needs: [storage] }`,
    capabilities: "{ buying: { service: shop, share: 1 } }",
    managers: "agent: { model: mechanism, cells: by-group }",
    changes: updateOf("monitoring"),
  }),
} as const;
