/**
 * Scenarios of any size: layers of services, each needing some of the layer below, regions in groups, one legacy manager
 * with its defect, and one change that removes one service. The same numbers give the same text. As a program:
 * `node bench/generate-fleet.mjs SERVICES REGIONS [--groups N] [--layers N] [--needs N]` prints the YAML.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** A well-mixed uint32 from two numbers (a 32-bit finaliser), so that nothing depends on the order of asking. */
function mix(a, b) {
  let h = (Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}

/** SERVICES regional services and one global manager of all of them; the last service is the one removed. */
export function fleetDocument(services, regions, { groups = 10, layers = 5, needs = 2 } = {}) {
  if (!(services >= 2 && regions >= 1)) throw new Error("a fleet has two services or more, and a region");
  const perLayer = Math.ceil(services / layers);
  const managed = Array.from({ length: services }, (_, k) => {
    const layer = Math.floor(k / perLayer);
    const below = Array.from(
      { length: layer === 0 ? 0 : needs },
      (_, n) => `s${(layer - 1) * perLayer + (mix(k, n) % perLayer)}`,
    );
    const entry = { manager: "legacy", layer: layer + 1, deploy: { p50: "5m", p90: "12m" } };
    return [`s${k}`, { ...entry, needs: [...new Set(below)] }];
  });
  const perGroup = Math.ceil(regions / groups);
  const regionGroups = Array.from({ length: Math.ceil(regions / perGroup) }, (_, g) => [
    `g${g}`,
    { members: [`r${g * perGroup}..r${Math.min(regions, (g + 1) * perGroup) - 1}`] },
  ]);
  const last = `s${services - 1}`;
  return {
    fleetquake: 1,
    title: `${services} services in ${regions} regions`,
    horizon: "20d",
    regions: Object.fromEntries(regionGroups),
    services: {
      manager: { manager: "legacy", layer: 0, placement: "global", deploy: "20m" },
      ...Object.fromEntries(managed),
    },
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
    response: {
      detect: "5m",
      diagnose: "20m",
      crews: 50,
      batch: "group",
      order: { groups: regionGroups.map(([name]) => name) },
    },
  };
}

if (resolve(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) {
  const { stringify } = await import("yaml");
  const number = { type: "string" };
  const { values, positionals } = parseArgs({
    options: { groups: number, layers: number, needs: number },
    allowPositionals: true,
  });
  const shape = Object.fromEntries(Object.entries(values).map(([key, text]) => [key, Number(text)]));
  const [services = 100, regions = 100] = positionals.map(Number);
  process.stdout.write(stringify(fleetDocument(services, regions, shape)));
}
