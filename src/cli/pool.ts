/** Worker threads that simulate variants. The order of results is that of the tasks, whatever the number of threads. */
import type { Issue } from "../base/issue.js";
import type { VariantRun } from "../run/run-variant.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import { startWatched, type WatchedWorker } from "./foreign/watched-worker.js";
import type { Report, SimulateSetup, Task } from "./simulate-worker.js";

export interface Bug {
  readonly task: Task;
  readonly message: string;
  readonly stack: string;
}

/** What the user loaded broke the contract: nothing that was simulated with it means anything. */
export interface Broken {
  readonly task: Task;
  readonly issues: readonly Issue[];
  /** What was asked when it broke, in full. */
  readonly request: string | null;
}

export interface PoolOptions {
  readonly jobs: number;
  readonly request: CatalogueRequest;
  /** One Int32; set to 1 to stop what runs and start nothing more. */
  readonly stop: SharedArrayBuffer;
  readonly failFast: (run: VariantRun) => boolean;
  readonly progress: (text: string) => void;
}

export interface PoolResult {
  /** By task; a missing run was not started or not finished before the stop. */
  readonly runs: readonly (VariantRun | undefined)[];
  readonly bug: Bug | null;
  readonly broken: Broken | null;
}

export async function runAll(tasks: readonly Task[], options: PoolOptions): Promise<PoolResult> {
  const runs: (VariantRun | undefined)[] = tasks.map(() => undefined);
  const stopped = new Int32Array(options.stop);
  const setup: SimulateSetup = { stop: options.stop };
  const workers: WatchedWorker[] = [];
  let next = 0;
  let open = 0;
  let bug: Bug | null = null;
  let broken: Broken | null = null;
  await new Promise<void>((resolve) => {
    const startOne = (): void => {
      let current: Task | null = null;
      const give = (): void => {
        const more = next < tasks.length && Atomics.load(stopped, 0) === 0;
        current = more && bug === null && broken === null ? tasks[next++]! : null;
        if (current !== null) {
          open++;
          watched.worker.postMessage(current);
        } else if (open === 0) resolve();
      };
      /** The task of this thread has ended; those of others may end too, nothing new is started. */
      const ended = (): void => {
        if (current !== null) open--;
        current = null;
        if (open === 0 || broken !== null) resolve();
      };
      const taskNow = (): Task => current ?? tasks[0]!;
      const watched = startWatched(new URL("./simulate-worker.js", import.meta.url), setup, options.request, {
        broken(issues) {
          broken ??= { task: taskNow(), issues, request: null };
          ended();
        },
        failed(error) {
          bug ??= { task: taskNow(), message: error.message, stack: error.stack ?? "" };
          ended();
        },
      });
      workers.push(watched);
      watched.worker.on("message", (report: Report) => {
        const task = tasks[report.id]!;
        if (report.kind === "progress") {
          options.progress(`${task.scenario} · ${task.variant.name}: run ${report.done} of ${report.all}`);
        } else if (report.kind === "bug") {
          bug ??= { task, message: report.message, stack: report.stack };
          ended();
        } else if (report.kind === "broken") {
          broken ??= { task, issues: report.issues, request: report.request };
          ended();
        } else {
          runs[report.id] = report.run;
          open--;
          options.progress(`${task.scenario} · ${task.variant.name}: done`);
          if (options.failFast(report.run)) Atomics.store(stopped, 0, 1);
          give();
        }
      });
      give();
    };
    for (let k = 0; k < Math.min(options.jobs, tasks.length); k++) startOne();
    if (tasks.length === 0) resolve();
  });
  await Promise.all(workers.map((worker) => worker.end()));
  return { runs, bug, broken };
}
