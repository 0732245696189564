/** Fleets in which it matters whose something is and what it is called. */
import { fleet, updateOf } from "./fleet.js";

export const identitiesFleets = {
  database: fleet({
    title: "A database and what uses it",
    services: `
      database: { manager: flux, deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      api: { manager: flux, deploy: 4m, needs: [database] }`,
    capabilities: "{ api: { service: api, share: 1 } }",
    managers: "flux: { model: mechanism }",
    changes: updateOf("api"),
  }),
  protectedDatabase: fleet({
    title: "A database whose own block forbids to destroy it",
    services: `
      database: { manager: tool, protect: true, deploy: 6m, state: { onRemove: delete, restore: { p50: 2h, p90: 5h } } }
      cache: { manager: tool, protect: true, deploy: 4m }`,
    capabilities: "{ api: { service: database, share: 1 } }",
    managers: "tool: { model: mechanism }",
    changes: updateOf("cache"),
  }),
  twoTeams: fleet({
    title: "Two teams, each with a manager of its own",
    services: `
      ledger: { manager: finance, deploy: 4m }
      reports: { manager: finance, deploy: 4m }
      shop: { manager: sales, deploy: 4m, needs: [ledger] }`,
    capabilities: "{ buying: { service: shop, share: 1 } }",
    managers: `
      finance: { model: mechanism }
      sales: { model: mechanism }`,
    changes: updateOf("reports"),
  }),
  twoFiles: fleet({
    title: "Two files in one folder",
    services: `
      web: { manager: compose, deploy: 2m }
      worker: { manager: compose, deploy: 2m }
      database: { manager: compose, deploy: 2m }`,
    capabilities: "{ site: { service: web, share: 1 } }",
    managers: "compose: { model: mechanism }",
    changes: `{ at: 10m, author: owner, intend: { update: [web, worker] } }, { at: 1h, author: owner, intend: { update: [web, worker] } }`,
  }),
  namespace: fleet({
    title: "A namespace that has an entry of its own",
    services: `
      site: { manager: argo, deploy: 4m }
      api: { manager: argo, deploy: 4m }
      other: { manager: argo, deploy: 4m }`,
    objects: "namespace: { manager: argo, owns: [site, api], prune: true }",
    capabilities: "{ site: { service: site, share: 1 } }",
    managers: "argo: { model: mechanism }",
    changes: updateOf("other"),
  }),
  shared: fleet({
    title: "Two applications that share a cache",
    services: `
      cache: { manager: argo, deploy: 4m }
      site: { manager: argo, deploy: 4m, needs: [cache] }
      api: { manager: argo, deploy: 4m, needs: [cache] }`,
    objects: `
      site-app: { manager: argo, owns: [site, cache], prune: true }
      api-app: { manager: argo, owns: [api], prune: true }`,
    capabilities: "{ api: { service: api, share: 1 } }",
    managers: "argo: { model: mechanism }",
    changes: updateOf("api"),
  }),
} as const;
