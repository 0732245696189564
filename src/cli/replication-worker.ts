/** Simulates replications away from the main thread. */
import { parentPort, workerData } from "node:worker_threads";
import { type Batch, createSampler, type Sampler } from "../estimate/replications/sampler.js";
import { ManagerFault } from "../live/fault.js";
import { buildRun } from "../scenario/build-run.js";
import type { Variant } from "../scenario/scenario.js";
import { openCatalogue } from "./foreign/open-catalogue.js";
import type { WatchedSetup } from "./foreign/watched-worker.js";
import type { Failure } from "./worker-pool.js";

export interface ReplicationSetup {
  /** One Int32: 1 as soon as nothing more shall be begun. */
  readonly stop: SharedArrayBuffer;
}

export type ReplicationQuestion =
  | {
      readonly ask: "open";
      readonly subject: number;
      readonly scenario: string;
      readonly variant: Variant;
      /** Properties to judge every replication for. */
      readonly judged: readonly string[];
    }
  | { readonly ask: "forget"; readonly subject: number }
  | {
      readonly ask: "sample";
      readonly id: number;
      readonly subject: number;
      readonly seed: number;
      readonly from: number;
      readonly count: number;
      readonly pinned: readonly string[];
    }
  | { readonly ask: "verify"; readonly id: number };

export type ReplicationAnswer =
  | { readonly id: number; readonly kind: "sampled"; readonly batch: Batch }
  | { readonly id: number; readonly kind: "verified" }
  | Failure;

async function work(): Promise<void> {
  const { request, watch, stop } = workerData as ReplicationSetup & WatchedSetup;
  const stopped = new Int32Array(stop);
  const opened = await openCatalogue(request, watch);
  const subjects = new Map<number, () => Sampler>();
  const answerTo = (question: ReplicationQuestion): ReplicationAnswer | null => {
    if (!opened.ok) throw new ManagerFault(opened.error);
    const { catalogue, verify } = opened.value;
    if (question.ask === "open") {
      // Most threads are asked about few of the subjects, and a simulator is large.
      let sampler: Sampler | null = null;
      subjects.set(question.subject, () => {
        if (sampler !== null) return sampler;
        const run = buildRun(question.scenario, question.variant, catalogue);
        if (!run.ok) throw new Error(run.error[0]?.message ?? "the variant cannot be built");
        const properties = catalogue.properties.filter(({ name }) => question.judged.includes(name));
        sampler = createSampler(run.value, properties, { interrupt: () => Atomics.load(stopped, 0) === 1 });
        return sampler;
      });
      return null;
    }
    if (question.ask === "forget") {
      subjects.delete(question.subject);
      return null;
    }
    const { id } = question;
    if (question.ask === "verify") {
      verify();
      return { id, kind: "verified" };
    }
    const { seed, from, count, pinned } = question;
    const sampler = subjects.get(question.subject)!();
    return { id, kind: "sampled", batch: sampler.sample(seed, from, count, pinned) };
  };
  parentPort?.on("message", (question: ReplicationQuestion) => {
    const tell = (answer: ReplicationAnswer): void => parentPort?.postMessage(answer);
    const id = "id" in question ? question.id : -1;
    try {
      const answer = answerTo(question);
      if (answer !== null) tell(answer);
    } catch (error) {
      if (error instanceof ManagerFault) {
        tell({ id, kind: "broken", issues: error.issues, request: error.request });
        return;
      }
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      tell({ id, kind: "failed", message, stack: stack ?? "" });
    }
  });
}

if (parentPort !== null) void work();
