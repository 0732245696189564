/** Judges and shrinks cases away from the main thread. */
import { parentPort, workerData } from "node:worker_threads";
import { ManagerFault } from "../live/fault.js";
import { type Answer, CheckDesk, type Question } from "./check-desk.js";
import { labelsOf } from "./foreign/manager-option.js";
import { openCatalogue } from "./foreign/open-catalogue.js";
import type { WatchedSetup } from "./foreign/watched-worker.js";
import { SharedMemo } from "./shared-memo.js";

export interface CheckWorkerSetup {
  /** One Int32: 1 as soon as the search shall stop. */
  readonly stop: SharedArrayBuffer;
  /** What the threads tell each other; null: there is only one. */
  readonly memory: SharedArrayBuffer | null;
  /** Wait this long before every answer, in ms: tests show that the order of answers does not matter. */
  readonly delaysMs: readonly number[];
}

async function work(): Promise<void> {
  const { request, watch, stop, memory, delaysMs } = workerData as CheckWorkerSetup & WatchedSetup;
  const opened = await openCatalogue(request, watch);
  const foreign = labelsOf(request).length > 0;
  const desk = opened.ok
    ? new CheckDesk(
        opened.value.catalogue,
        foreign,
        new Int32Array(stop),
        () => opened.value.verify(),
        memory === null ? null : new SharedMemo(memory),
      )
    : null;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let answered = 0;
  const answerTo = (question: Question): Answer | null => {
    if (!opened.ok || desk === null) throw new ManagerFault(opened.ok ? [] : opened.error);
    return desk.answer(question);
  };
  parentPort?.on("message", (question: Question) => {
    const tell = (answer: Answer): void => {
      const delayMs = delaysMs.length === 0 ? 0 : delaysMs[answered++ % delaysMs.length]!;
      if (delayMs > 0) Atomics.wait(pause, 0, 0, delayMs);
      parentPort?.postMessage(answer);
    };
    const id = question.ask === "open" ? -1 : question.id;
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
