/**
 * Worker threads that answer questions of a search. Answers come in any order and are handed on in the order of the
 * questions, so that nothing depends on the number of threads or their speed.
 */
import type { Worker } from "node:worker_threads";
import type { Answer, Question, Subject } from "./check-desk.js";
import type { CheckWorkerSetup } from "./check-worker.js";
import { type CatalogueRequest, labelsOf } from "./foreign/manager-option.js";
import { startWatched, type WatchedWorker } from "./foreign/watched-worker.js";
import { newMemory } from "./shared-memo.js";

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
  private readonly watched: WatchedWorker[] = [];
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
    const { request, stop, delaysMs, jobs } = this.options;
    const memory = jobs > 1 ? newMemory() : null;
    for (let k = 0; k < jobs; k++) {
      const setup: CheckWorkerSetup = { stop, memory, delaysMs };
      const watched = startWatched(new URL("./check-worker.js", import.meta.url), setup, request, {
        broken: (issues) => this.fail(worker, { id: -1, kind: "broken", issues, request: null }),
        failed: ({ message, stack = "" }) => this.fail(worker, { id: -1, kind: "failed", message, stack }),
      });
      const { worker } = watched;
      this.watched.push(watched);
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

  /** When nothing is asked: managers that are not ours are asked again what they were asked. */
  verify(): Promise<readonly Answer[]> {
    if (labelsOf(this.options.request).length === 0) return Promise.resolve([]);
    this.idle.length = 0;
    const answers = this.workers.map((worker) => {
      const id = this.nextId++;
      return new Promise<Answer>((resolve) => {
        this.asked.set(id, { resolve, worker });
        worker.postMessage({ ask: "verify", id } satisfies Question);
      });
    });
    return Promise.all(answers);
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
    await Promise.all(this.watched.map((worker) => worker.end()));
  }
}
