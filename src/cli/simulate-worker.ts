/** Simulates variants away from the main thread, so that Ctrl-C and the wall limit are heard while one runs. */
import { parentPort, workerData } from "node:worker_threads";
import type { Issue } from "../base/issue.js";
import type { Result } from "../base/result.js";
import { ManagerFault } from "../live/fault.js";
import { defaultGate } from "../models/judging/catalogue.js";
import { runVariant, type VariantRun } from "../run/run-variant.js";
import { buildRun } from "../scenario/build-run.js";
import type { Variant } from "../scenario/scenario.js";
import { type OpenCatalogue, openCatalogue } from "./foreign/open-catalogue.js";
import type { WatchedSetup } from "./foreign/watched-worker.js";
import { sha256 } from "./sha256.js";

export interface SimulateSetup {
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
  | {
      readonly id: number;
      readonly kind: "broken";
      readonly issues: readonly Issue[];
      readonly request: string | null;
    }
  | { readonly id: number; readonly kind: "bug"; readonly message: string; readonly stack: string };

type Opened = Result<OpenCatalogue, readonly Issue[]>;

function simulate(
  task: Task,
  opened: Opened,
  stopped: Int32Array,
  tell: (report: Report) => void,
): VariantRun {
  if (!opened.ok) throw new ManagerFault(opened.error);
  const { catalogue, verify } = opened.value;
  const run = buildRun(task.scenario, task.variant, catalogue);
  if (!run.ok) throw new Error(run.error[0]?.message ?? "the variant cannot be built");
  const startedMs = performance.now();
  const { wallMs } = task.variant.spec.limits;
  const done = runVariant(run.value, task.variant, {
    seed: task.seed,
    properties: catalogue.properties,
    gate: defaultGate,
    ...(task.runs === null ? {} : { runs: task.runs }),
    sha256,
    interrupt: () => Atomics.load(stopped, 0) === 1 || performance.now() - startedMs > wallMs,
    progress: (count, all) => tell({ id: task.id, kind: "progress", done: count, all }),
  });
  verify();
  return done;
}

async function work(): Promise<void> {
  const { request, watch, stop } = workerData as SimulateSetup & WatchedSetup;
  const stopped = new Int32Array(stop);
  const opened = await openCatalogue(request, watch);
  parentPort?.on("message", (task: Task) => {
    const tell = (report: Report): void => parentPort?.postMessage(report);
    const { id } = task;
    try {
      tell({ id, kind: "done", run: simulate(task, opened, stopped, tell) });
    } catch (error) {
      if (error instanceof ManagerFault) {
        tell({ id, kind: "broken", issues: error.issues, request: error.request });
        return;
      }
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      tell({ id, kind: "bug", message, stack: stack ?? "" });
    }
  });
}

if (parentPort !== null) void work();
