/**
 * One service station, request by request: arrivals, clients that time out and try again, a queue with an order and a
 * bound, work on requests that nobody waits for any more. The fluid model of a fleet is held against it.
 */
import { assert } from "../base/assert.js";
import { type Luck, nameKey, purpose } from "../base/keyed-random.js";
import { log1p } from "../base/math.js";
import type { QueueSpec } from "../models/demand/spec.js";
import { type EventHandle, Kernel, priority } from "../sim/kernel.js";
import { TimeWeighted } from "../sim/statistics.js";

export interface StationSpec {
  readonly arrivalsPerSecond: number;
  /** Of one server; exponential. */
  readonly servedPerSecond: number;
  readonly servers: number;
  /** How long a client waits for an answer; null: for ever. */
  readonly timeoutMs: number | null;
  /** Mean (exponential) after which a client that waits leaves for good; null: it stays. */
  readonly patienceMs: number | null;
  /** Retries after the first attempt, exponential waits, and retries a request at most over all clients. */
  readonly retry: { readonly max: number; readonly meanWaitMs: number; readonly budget: number | null };
  readonly queue: QueueSpec;
  /** Nothing is served meanwhile. */
  readonly pause: { readonly fromMs: number; readonly untilMs: number } | null;
  readonly untilMs: number;
  /** What happens before is not counted. */
  readonly countFromMs: number;
}

export interface StationResult {
  /** Answers that came in time, a second. */
  readonly goodputPerSecond: number;
  readonly arrived: number;
  /** Left the queue out of impatience. */
  readonly left: number;
  /** Mean number of clients between two attempts. */
  readonly meanOrbit: number;
}

interface Attempt {
  readonly retriesLeft: number;
  readonly patientUntil: number;
  expired: boolean;
  timeout: EventHandle | null;
}

/** Events are due in whole microseconds here, so that rounding a service time of 10 ms changes nothing. */
const ticks = 1000;
const key = nameKey("request station");
const [arrival, service, retry, patience] = ["arrival", "service", "retry", "patience"].map(purpose);

export const simulateStation = (spec: StationSpec, luck: Luck): StationResult =>
  new RequestStation(spec, luck).run();

class RequestStation {
  private readonly kernel = new Kernel();
  private readonly drawn = new Map<number, number>();
  private readonly attempts: Attempt[] = [];
  private queue: number[] = [];
  private head = 0;
  private busy = 0;
  private paused = false;
  private requests = 0;
  private retries = 0;
  private good = 0;
  private arrived = 0;
  private left = 0;
  private readonly orbit = new TimeWeighted(0);
  private readonly onArrival = this.kernel.register(() => this.arrive());
  private readonly onServed = this.kernel.register((attempt) => this.served(attempt));
  private readonly onTimeout = this.kernel.register((attempt) => this.timedOut(attempt));
  private readonly onRetry = this.kernel.register((retriesLeft) => this.tryAgain(retriesLeft));
  private readonly onPause = this.kernel.register((on) => this.setPaused(on === 1));

  constructor(
    private readonly spec: StationSpec,
    private readonly luck: Luck,
  ) {
    assert(spec.countFromMs < spec.untilMs, "something is counted");
  }

  run(): StationResult {
    const { spec, kernel } = this;
    this.after(1000 / spec.arrivalsPerSecond, arrival!, this.onArrival, 0);
    if (spec.pause !== null) {
      kernel.schedule(spec.pause.fromMs * ticks, priority.world, this.onPause, 1);
      kernel.schedule(spec.pause.untilMs * ticks, priority.world, this.onPause, 0);
    }
    const untilTick = spec.untilMs * ticks;
    kernel.run({ untilMs: spec.countFromMs * ticks, eventsMax: Number.MAX_SAFE_INTEGER });
    const before = this.orbit.integral(kernel.now);
    kernel.run({ untilMs: untilTick, eventsMax: Number.MAX_SAFE_INTEGER });
    const lengthMs = spec.untilMs - spec.countFromMs;
    return {
      goodputPerSecond: (1000 * this.good) / lengthMs,
      arrived: this.arrived,
      left: this.left,
      meanOrbit: (this.orbit.integral(untilTick) - before) / (lengthMs * ticks),
    };
  }

  /** After an exponential time. */
  private after(meanMs: number, what: number, handler: number, argument: number): void {
    this.kernel.scheduleIn(Math.round(this.exponential(meanMs, what)), priority.world, handler, argument);
  }

  /** In ticks. */
  private exponential(meanMs: number, what: number): number {
    const index = this.drawn.get(what) ?? 0;
    this.drawn.set(what, index + 1);
    return -meanMs * ticks * log1p(-this.luck.uniform(key.hi, key.lo, what, index));
  }

  private get counts(): boolean {
    return this.kernel.now >= this.spec.countFromMs * ticks;
  }

  private arrive(): void {
    this.requests++;
    if (this.counts) this.arrived++;
    this.after(1000 / this.spec.arrivalsPerSecond, arrival!, this.onArrival, 0);
    this.attempt(this.spec.retry.max);
  }

  private tryAgain(retriesLeft: number): void {
    this.orbit.set(this.kernel.now, this.orbit.value - 1);
    this.attempt(retriesLeft);
  }

  private attempt(retriesLeft: number): void {
    const { spec, kernel } = this;
    const idle = !this.paused && this.busy < spec.servers;
    if (!idle && spec.queue.bound !== null && this.queue.length - this.head >= spec.queue.bound) {
      this.failed(retriesLeft);
      return;
    }
    const patientUntil =
      spec.patienceMs === null
        ? Number.POSITIVE_INFINITY
        : kernel.now + this.exponential(spec.patienceMs, patience!);
    const index = this.attempts.push({ retriesLeft, patientUntil, expired: false, timeout: null }) - 1;
    if (spec.timeoutMs !== null) {
      const due = kernel.now + spec.timeoutMs * ticks;
      this.attempts[index]!.timeout = kernel.schedule(due, priority.world, this.onTimeout, index);
    }
    if (idle) this.serve(index);
    else this.queue.push(index);
  }

  private failed(retriesLeft: number): void {
    const { max, meanWaitMs, budget } = this.spec.retry;
    if (retriesLeft === 0 || max === 0) return;
    if (budget !== null && this.retries >= budget * this.requests) return;
    this.retries++;
    this.orbit.set(this.kernel.now, this.orbit.value + 1);
    this.after(meanWaitMs, retry!, this.onRetry, retriesLeft - 1);
  }

  private timedOut(index: number): void {
    const attempt = this.attempts[index]!;
    attempt.expired = true;
    this.failed(attempt.retriesLeft);
  }

  private serve(index: number): void {
    this.busy++;
    this.after(1000 / this.spec.servedPerSecond, service!, this.onServed, index);
  }

  private served(index: number): void {
    const attempt = this.attempts[index]!;
    this.busy--;
    if (!attempt.expired) {
      if (attempt.timeout !== null) this.kernel.cancel(attempt.timeout);
      if (this.counts) this.good++;
    }
    this.serveNext();
  }

  private setPaused(paused: boolean): void {
    this.paused = paused;
    this.serveNext();
  }

  private serveNext(): void {
    const { queue, servers } = this.spec;
    while (!this.paused && this.busy < servers && this.head < this.queue.length) {
      const index = queue.order === "lifo" ? this.queue.pop()! : this.queue[this.head++]!;
      const attempt = this.attempts[index]!;
      if (queue.dropExpired && attempt.expired) continue;
      if (attempt.patientUntil < this.kernel.now) {
        if (this.counts) this.left++;
        if (attempt.timeout !== null) this.kernel.cancel(attempt.timeout);
        continue;
      }
      this.serve(index);
    }
    // Served requests at the front are let go of now and then.
    if (this.head > 10_000 && 2 * this.head > this.queue.length) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
  }
}
