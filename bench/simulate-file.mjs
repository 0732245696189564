/**
 * Scenarios on the whole simulator, timed in CPU seconds: `node simulate-file.mjs duo VARIANT` prints { rate } of
 * replications; `fleet SERVICES REGIONS [TIMES]` goes from the text to the measures and prints what it took.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { guardCatalogue } from "../dist/models/guards/catalogue.js";
import { managerModels } from "../dist/models/managers/catalogue.js";
import { createSimulator } from "../dist/run/simulate.js";
import { buildRun } from "../dist/scenario/build-run.js";
import { parseScenario } from "../dist/scenario/parse.js";
import { fleetDocument } from "./generate-fleet.mjs";

const catalogue = { managers: managerModels, guards: guardCatalogue };

/** The run of one variant; of the first when none is named. */
function runOf(text, variant) {
  const parsed = parseScenario(text, "bench.yaml");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error[0]));
  const { variants } = parsed.value.scenario;
  const chosen = variants.find((item) => variant === undefined || item.name === variant);
  if (chosen === undefined) throw new Error(`there is no variant ${variant}`);
  const built = buildRun("bench", chosen, catalogue);
  if (!built.ok) throw new Error(JSON.stringify(built.error[0]));
  return built.value;
}

/** A variant of the incident. */
export function duoRun(variant) {
  const file = join(dirname(fileURLToPath(import.meta.url)), "../scenarios/duo-2025-02-13.yaml");
  return runOf(readFileSync(file, "utf8"), variant);
}

export const duoSimulator = (variant) => createSimulator(duoRun(variant));

export const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function duo(variant) {
  const simulator = duoSimulator(variant);
  const warmUp = 300;
  const count = 500;
  for (let k = 0; k < warmUp; k++) simulator.run(1, k);
  const before = cpuSeconds();
  for (let k = 0; k < count; k++) simulator.run(1, warmUp + k);
  return { rate: count / (cpuSeconds() - before) };
}

/** Repeated, the second half counts: a small fleet alone would time the compiler. */
function fleet(services, regions, times = 1) {
  const text = JSON.stringify(fleetDocument(services, regions));
  const seconds = [];
  let run;
  let measures;
  for (let k = 0; k < times; k++) {
    const before = cpuSeconds();
    run = runOf(text);
    measures = createSimulator(run).run(1);
    seconds.push(cpuSeconds() - before);
  }
  const { instanceCount } = run.fleet;
  if (measures.removed.instances !== instanceCount) throw new Error("the fleet was not removed whole");
  if (measures.recovery.allRestoredAtMs === null) throw new Error("the fleet did not come back");
  return {
    seconds: median(seconds.slice(Math.floor(times / 2))),
    megabytes: process.resourceUsage().maxRSS / 1024,
    instances: instanceCount,
    events: measures.events,
  };
}

const [what, ...rest] = process.argv.slice(2);
if (what === "duo") console.log(JSON.stringify(duo(...rest)));
if (what === "fleet") console.log(JSON.stringify(fleet(...rest.map(Number))));
