/**
 * The processes of all managers. A cell has one; a second one comes beside it while the first has lost its lease without
 * noticing: two leaders, of which the older goes on with what it had read.
 */
import type { Run } from "../scenario/run.js";
import { ManagerHost } from "./manager-host.js";
import type { World } from "./world.js";

export class Leases {
  readonly hosts: ManagerHost[];
  private readonly count: number;
  /** By index of the first process; made when first needed, kept for the next run. */
  private readonly seconds = new Map<number, ManagerHost>();

  constructor(
    private readonly run: Run,
    private readonly world: World,
  ) {
    this.hosts = run.managers
      .flatMap((owner) => owner.cells.map((cell, cellIndex) => ({ owner, cell, cellIndex })))
      .map(({ owner, cell, cellIndex }, index) => new ManagerHost(index, run, owner, cell, cellIndex, world));
    this.count = this.hosts.length;
  }

  reset(): void {
    this.hosts.length = this.count;
    for (const host of this.hosts) host.reset();
  }

  /** Indices of second processes follow those of the first ones. */
  at(index: number): ManagerHost {
    return index < this.count ? this.hosts[index]! : this.seconds.get(index - this.count)!;
  }

  isSecond(host: ManagerHost): boolean {
    return host.index >= this.count;
  }

  /** Those who see a service, and the second processes among them. */
  withSeconds(seers: readonly ManagerHost[], service: number): readonly ManagerHost[] {
    if (this.hosts.length === this.count) return seers;
    const active = this.hosts.slice(this.count);
    return [...seers, ...active.filter((host) => host.observer.instancesOf(service).length > 0)];
  }

  /** The process that is active from now on, null where there is nothing to replace. */
  begin(host: ManagerHost): ManagerHost | null {
    if (!host.alive || host.deposed || this.isSecond(host)) return null;
    host.deposed = true;
    host.held = host.documents;
    let second = this.seconds.get(host.index);
    if (second === undefined) {
      const index = this.count + host.index;
      second = new ManagerHost(index, this.run, host.owner, host.cell, host.cellIndex, this.world);
      this.seconds.set(host.index, second);
    }
    second.reset();
    second.memory = host.owner.manager.boot(host.memory.durable);
    second.epoch = host.epoch + 1;
    second.paused = host.paused;
    second.documents = host.documents;
    second.reading = host.reading;
    second.readEvent = host.readEvent;
    this.hosts.push(second);
    return second;
  }

  /** The process that was active meanwhile. */
  end(host: ManagerHost): ManagerHost | null {
    host.deposed = false;
    host.held = null;
    const at = this.hosts.findIndex((other) => other.index === this.count + host.index);
    if (at < 0) return null;
    const [second] = this.hosts.splice(at, 1);
    if (host.alive && second!.alive) host.memory = second!.memory;
    host.epoch = second!.epoch;
    second!.alive = false;
    return second!;
  }
}
