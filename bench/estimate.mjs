/**
 * Replications as `estimate` makes them, with their figures: `node estimate.mjs events` prints { rate } of kernel events,
 * to be held against the cascade on the bare kernel; `replications` of replications a second of CPU time; `memory` how
 * much more memory is in use after 10,000 of them than after 1,000.
 */
import { createSampler } from "../dist/estimate/replications/sampler.js";
import { Samples } from "../dist/estimate/replications/samples.js";
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

function memory() {
  const run = duoRun("legacy");
  const sampler = createSampler(run);
  const samples = Samples.of(run);
  const heap = (until) => {
    while (samples.runs < until) samples.add(sampler.sample(1, samples.runs, 100));
    globalThis.gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const first = heap(1000);
  return { growth: heap(10_000) / first };
}

const cases = { events, replications, memory };
const what = process.argv[2];
if (process.argv[1]?.endsWith("estimate.mjs")) console.log(JSON.stringify(cases[what]()));
