/** The threads of a search. */
import type { Answer, Question, Subject } from "./check-desk.js";
import type { CheckWorkerSetup } from "./check-worker.js";
import { type CatalogueRequest, labelsOf } from "./foreign/manager-option.js";
import { newMemory } from "./shared-memo.js";
import { WorkerPool } from "./worker-pool.js";

export interface CheckPoolOptions extends Omit<CheckWorkerSetup, "memory"> {
  readonly jobs: number;
  readonly request: CatalogueRequest;
}

export type Work = Exclude<Question, { ask: "open" | "verify" }>;
/** A question before it has a number. */
export type Unnumbered<T> = T extends unknown ? Omit<T, "id"> : never;

/** What a search needs of whoever judges its cases. */
export type SearchPool = Pick<CheckPool, "open" | "ask" | "verify">;

export class CheckPool {
  private readonly pool: WorkerPool<Answer>;

  constructor(private readonly options: CheckPoolOptions) {
    const { jobs, request, stop, delaysMs } = options;
    const setup: CheckWorkerSetup = { stop, memory: jobs > 1 ? newMemory() : null, delaysMs };
    this.pool = new WorkerPool({
      script: new URL("./check-worker.js", import.meta.url),
      setup,
      jobs,
      request,
    });
  }

  open(search: number, subject: Subject): void {
    this.pool.tell({ ask: "open", search, subject } satisfies Question);
  }

  ask(question: Unnumbered<Work>): Promise<Answer> {
    return this.pool.ask(question);
  }

  /** When nothing is asked: managers that are not ours are asked again what they were asked. */
  async verify(): Promise<readonly Answer[]> {
    if (labelsOf(this.options.request).length === 0) return [];
    return this.pool.askAll({ ask: "verify" } satisfies Unnumbered<Question>);
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
