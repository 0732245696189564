/**
 * Replications of a scenario, timed in CPU seconds: `node simulate-file.mjs duo VARIANT` or `fleet SERVICES REGIONS`.
 * Prints { rate } or { seconds, megabytes, instances, removed, restored }.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { guardCatalogue } from "../dist/models/guards/catalogue.js";
import { managerModels } from "../dist/models/managers/catalogue.js";
import { createSimulator } from "../dist/run/simulate.js";
import { buildRun } from "../dist/scenario/build-run.js";
import { parseScenario } from "../dist/scenario/parse.js";
import { fleetDocument } from "./fleet.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const catalogue = { managers: managerModels, guards: guardCatalogue };

function runOf(text, variant) {
  const parsed = parseScenario(text, "bench.yaml");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error[0]));
  const chosen = parsed.value.scenario.variants.find(
    (item) => variant === undefined || item.name === variant,
  );
  const built = buildRun("bench", chosen, catalogue);
  if (!built.ok) throw new Error(JSON.stringify(built.error[0]));
  return built.value;
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const [what, ...rest] = process.argv.slice(2);
if (what === "duo") {
  const text = readFileSync(join(root, "scenarios/duo-2025-02-13.yaml"), "utf8");
  const simulator = createSimulator(runOf(text, rest[0]));
  for (let k = 0; k < 200; k++) simulator.run(1, k);
  const count = 400;
  const before = cpuSeconds();
  for (let k = 0; k < count; k++) simulator.run(1, k);
  console.log(JSON.stringify({ rate: count / (cpuSeconds() - before) }));
} else {
  const [services, regions] = rest.map(Number);
  const before = cpuSeconds();
  const run = runOf(JSON.stringify(fleetDocument(services, regions)));
  const measures = createSimulator(run).run(1);
  console.log(
    JSON.stringify({
      seconds: cpuSeconds() - before,
      megabytes: process.resourceUsage().maxRSS / 1024,
      instances: run.fleet.instanceCount,
      removed: measures.removed.instances,
      restored: measures.recovery.allRestoredAtMs !== null,
      events: measures.events,
    }),
  );
}
