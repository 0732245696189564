/** Simulates variants away from the main thread, so that Ctrl-C and the wall limit are heard while one runs. */
import { parentPort, workerData } from "node:worker_threads";
import { defaultGate } from "../models/judging/catalogue.js";
import { runVariant, type VariantRun } from "../run/run-variant.js";
import { buildRun } from "../scenario/build-run.js";
import type { Variant } from "../scenario/scenario.js";
import { loadCatalogue } from "./catalogue.js";
import { sha256 } from "./sha256.js";

export interface WorkerSetup {
  readonly modules: readonly string[];
  /** One Int32: 1 as soon as the run shall stop. */
  readonly stop: SharedArrayBuffer;
}

export interface Task {
  readonly id: number;
  readonly scenario: string;
  readonly variant: Variant;
  readonly seed: number;
  readonly runs: number | null;
}

export type Report =
  | { readonly id: number; readonly kind: "progress"; readonly done: number; readonly all: number }
  | { readonly id: number; readonly kind: "done"; readonly run: VariantRun }
  | { readonly id: number; readonly kind: "bug"; readonly message: string; readonly stack: string };

async function work(): Promise<void> {
  const { modules, stop } = workerData as WorkerSetup;
  const stopped = new Int32Array(stop);
  const catalogue = await loadCatalogue(modules);
  parentPort?.on("message", (task: Task) => {
    const tell = (report: Report): void => parentPort?.postMessage(report);
    const { id } = task;
    try {
      if (!catalogue.ok) throw new Error(catalogue.error[0]?.message ?? "a module cannot be loaded");
      const run = buildRun(task.scenario, task.variant, catalogue.value);
      if (!run.ok) throw new Error(run.error[0]?.message ?? "the variant cannot be built");
      const startedMs = performance.now();
      const { wallMs } = task.variant.spec.limits;
      tell({
        id,
        kind: "done",
        run: runVariant(run.value, task.variant, {
          seed: task.seed,
          properties: catalogue.value.properties,
          gate: defaultGate,
          ...(task.runs === null ? {} : { runs: task.runs }),
          sha256,
          interrupt: () => Atomics.load(stopped, 0) === 1 || performance.now() - startedMs > wallMs,
          progress: (done, all) => tell({ id, kind: "progress", done, all }),
        }),
      });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      tell({ id, kind: "bug", message, stack: stack ?? "" });
    }
  });
}

if (parentPort !== null) void work();
