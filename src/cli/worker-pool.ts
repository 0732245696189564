/**
 * Worker threads that answer questions. Answers come in any order and are handed on in the order of the questions, so
 * that nothing depends on the number of threads or their speed.
 */
import type { Worker } from "node:worker_threads";
import type { Issue } from "../base/issue.js";
import { ManagerFault } from "../live/fault.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import { startWatched, type WatchedWorker } from "./foreign/watched-worker.js";

/** What went wrong in place of an answer; id -1: outside of any question. */
export type Failure =
  | {
      readonly id: number;
      readonly kind: "broken";
      readonly issues: readonly Issue[];
      readonly request: string | null;
    }
  | { readonly id: number; readonly kind: "failed"; readonly message: string; readonly stack: string };

/** A module of the user, or we ourselves, threw in a worker. */
export class WorkerFailure extends Error {
  constructor(
    message: string,
    readonly stackOfWorker: string,
  ) {
    super(message);
  }
}

/** The answer, unless something went wrong: a fault of what the user loaded, or one that may be ours. */
export function answered<T extends { readonly kind: string }>(answer: T | Failure): Exclude<T, Failure> {
  if (answer.kind === "broken") {
    const { issues, request } = answer as Extract<Failure, { kind: "broken" }>;
    throw new ManagerFault(issues, request);
  }
  if (answer.kind === "failed") {
    const { message, stack } = answer as Extract<Failure, { kind: "failed" }>;
    throw new WorkerFailure(message, stack);
  }
  return answer as Exclude<T, Failure>;
}

export interface WorkerPoolOptions {
  readonly script: URL;
  /** What every worker finds in its data. */
  readonly setup: object;
  readonly jobs: number;
  readonly request: CatalogueRequest;
}

export class WorkerPool<Answer extends { readonly id: number }> {
  private readonly watched: WatchedWorker[] = [];
  private readonly workers: Worker[] = [];
  private readonly idle: Worker[] = [];
  private readonly waiting: { readonly id: number }[] = [];
  private readonly asked = new Map<
    number,
    { readonly resolve: (answer: Answer | Failure) => void; worker: Worker | null }
  >();
  private nextId = 0;
  /** Went wrong while nobody had asked anything. */
  private failed: Failure | null = null;

  constructor(private readonly options: WorkerPoolOptions) {}

  private start(): void {
    const { script, setup, request, jobs } = this.options;
    for (let k = 0; k < jobs; k++) {
      const watched = startWatched(script, setup, request, {
        broken: (issues) => this.fail(worker, { id: -1, kind: "broken", issues, request: null }),
        failed: ({ message, stack = "" }) => this.fail(worker, { id: -1, kind: "failed", message, stack }),
      });
      const { worker } = watched;
      this.watched.push(watched);
      this.workers.push(worker);
      this.idle.push(worker);
      worker.on("message", (answer: Answer | Failure) => {
        if (answer.id < 0) {
          this.fail(worker, answer as Failure);
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
  private fail(worker: Worker, failure: Failure): void {
    const asked = [...this.asked].find(([, item]) => item.worker === worker) ?? [...this.asked][0];
    if (asked === undefined) {
      this.failed ??= failure;
      return;
    }
    this.asked.delete(asked[0]);
    asked[1].resolve(failure);
  }

  /** For every thread to know before the next question. Nobody answers. */
  tell(message: object): void {
    if (this.workers.length === 0) this.start();
    for (const worker of this.workers) worker.postMessage(message);
  }

  /** Whoever is free answers. */
  ask(question: object): Promise<Answer | Failure> {
    if (this.failed !== null) return Promise.resolve(this.failed);
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.asked.set(id, { resolve, worker: null });
      this.waiting.push({ ...question, id });
      this.give();
    });
  }

  /** Every thread answers; to be asked when nothing else is. */
  askAll(question: object): Promise<readonly (Answer | Failure)[]> {
    this.idle.length = 0;
    const answers = this.workers.map((worker) => {
      const id = this.nextId++;
      return new Promise<Answer | Failure>((resolve) => {
        this.asked.set(id, { resolve, worker });
        worker.postMessage({ ...question, id });
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
