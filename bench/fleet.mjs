/**
 * Scenarios of any size: layers of services, each needing some of the layer below, regions in groups, one manager with
 * the defect, one removal. Deterministic. As a program: `node fleet.mjs SERVICES REGIONS` prints the YAML.
 */
import { pathToFileURL } from "node:url";

/** A well-mixed number from two (a 32-bit finaliser); no generator, so that a larger fleet contains the smaller. */
function mix(a, b) {
  let h = (Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}

export function fleetDocument(services, regions, { layers = 5, needs = 2, groups = 10 } = {}) {
  const perLayer = Math.ceil(services / layers);
  const entries = { manager: { manager: "legacy", placement: "global", deploy: "20m", layer: 0 } };
  for (let k = 0; k < services; k++) {
    const layer = Math.floor(k / perLayer);
    const below =
      layer === 0
        ? []
        : Array.from({ length: needs }, (_, n) => (layer - 1) * perLayer + (mix(k, n) % perLayer));
    entries[`s${k}`] = {
      manager: "legacy",
      layer: layer + 1,
      deploy: { p50: "5m", p90: "12m" },
      needs: [...new Set(below)].map((index) => `s${index}`),
    };
  }
  const last = `s${services - 1}`;
  const perGroup = Math.ceil(regions / groups);
  const regionGroups = {};
  for (let g = 0; g * perGroup < regions; g++) {
    const to = Math.min(regions, (g + 1) * perGroup);
    regionGroups[`g${g}`] = { members: [`r${g * perGroup}..r${to - 1}`] };
  }
  return {
    fleetquake: 1,
    title: `${services} services in ${regions} regions`,
    horizon: "20d",
    regions: regionGroups,
    services: entries,
    capabilities: { top: { service: `s${services - 2}`, share: 1 } },
    managers: {
      legacy: {
        model: "legacy",
        service: "manager",
        deployedBy: "people",
        policy: { parallelism: 1_000_000 },
        defects: [{ id: "dangling", after: "removal", does: "leave-reference-in-own-entry" }],
      },
    },
    changes: [{ at: "1m", approvals: [{ by: "peer", covers: [last] }], intend: { remove: [last] } }],
    response: { detect: "5m", diagnose: "20m", crews: 50, batch: "group" },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { stringify } = await import("yaml");
  const [services = 100, regions = 100] = process.argv.slice(2).map(Number);
  process.stdout.write(stringify(fleetDocument(services, regions)));
}
