/**
 * A resource with a capacity that may change during a run. Those who wait are served by rank (small first), and in
 * the order of asking within a rank. A smaller capacity takes nothing from those who hold it; it serves nobody new.
 */
import type { Process, Processes } from "./process.js";

interface Waiter {
  readonly process: Process;
  readonly rank: number;
}

export class Resource {
  inUse = 0;
  /** The command that most who come yield: one object for all of them. */
  readonly claim: { readonly kind: "acquire"; readonly resource: Resource; readonly rank: number };
  private readonly waiters: Waiter[] = [];
  private head = 0;

  constructor(
    private readonly processes: Processes,
    private size: number,
  ) {
    this.claim = { kind: "acquire", resource: this, rank: 0 };
  }

  get capacity(): number {
    return this.size;
  }

  get queueLength(): number {
    return this.waiters.length - this.head;
  }

  setCapacity(capacity: number): void {
    this.size = capacity;
    this.serve();
  }

  /** For the scheduler: true when the process has it at once, else it waits. */
  request(process: Process, rank: number): boolean {
    if (this.inUse < this.size && this.head === this.waiters.length) {
      this.inUse++;
      return true;
    }
    let at = this.waiters.length;
    while (at > this.head && this.waiters[at - 1]!.rank > rank) at--;
    if (at === this.waiters.length) this.waiters.push({ process, rank });
    else this.waiters.splice(at, 0, { process, rank });
    return false;
  }

  forget(process: Process): void {
    for (let at = this.head; at < this.waiters.length; at++) {
      if (this.waiters[at]!.process === process) {
        this.waiters.splice(at, 1);
        return;
      }
    }
  }

  release(): void {
    this.inUse--;
    this.serve();
  }

  private serve(): void {
    while (this.inUse < this.size && this.head < this.waiters.length) {
      const { process } = this.waiters[this.head++]!;
      if (this.head > 64 && this.head * 2 > this.waiters.length) {
        this.waiters.splice(0, this.head);
        this.head = 0;
      }
      this.inUse++;
      this.processes.granted(process, this);
    }
  }
}
