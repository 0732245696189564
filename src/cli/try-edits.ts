/** Every single edit of a repository, tried by several threads; what they find does not depend on how many there are. */
import { Worker } from "node:worker_threads";
import { addTally, emptyTally, type Tally } from "../importers/judge/hazards.js";
import type { RepositoryFile } from "../importers/judge/repository-result.js";
import type { Console } from "./console.js";
import { listenForInterruption } from "./interruption.js";
import type { RepositoryNews, RepositoryTask } from "./repository-worker.js";

export interface TriedEdits {
  readonly tally: Tally;
  readonly stoppedBy: RepositoryFile["stoppedBy"];
}

export async function tryEdits(
  task: Omit<RepositoryTask, "part" | "stop">,
  jobs: number,
  wallSeconds: number | undefined,
  console: Console,
): Promise<TriedEdits> {
  const interruption = listenForInterruption();
  const stop = interruption.flag;
  let late = false;
  const timer =
    wallSeconds === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          Atomics.store(new Int32Array(stop), 0, 1);
        }, 1000 * wallSeconds);
  let tried = 0;
  const one = (index: number): Promise<Tally> =>
    new Promise((resolve, reject) => {
      const part = { index, of: jobs };
      const worker = new Worker(new URL("./repository-worker.js", import.meta.url), {
        workerData: { ...task, part, stop } satisfies RepositoryTask,
      });
      worker.on("message", (news: RepositoryNews) => {
        if (news.kind === "done") {
          resolve(news.tally);
          return;
        }
        tried += news.tried;
        console.progress(`${tried} single changes tried`);
      });
      worker.on("error", reject);
    });
  try {
    const tally = emptyTally();
    for (const part of await Promise.all(Array.from({ length: jobs }, (_, k) => one(k))))
      addTally(tally, part);
    return { tally, stoppedBy: interruption.happened ? "interrupt" : late ? "wall" : "end" };
  } finally {
    clearTimeout(timer);
    console.clearProgress();
    interruption.ignore();
  }
}
