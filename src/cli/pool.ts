/** Worker threads that simulate variants. The order of results is that of the tasks, whatever the number of threads. */
import { Worker } from "node:worker_threads";
import type { VariantRun } from "../run/run-variant.js";
import type { Report, Task, WorkerSetup } from "./simulate-worker.js";

export interface Bug {
  readonly task: Task;
  readonly message: string;
  readonly stack: string;
}

export interface PoolOptions {
  readonly jobs: number;
  readonly modules: readonly string[];
  /** One Int32; set to 1 to stop what runs and start nothing more. */
  readonly stop: SharedArrayBuffer;
  readonly failFast: (run: VariantRun) => boolean;
  readonly progress: (text: string) => void;
}

/** Runs all tasks; a missing run was not started or not finished before the stop. */
export function runAll(
  tasks: readonly Task[],
  options: PoolOptions,
): Promise<{ runs: readonly (VariantRun | undefined)[]; bug: Bug | null }> {
  const runs: (VariantRun | undefined)[] = tasks.map(() => undefined);
  const stopped = new Int32Array(options.stop);
  const setup: WorkerSetup = { modules: options.modules, stop: options.stop };
  let next = 0;
  let open = 0;
  let bug: Bug | null = null;
  return new Promise((resolve) => {
    const workers: Worker[] = [];
    const finish = (): void => {
      for (const worker of workers) void worker.terminate();
      resolve({ runs, bug });
    };
    const give = (worker: Worker): void => {
      if (next < tasks.length && Atomics.load(stopped, 0) === 0 && bug === null) {
        open++;
        worker.postMessage(tasks[next++]);
      } else if (open === 0) finish();
    };
    const failed = (task: Task, message: string, stack: string): void => {
      bug ??= { task, message, stack };
      open--;
      if (open <= 0) finish();
    };
    for (let k = 0; k < Math.min(options.jobs, tasks.length); k++) {
      const worker = new Worker(new URL("./simulate-worker.js", import.meta.url), { workerData: setup });
      workers.push(worker);
      worker.on("message", (report: Report) => {
        const task = tasks[report.id]!;
        if (report.kind === "progress") {
          options.progress(`${task.scenario} · ${task.variant.name}: run ${report.done} of ${report.all}`);
        } else if (report.kind === "bug") {
          failed(task, report.message, report.stack);
        } else {
          runs[report.id] = report.run;
          open--;
          options.progress(`${task.scenario} · ${task.variant.name}: done`);
          if (options.failFast(report.run)) Atomics.store(stopped, 0, 1);
          give(worker);
        }
      });
      worker.on("error", (error) => failed(tasks[next - 1]!, error.message, error.stack ?? ""));
      give(worker);
    }
    if (tasks.length === 0) finish();
  });
}
