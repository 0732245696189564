/**
 * The worker as the page sees it: one question at a time, the newest wins. An answer to an older question is dropped, and
 * a run that keeps a newer question waiting for too long is given up together with its worker.
 */
import type { WhatIfData } from "../../report/what-if/what-if-data.js";
import type { Question, Settings } from "./protocol.js";
import type { FromWorker, ToWorker } from "./worker.js";

const patienceMs = 3_000;

export class Simulator {
  private worker: Worker | null = null;
  private url: string | null = null;
  private asked = 0;
  private running: Question | null = null;
  private waiting: Question | null = null;

  constructor(
    private readonly data: WhatIfData,
    private readonly tell: (message: FromWorker) => void,
    /** The browser did not start it, or it broke. */
    private readonly broken: (message: string) => void,
  ) {}

  ask(variant: string, settings: Settings): void {
    const question = { id: ++this.asked, variant, settings };
    const { running } = this;
    if (running === null) {
      this.send(question);
      return;
    }
    this.waiting = question;
    setTimeout(() => {
      if (this.running !== running || this.waiting === null) return;
      this.stop();
      this.send(this.waiting);
    }, patienceMs);
  }

  private send(question: Question): void {
    this.running = question;
    this.waiting = null;
    try {
      this.worker ??= this.start();
      this.worker.postMessage(question satisfies ToWorker);
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  private start(): Worker {
    const { simulator, ...data } = this.data;
    this.url ??= URL.createObjectURL(new Blob([simulator], { type: "text/javascript" }));
    const worker = new Worker(this.url);
    worker.onmessage = ({ data: message }: MessageEvent<FromWorker>) => {
      if (message.kind !== "traced") this.running = null;
      if (this.running === null && this.waiting !== null) this.send(this.waiting);
      else if (message.id === this.asked) this.tell(message);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || "the browser does not say why");
    };
    worker.postMessage(data satisfies ToWorker);
    return worker;
  }

  private fail(message: string): void {
    this.stop();
    this.running = null;
    this.waiting = null;
    this.broken(message);
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }
}
