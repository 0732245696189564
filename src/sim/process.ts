/**
 * Processes on top of the kernel: generators that yield what they wait for. For people and managers, who act rarely;
 * what happens often uses static handlers.
 *
 *     function* repair() {
 *       yield 5 * minute;             // a delay in whole ms
 *       yield acquire(crews, rank);   // a unit of a resource
 *       yield wait(signal);           // the next firing
 *       yield join(other);            // the end of another process
 *       yield anyOf(a, b);            // the first of several signals; allOf: each at least once
 *     }
 */
import { assert } from "../base/assert.js";
import type { EventHandle, Kernel } from "./kernel.js";
import { priority as priorities } from "./kernel.js";
import type { Resource } from "./resource.js";
import { Signal } from "./signal.js";

export type Command =
  | number
  | { readonly kind: "acquire"; readonly resource: Resource; readonly rank: number }
  | { readonly kind: "wait"; readonly signals: readonly Signal[]; readonly all: boolean }
  | { readonly kind: "join"; readonly process: Process };

export type ProcessBody = Generator<Command, void, unknown>;

export const acquire = (resource: Resource, rank = 0): Command =>
  rank === 0 ? resource.claim : { kind: "acquire", resource, rank };
export const wait = (signal: Signal): Command => signal.awaited;
export const anyOf = (...signals: Signal[]): Command => ({ kind: "wait", signals, all: false });
export const allOf = (...signals: Signal[]): Command => ({ kind: "wait", signals, all: true });
export const join = (process: Process): Command => ({ kind: "join", process });

/** Waits for nothing; shared, so that a process costs no list. */
const none: readonly Signal[] = [];

/** Thrown into an interrupted process at the point where it waits. */
export class Interrupt extends Error {
  override readonly name = "Interrupt";
  constructor(readonly reason: unknown) {
    super("interrupted");
  }
}

export interface Process {
  readonly index: number;
  readonly body: ProcessBody;
  readonly priority: number;
  alive: boolean;
  /** Event that resumes it; -1 while none is scheduled (a number all the time, which costs no box). */
  timer: EventHandle;
  resource: Resource | null;
  /** Set from the grant of a unit until the process is told of it: ended in between, it has to give the unit back. */
  granted: Resource | null;
  signals: readonly Signal[];
  /** Of an `allOf`: those that have not fired yet. */
  open: Set<Signal> | null;
  interruption: Interrupt | null;
  ended: Signal | null;
}

export class Processes {
  private readonly list: (Process | null)[] = [];
  private readonly free: number[] = [];
  private readonly onResume: number;

  constructor(private readonly kernel: Kernel) {
    this.onResume = kernel.register((index) => this.resume(index));
  }

  reset(): void {
    this.list.length = 0;
    this.free.length = 0;
  }

  /** Starts a process at the current time, after what is scheduled already for this time and priority. */
  spawn(body: ProcessBody, priority: number = priorities.people): Process {
    const index = this.free.pop() ?? this.list.length;
    const process: Process = {
      index,
      body,
      priority,
      alive: true,
      timer: -1,
      resource: null,
      granted: null,
      signals: none,
      open: null,
      interruption: null,
      ended: null,
    };
    this.list[index] = process;
    this.resumeIn(process, 0);
    return process;
  }

  /** Wakes the process with an Interrupt, wherever it waits. */
  interrupt(process: Process, reason: unknown): void {
    if (!process.alive) return;
    this.leave(process);
    process.interruption = new Interrupt(reason);
    process.timer = this.kernel.scheduleIn(0, priorities.signals, this.onResume, process.index);
  }

  /** Ends the process where it waits; its `finally` blocks run. */
  kill(process: Process): void {
    if (!process.alive) return;
    this.leave(process);
    process.body.return();
    this.end(process);
  }

  /** A signal that fires when the process ends. */
  endOf(process: Process): Signal {
    process.ended ??= new Signal(this);
    return process.ended;
  }

  /** Called by signals. */
  signalled(process: Process, signal: Signal): void {
    if (process.open !== null) {
      process.open.delete(signal);
      if (process.open.size > 0) return;
      process.open = null;
    }
    for (const other of process.signals) if (other !== signal) other.forget(process);
    process.signals = none;
    this.resumeIn(process, 0);
  }

  /** Called by resources. */
  granted(process: Process, resource: Resource): void {
    process.resource = null;
    process.granted = resource;
    this.resumeIn(process, 0);
  }

  private resumeIn(process: Process, delayMs: number): void {
    process.timer = this.kernel.scheduleIn(delayMs, process.priority, this.onResume, process.index);
  }

  private resume(index: number): void {
    const process = this.list[index];
    if (process === null || process === undefined) return;
    process.timer = -1;
    process.granted = null;
    const { body, interruption } = process;
    process.interruption = null;
    let result = interruption === null ? body.next() : body.throw(interruption);
    for (;;) {
      if (result.done === true) {
        this.end(process);
        return;
      }
      const command = result.value;
      if (typeof command === "number") {
        assert(command >= 0, "a process waits for a time that is over");
        this.resumeIn(process, command);
        return;
      }
      if (!this.obey(process, command)) return;
      // What it asked for was there: it goes on at once, without an event.
      result = body.next();
    }
  }

  /** True when there is nothing to wait for. */
  private obey(process: Process, command: Exclude<Command, number>): boolean {
    switch (command.kind) {
      case "acquire":
        if (command.resource.request(process, command.rank)) return true;
        process.resource = command.resource;
        return false;
      case "join":
        if (!command.process.alive) return true;
        this.await(process, [this.endOf(command.process)], false);
        return false;
      case "wait":
        this.await(process, command.signals, command.all);
        return false;
    }
  }

  private await(process: Process, signals: readonly Signal[], all: boolean): void {
    process.signals = signals;
    process.open = all ? new Set(signals) : null;
    for (const signal of signals) signal.enlist(process);
  }

  /** Takes the process out of whatever it waits in. */
  private leave(process: Process): void {
    if (process.timer >= 0) this.kernel.cancel(process.timer);
    process.timer = -1;
    process.resource?.forget(process);
    process.resource = null;
    const { granted } = process;
    process.granted = null;
    granted?.release();
    for (const signal of process.signals) signal.forget(process);
    process.signals = none;
    process.open = null;
  }

  private end(process: Process): void {
    process.alive = false;
    this.list[process.index] = null;
    this.free.push(process.index);
    process.ended?.fire();
  }
}
