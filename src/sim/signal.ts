/** Something that processes can wait for: firing it wakes all that wait now, in the order in which they came. */
import type { Command, Process, Processes } from "./process.js";

export class Signal {
  private waiters: Process[] = [];
  private command: Command | null = null;

  constructor(private readonly processes: Processes) {}

  /** What a process yields to wait for it: always the same, since most signals are waited for again and again. */
  get awaited(): Command {
    this.command ??= { kind: "wait", signals: [this], all: false };
    return this.command;
  }

  get waiting(): number {
    return this.waiters.length;
  }

  /** For the scheduler: a process waits, until `forget` or the next firing. */
  enlist(process: Process): void {
    this.waiters.push(process);
  }

  forget(process: Process): void {
    const at = this.waiters.indexOf(process);
    if (at >= 0) this.waiters.splice(at, 1);
  }

  fire(): void {
    if (this.waiters.length === 0) return;
    const woken = this.waiters;
    this.waiters = [];
    for (const process of woken) this.processes.signalled(process, this);
  }

  reset(): void {
    this.waiters = [];
  }
}
