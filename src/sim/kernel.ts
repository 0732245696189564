/**
 * The simulation kernel: a clock, a queue, and static handlers that get an integer. The clock is the due time of the
 * event being handled. It knows no service and no manager.
 */
import { assert } from "../base/assert.js";
import type { EventHandle, EventQueue } from "./event-queue.js";
import { LadderQueue } from "./ladder-queue.js";

export type { EventHandle } from "./event-queue.js";

/** What comes first among events of the same time. */
export const priority = { world: 0, health: 1, signals: 2, managers: 3, people: 4, collectors: 5 } as const;

export type RunVerdict = "empty" | "time-limit" | "event-limit" | "interrupted";

export interface RunLimits {
  /** Events due after this are left; due exactly then are handled. */
  readonly untilMs: number;
  readonly eventsMax: number;
  /** Asked every 4096 events; true ends the run. */
  readonly interrupt?: () => boolean;
}

export type Handler = (argument: number) => void;

const interruptEvery = 4096;

export class Kernel {
  /** Current time in ms. */
  now = 0;
  eventsHandled = 0;
  private readonly handlers: Handler[] = [];

  constructor(private readonly queue: EventQueue = new LadderQueue()) {}

  /** Registers a handler once, before any run; events name it by the number returned. */
  register(handler: Handler): number {
    this.handlers.push(handler);
    return this.handlers.length - 1;
  }

  /** At a time; the past is a bug of ours. */
  schedule(dueMs: number, priorityClass: number, handler: number, argument: number): EventHandle {
    if (dueMs < this.now) assert(false, `an event is scheduled for ${dueMs}, before now (${this.now})`);
    return this.queue.push(dueMs, priorityClass, handler, argument);
  }

  /** After a delay in whole ms. */
  scheduleIn(delayMs: number, priorityClass: number, handler: number, argument: number): EventHandle {
    return this.queue.push(this.now + delayMs, priorityClass, handler, argument);
  }

  /** False when the event was handled or cancelled before. */
  cancel(handle: EventHandle): boolean {
    return this.queue.cancel(handle);
  }

  get pending(): number {
    return this.queue.size;
  }

  /** Handles events in order until a limit or the end. May be called again to go on. */
  run(limits: RunLimits): RunVerdict {
    const { queue, handlers } = this;
    const { untilMs, eventsMax, interrupt } = limits;
    let untilCheck = interruptEvery;
    while (queue.size > 0) {
      if (this.eventsHandled >= eventsMax) return "event-limit";
      if (!queue.pop(untilMs)) {
        this.now = untilMs;
        return "time-limit";
      }
      this.now = queue.dueMs;
      this.eventsHandled++;
      handlers[queue.handler]!(queue.argument);
      if (interrupt !== undefined && --untilCheck === 0) {
        untilCheck = interruptEvery;
        if (interrupt()) return "interrupted";
      }
    }
    return "empty";
  }

  /** Back to time zero without events; handlers and storage stay. */
  reset(): void {
    this.queue.clear();
    this.now = 0;
    this.eventsHandled = 0;
  }
}
