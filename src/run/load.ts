/**
 * Load in the simulated fleet: the fluid model, told what health and caches are, and asked what becomes of requests. It
 * is there only where a service has a capacity.
 */
import { fleetLoad } from "../models/demand/fleet-load.js";
import type { FluidFleet, StationMode } from "../models/demand/fluid-fleet.js";
import type { Run } from "../scenario/run.js";
import type { EventHandle, Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import { takeHealth } from "./load-health.js";
import { levelFull } from "./quality-tracker.js";
import type { Emitter } from "./sink.js";
import type { World } from "./world.js";

export class Load {
  /** Called when a service collapses, or the last one is over it. */
  changed: () => void = () => {};
  private readonly fluid: FluidFleet;
  private readonly instances: Int32Array;
  private readonly told: StationMode[];
  private readonly toldFactor: Float64Array;
  private readonly factor: Float64Array;
  private readonly onTurn: number;
  private turn: EventHandle | null = null;
  private sinceMs = 0;
  private wasUnsettled = false;
  private cause = -1;

  constructor(
    private readonly run: Run,
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly emitter: Emitter,
  ) {
    const { fluid, instances } = fleetLoad(run.fleet, run.spec.demand);
    this.fluid = fluid;
    this.instances = instances;
    this.told = Array.from(instances, () => "healthy");
    this.toldFactor = new Float64Array(instances.length);
    this.factor = new Float64Array(run.fleet.instanceCount);
    world.quality.factor = this.factor;
    world.beforeQuality = () => this.update();
    this.onTurn = kernel.register(() => {
      this.turn = null;
      this.update();
      this.tell();
    });
  }

  reset(): void {
    this.fluid.reset();
    this.told.fill("healthy");
    this.toldFactor.fill(1);
    this.factor.fill(1);
    this.turn = null;
    this.sinceMs = 0;
    this.wasUnsettled = false;
    this.cause = -1;
  }

  start(): void {
    this.update();
    this.tell();
  }

  get unsettled(): boolean {
    return this.fluid.unsettled;
  }

  get hasCollapsed(): boolean {
    return this.fluid.hasCollapsed;
  }

  /** Turns away what is too much at every station that has collapsed. */
  shed(because: number): void {
    this.advance();
    this.fluid.modes.forEach((mode, station) => {
      if (mode === "collapsed" || mode === "draining") this.fluid.shed(station);
    });
    this.update();
    this.cause = because;
    this.tell();
  }

  private tell(): void {
    this.world.tellQuality(this.cause);
  }

  private advance(): void {
    this.fluid.advance(this.kernel.now - this.sinceMs);
    this.sinceMs = this.kernel.now;
  }

  private update(): void {
    this.advance();
    const { fleet } = this.run;
    takeHealth(
      fleet,
      { fluid: this.fluid, instances: this.instances },
      this.world.serving,
      this.world.level,
      this.world.quality,
    );
    this.fluid.settle();
    this.passOn();
    if (this.turn !== null) this.kernel.cancel(this.turn);
    const ms = this.fluid.turnsIn();
    this.turn =
      ms === null
        ? null
        : this.kernel.scheduleIn(Math.max(1, Math.ceil(ms)), priority.health, this.onTurn, 0);
    const { unsettled } = this.fluid;
    if (this.wasUnsettled && !unsettled) this.changed();
    this.wasUnsettled = unsettled;
  }

  /** Tells modes that are new, and has quality worked out again where it is another. */
  private passOn(): void {
    const { fluid } = this;
    let collapsed = false;
    this.instances.forEach((instance, station) => {
      const mode = fluid.modes[station]!;
      const factor = fluid.factor[station]!;
      if (factor !== this.toldFactor[station]) {
        this.toldFactor[station] = factor;
        this.factor[instance] = factor;
        this.world.quality.touch(instance);
      }
      if (mode === this.told[station]) return;
      this.told[station] = mode;
      collapsed ||= mode === "collapsed";
      this.cause = this.tellMode(instance, station, mode);
    });
    if (collapsed) this.changed();
  }

  private tellMode(instance: number, station: number, state: StationMode): number {
    const { fleet } = this.run;
    const { fluid, world } = this;
    const returning = Math.round(fluid.returning[station]!);
    return this.emitter.event(
      {
        e: "overload",
        service: fleet.serviceNames[fleet.serviceOf[instance]!]!,
        where: fleet.placeName(instance),
        state,
        offered: Math.round(fluid.offered[station]!),
        returning,
        capacity: Math.round(fluid.capacity[station]!),
        waiting: Math.round(fluid.queue[station]!),
        again: returning > 0 || world.level[instance]! < levelFull,
      },
      [world.lastEvent[instance]!],
    );
  }
}
