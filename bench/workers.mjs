/**
 * Worker threads that share a counter: `node workers.mjs THREADS` for replications of the incident, `THREADS estimate` for
 * the same with the figures of an estimate, `THREADS search` for cases of a search on it, `THREADS arithmetic` for a loop that
 * shares nothing and touches no memory: what the machine gives. Prints { rate } by the wall clock, since threads are there to
 * save that. Start and warm-up are not timed.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { newMemory, SharedMemo } from "../dist/cli/shared-memo.js";
import { duoSampler } from "./estimate.mjs";
import { search } from "./search.mjs";
import { duoSimulator } from "./simulate-file.mjs";

const count = 1024;
/** As many as a thread takes at once; with single ones it would mostly ask. */
const grain = 64;
const warmUp = 300;

/** One piece of work by its number. */
function piece(what) {
  if (what === "estimate") return duoSampler();
  if (what === "arithmetic") return arithmetic;
  if (what !== "search") {
    const simulator = duoSimulator("legacy");
    return (k) => simulator.run(1, k);
  }
  const { searcher, recipes } = search("legacy", new SharedMemo(workerData.memory));
  const all = recipes("text", "structure", "process");
  return (k) => searcher.judge(all[k % all.length], "run");
}

/** About as long as a replication. */
function arithmetic(k) {
  let h = k + 1;
  for (let i = 0; i < 1_000_000; i++) h = (Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) + i) | 0;
  return h;
}

function work() {
  const next = new Int32Array(workerData.next);
  const act = piece(workerData.what);
  // Another part of the cases, or they would be known already.
  for (let k = 0; k < warmUp; k++) act(count + k);
  parentPort.once("message", () => {
    for (let from = Atomics.add(next, 0, grain); from < count; from = Atomics.add(next, 0, grain))
      for (let k = from; k < from + grain; k++) act(k);
    parentPort.postMessage("done");
  });
  parentPort.postMessage("ready");
}

async function main(threads, what) {
  const next = new SharedArrayBuffer(4);
  const memory = newMemory();
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL(import.meta.url), { workerData: { next, what, memory }, argv: [] }),
  );
  const all = () =>
    Promise.all(
      workers.map(
        (worker) => new Promise((told, failed) => worker.once("message", told).once("error", failed)),
      ),
    );
  await all();
  const before = performance.now();
  const done = all();
  for (const worker of workers) worker.postMessage("go");
  await done;
  console.log(JSON.stringify({ rate: (count / (performance.now() - before)) * 1000 }));
}

if (isMainThread) await main(Number(process.argv[2]), process.argv[3]);
else work();
