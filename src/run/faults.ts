/** Faults of a scenario: when each begins and ends, and what it does to readings, observations, processes and leases. */
import type { FaultSpec } from "../models/config/spec.js";
import type { Name } from "../models/fleet/spec.js";
import type { Run } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { Configuration } from "./configuration.js";
import type { ManagerHost } from "./manager-host.js";
import type { Managers } from "./managers.js";
import type { Emitter } from "./sink.js";
import { phase, type World } from "./world.js";

export class Faults {
  private readonly events = new Map<number, number>();
  private faults: readonly FaultSpec[] = [];
  private readonly onBegin: number;
  private readonly onEnd: number;

  constructor(
    private readonly run: Run,
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly emitter: Emitter,
    private readonly configuration: Configuration,
    private readonly managers: Managers,
  ) {
    this.onBegin = kernel.register((index) => this.begin(index));
    this.onEnd = kernel.register((index) => this.end(index));
    managers.execution.faultEvents = (manager) => this.eventsOf(manager);
  }

  reset(faults: readonly FaultSpec[]): void {
    this.events.clear();
    this.faults = faults;
  }

  start(): void {
    this.faults.forEach((fault, index) => {
      this.kernel.schedule(fault.atMs, priority.world, this.onBegin, index);
    });
  }

  private eventsOf(manager: Name): readonly number[] {
    const ids: number[] = [];
    for (const [index, id] of this.events) if (this.faults[index]!.of === manager) ids.push(id);
    return ids;
  }

  private begin(index: number): void {
    const fault = this.faults[index]!;
    const { what, of, gives, forMs } = fault;
    const event = this.emitter.event({ e: "fault", what, of, gives, forMs }, []);
    this.events.set(index, event);
    this.apply(fault, event, true);
    if (forMs > 0) this.kernel.scheduleIn(forMs, priority.world, this.onEnd, index);
  }

  private end(index: number): void {
    const fault = this.faults[index]!;
    const begun = this.events.get(index) ?? -1;
    const event = this.emitter.event({ e: "fault-over", what: fault.what, of: fault.of }, [begun]);
    this.events.delete(index);
    this.apply(fault, event, false);
  }

  private apply(fault: FaultSpec, event: number, begins: boolean): void {
    const hosts = this.managers.hosts.filter((host) => host.name === fault.of && inPlaces(host, fault));
    switch (fault.what) {
      case "source":
        this.configuration.setFault(fault.of, begins ? fault : null);
        // What is polled notices an outage; that it is over is noticed by the next full pass only.
        if (begins)
          for (const host of hosts)
            if (host.owner.policy.trigger !== "edge") this.managers.poke(host, "edit");
        return;
      case "list":
        for (const host of hosts) host.listFault = begins ? listFault(fault.gives) : "none";
        if (begins) for (const host of hosts) this.managers.poke(host, "observed");
        return;
      case "observation":
        for (const host of hosts) host.frozen = begins ? this.managers.lookNow(host) : null;
        if (!begins) for (const host of hosts) this.managers.poke(host, "observed");
        return;
      case "network":
        for (const host of hosts) this.managers.execution.executors[host.owner.index]!.setCut(begins);
        return;
      case "lease":
        for (const host of hosts) this.lease(host, fault, begins);
        return;
      case "crash":
        this.crash(fault, hosts, event, begins);
    }
  }

  /** Another instance takes over with the next epoch; the old one does not know unless it looks. */
  private lease(host: ManagerHost, fault: FaultSpec, begins: boolean): void {
    if (begins) this.managers.replaceLeader(host);
    else this.managers.endReplacement(host);
    if (!begins) host.frozen = null;
    else if (fault.gives === "stale") host.frozen = this.managers.lookNow(host);
    this.managers.poke(host, "observed");
  }

  private crash(fault: FaultSpec, hosts: readonly ManagerHost[], event: number, begins: boolean): void {
    const { fleet } = this.run;
    const outside = hosts.filter((host) => host.instance < 0);
    for (const host of outside) this.managers.setAlive(host, !begins);
    const inside = new Set(hosts.filter((host) => host.instance >= 0).map((host) => host.instance));
    const service = fleet.serviceIndex.get(fault.of);
    if (service !== undefined) {
      for (let i = fleet.firstInstance[service]!; i < fleet.firstInstance[service + 1]!; i++) {
        const group = fleet.groupOfInstance[i]!;
        const names = [fleet.placeName(i), group < 0 ? "global" : fleet.groupNames[group]!];
        if (fault.in === null || names.some((name) => fault.in!.includes(name))) inside.add(i);
      }
    }
    for (const instance of inside) {
      if (begins && this.world.phase[instance] === phase.running) this.world.crash(instance, event);
      if (!begins && this.world.phase[instance] === phase.crashed && this.world.busy[instance] === 0) {
        this.world.revive(instance, event);
      }
    }
  }
}

const listFault = (gives: FaultSpec["gives"]): "error" | "empty" | "partial" =>
  gives === "stale" ? "partial" : gives;

function inPlaces(host: ManagerHost, fault: FaultSpec): boolean {
  return fault.in === null || fault.in.includes(host.cell.name);
}
