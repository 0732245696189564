/**
 * A worker thread that may run what users wrote: a call that never returns is ended with its thread, a module that ends
 * the thread itself is noticed, and nothing that it prints gets into machine output.
 */
import { Worker } from "node:worker_threads";
import type { Issue } from "../../base/issue.js";
import { callBeacon, runningCall, watchCalls } from "./call-beacon.js";
import { childProcesses, endProcesses } from "./child-processes.js";
import { type CatalogueRequest, labelsOf } from "./manager-option.js";
import type { SharedWatch } from "./open-catalogue.js";

/** What every such worker finds in its data, beside what is its own. */
export interface WatchedSetup {
  readonly request: CatalogueRequest;
  readonly watch: SharedWatch;
}

export interface WatchedEvents {
  /** The fault of what the user loaded; the thread is gone or useless. */
  broken(issues: readonly Issue[]): void;
  /** Ours. */
  failed(error: Error): void;
}

export interface WatchedWorker {
  readonly worker: Worker;
  /** Ends the thread and every process that it started. */
  end(): Promise<void>;
}

export function startWatched(
  script: URL,
  data: object,
  request: CatalogueRequest,
  events: WatchedEvents,
): WatchedWorker {
  const watch: SharedWatch = { beacon: callBeacon(), registry: childProcesses() };
  const labels = labelsOf(request);
  const foreign = labels.length > 0;
  const worker = new Worker(script, {
    workerData: { ...data, request, watch } satisfies WatchedSetup,
    stdout: foreign,
  });
  if (foreign) worker.stdout.on("data", (text: Buffer) => process.stderr.write(text));
  let over = false;
  const end = async (): Promise<void> => {
    over = true;
    stopWatching();
    await worker.terminate();
    endProcesses(watch.registry);
  };
  const blame = (code: string, owner: number, message: string, expected: string): void => {
    if (over) return;
    void end();
    const file = labels[owner - 1] ?? labels.join(" ");
    events.broken([{ code, severity: "error", file, message: `this manager ${message}`, expected }]);
  };
  const stopWatching = foreign
    ? watchCalls(watch.beacon, request.timeoutMs, (owner) =>
        blame(
          "never-returns",
          owner,
          `never returns: one call took more than ${request.timeoutMs} ms, so its thread was ended`,
          "every call to return (--manager-timeout gives more time)",
        ),
      )
    : () => {};
  worker.on("error", (error: NodeJS.ErrnoException) => {
    const owner = runningCall(watch.beacon);
    if (owner === 0 && !(foreign && error.code === "ERR_WORKER_OUT_OF_MEMORY")) {
      over = true;
      stopWatching();
      events.failed(error);
    } else blame("ended", owner, `ended its thread: ${error.message}`, "every call to return");
  });
  worker.on("exit", (code) => {
    if (foreign)
      blame("ended", runningCall(watch.beacon), `ended its thread (exit code ${code})`, "no process.exit");
    else if (!over) events.failed(new Error(`a worker thread ended with exit code ${code}`));
  });
  return { worker, end };
}
