/**
 * Worker threads that answer questions of a search. Answers come in any order and are handed on in the order of the
 * questions, so that nothing depends on the number of threads or their speed.
 */
import { Worker } from "node:worker_threads";
import type { Answer, CheckWorkerSetup, Question, Subject } from "./check-worker.js";

export interface CheckPoolOptions extends CheckWorkerSetup {
  readonly jobs: number;
}

type Work = Exclude<Question, { ask: "open" }>;
type Unnumbered<T> = T extends unknown ? Omit<T, "id"> : never;

export class CheckPool {
  private readonly workers: Worker[] = [];
  private readonly idle: Worker[] = [];
  private readonly waiting: Work[] = [];
  private readonly asked = new Map<
    number,
    { readonly resolve: (answer: Answer) => void; worker: Worker | null }
  >();
  private nextId = 0;

  constructor(private readonly options: CheckPoolOptions) {}

  private start(): void {
    const { modules, stop, delaysMs, jobs } = this.options;
    for (let k = 0; k < jobs; k++) {
      const setup: CheckWorkerSetup = { modules, stop, delaysMs };
      const worker = new Worker(new URL("./check-worker.js", import.meta.url), { workerData: setup });
      this.workers.push(worker);
      this.idle.push(worker);
      worker.on("message", (answer: Answer) => {
        if (answer.id < 0) {
          this.fail(worker, answer);
          return;
        }
        this.asked.get(answer.id)?.resolve(answer);
        this.asked.delete(answer.id);
        this.idle.push(worker);
        this.give();
      });
      worker.on("error", (error) => {
        this.fail(worker, { id: -1, kind: "failed", message: error.message, stack: error.stack ?? "" });
      });
    }
  }

  /** What went wrong outside of an answer is the answer to whatever that worker was asked, or is asked next. */
  private fail(worker: Worker, answer: Answer): void {
    const asked = [...this.asked].find(([, item]) => item.worker === worker) ?? [...this.asked][0];
    if (asked === undefined) return;
    this.asked.delete(asked[0]);
    asked[1].resolve(answer);
  }

  open(search: number, subject: Subject): void {
    if (this.workers.length === 0) this.start();
    for (const worker of this.workers)
      worker.postMessage({ ask: "open", search, subject } satisfies Question);
  }

  ask(question: Unnumbered<Work>): Promise<Answer> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.asked.set(id, { resolve, worker: null });
      this.waiting.push({ ...question, id } as Work);
      this.give();
    });
  }

  private give(): void {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const worker = this.idle.shift()!;
      const question = this.waiting.shift()!;
      this.asked.get(question.id)!.worker = worker;
      worker.postMessage(question);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
