/**
 * Replications as `estimate` makes them, with their figures: `node estimate.mjs events` prints { rate } of kernel events,
 * to be held against the cascade on the bare kernel; `replications` of replications a second of CPU time; `memory` how
 * much more memory is in use after 10,000 of them than after 1,000, their rows not counted.
 */
import { createSampler } from "../dist/estimate/replications/sampler.js";
import { createSimulator } from "../dist/run/simulate.js";
import { cpuSeconds, duoRun } from "./simulate-file.mjs";

/** What `workers.mjs` hands to its threads: replication k of the incident, as a row of figures. */
export function duoSampler() {
  const sampler = createSampler(duoRun("legacy"));
  return (k) => sampler.sample(1, k, 1);
}

function replications() {
  const sampler = createSampler(duoRun("legacy"));
  const warmUp = 300;
  const count = 500;
  sampler.sample(1, 0, warmUp);
  const before = cpuSeconds();
  sampler.sample(1, warmUp, count);
  return { rate: count / (cpuSeconds() - before) };
}

/** Events of the same replications, counted apart. */
function events() {
  const simulator = createSimulator(duoRun("legacy"));
  const some = 20;
  let handled = 0;
  for (let k = 0; k < some; k++) handled += simulator.run(1, k).events;
  return { rate: replications().rate * (handled / some) };
}

/** Beside the rows themselves, which quantiles need: `row` is their size in bytes a replication. */
function memory() {
  const sampler = createSampler(duoRun("legacy"));
  let runs = 0;
  const used = (until) => {
    for (; runs < until; runs += 100) sampler.sample(1, runs, 100);
    globalThis.gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const first = used(1000);
  return { growth: used(10_000) / first, row: 8 * sampler.figures.length };
}

const cases = { events, replications, memory };
const what = process.argv[2];
if (process.argv[1]?.endsWith("estimate.mjs")) console.log(JSON.stringify(cases[what]()));
