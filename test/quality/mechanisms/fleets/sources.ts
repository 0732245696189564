/** Fleets in which a list fails, lags or comes in part. */
import { additionOf, fleet, removalOf, updateOf } from "./fleet.js";

const clusters = (title: string, more = ""): string =>
  fleet({
    title,
    regions: "{ clusters: { members: [cluster-1, cluster-2, cluster-3] } }",
    services: `
      ingress: { manager: generator, deploy: 5m }
      metrics: { manager: generator, deploy: 5m }
      shop: { manager: generator, deploy: 8m, needs: [ingress] }
      search: { manager: generator, deploy: 8m, needs: [ingress] }`,
    capabilities: "{ buying: { service: shop, share: 0.7 }, finding: { service: search, share: 0.3 } }",
    managers: "generator: { model: mechanism }",
    changes: updateOf("metrics"),
    more,
  });

export const sourcesFleets = {
  clusters: clusters("Applications that a generator makes for every cluster"),
  clustersBounded: clusters(
    "Applications that a generator makes for every cluster, one at a time",
    "properties: { blast-radius: { max: 30%, per: 1h } }",
  ),
  dns: fleet({
    title: "Records of a zone",
    regions: "{ zone: { members: [ns-1, ns-2] } }",
    services: `
      www: { manager: dns, deploy: 2m }
      mail: { manager: dns, deploy: 2m }
      api: { manager: dns, deploy: 2m }`,
    capabilities: "{ site: { service: www, share: 0.6 }, api: { service: api, share: 0.4 } }",
    managers: "dns: { model: mechanism }",
  }),
  nodes: fleet({
    title: "Nodes of a cluster and what runs on them",
    services: `
      node-a: { manager: cloud, deploy: 10m }
      node-b: { manager: cloud, deploy: 10m }
      shop: { manager: null, deploy: 4m, needs: [node-a] }`,
    capabilities: "{ buying: { service: shop, share: 1 } }",
    managers: "cloud: { model: mechanism }",
  }),
  joiningNode: fleet({
    title: "A node joins a cluster",
    services: `
      node-a: { manager: cloud, deploy: 10m }
      node-b: { manager: cloud, deploy: 10m }
      shop: { manager: null, deploy: 4m, needs: [node-a] }`,
    capabilities: "{ buying: { service: shop, share: 1 } }",
    managers: "cloud: { model: mechanism }",
    changes: additionOf("node-b"),
  }),
  foundation: fleet({
    title: "Services on a store that is managed beside them",
    services: `
      store: { manager: kubelets, deploy: 5m }
      api: { manager: kubelets, deploy: 4m, needs: [store] }
      web: { manager: kubelets, deploy: 4m, needs: [api] }`,
    capabilities: "{ site: { service: web, share: 1 } }",
    managers: "kubelets: { model: mechanism }",
    changes: updateOf("web"),
  }),
  halfApproved: fleet({
    title: "A release that is being retired",
    services: `
      api: { manager: tool, deploy: 4m }
      old: { manager: tool, deploy: 4m }`,
    capabilities: "{ api: { service: api, share: 1 } }",
    managers: "tool: { model: mechanism }",
    changes: removalOf("old"),
  }),
} as const;
