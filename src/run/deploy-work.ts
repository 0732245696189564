/**
 * Starting instances, whoever asks: waits until what an instance needs to start is there, takes the drawn time, and
 * tells the one who asked. Managers and people share it, so an instance is never started twice at once.
 */

import type { Luck } from "../base/keyed-random.js";
import { purpose } from "../base/keyed-random.js";
import { compileDistribution } from "../base/quantile.js";
import type { Run } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import { phase, type World } from "./world.js";

const deployPurpose = purpose("deploy");
const restorePurpose = purpose("restore");

export interface DeployOrder {
  /** Manager index whose label the instance gets; -1: nobody's. */
  readonly owner: number;
  /** Manager that does the work; -1: people. */
  readonly by: number;
  readonly hand: boolean;
  readonly because: number;
  /** How long it takes, where it is not the service's own deploy time. */
  readonly takesMs?: number;
  /** Called when the instance runs, or when it was taken away meanwhile. */
  readonly finished: (instance: number, runs: boolean) => void;
}

export class DeployWork {
  /** By instance. */
  private readonly orders: (DeployOrder | null)[];
  /** By instance: the event that ends the deploy; -1 while nothing is under way. */
  private readonly handles: Float64Array;
  private readonly waiting = new Set<number>();
  /** Deploys that have begun. */
  underWay = 0;
  private readonly duration: readonly ((uniform: number) => number)[];
  private readonly restore: readonly (((uniform: number) => number) | null)[];
  private readonly onDone: number;
  private readonly onTry: number;

  constructor(
    run: Run,
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly luck: Luck,
  ) {
    this.serviceOf = run.fleet.serviceOf;
    this.orders = Array.from({ length: run.fleet.instanceCount }, () => null);
    this.handles = new Float64Array(run.fleet.instanceCount).fill(-1);
    this.duration = run.fleet.services.map((service) => compileDistribution(service.deploy));
    this.restore = run.fleet.services.map((service) =>
      service.state === null ? null : compileDistribution(service.state.restore),
    );
    this.onDone = kernel.register((instance) => this.done(instance));
    this.onTry = kernel.register((instance) => this.begin(instance));
  }

  private readonly serviceOf: Int32Array;

  reset(): void {
    this.orders.fill(null);
    this.handles.fill(-1);
    this.waiting.clear();
    this.underWay = 0;
  }

  /** Orders waiting for something they need to start. */
  get blocked(): ReadonlySet<number> {
    return this.waiting;
  }

  /** False when the instance runs already or somebody else is at it. */
  order(instance: number, order: DeployOrder): boolean {
    if (this.orders[instance] !== null || this.world.phase[instance] === phase.running) return false;
    this.orders[instance] = order;
    this.world.setBusy(instance, 1);
    if (this.world.unmetToStart[instance]! > 0) this.waiting.add(instance);
    else this.begin(instance);
    return true;
  }

  /** To be called when what an instance needs to start came or went; it begins once the instant has settled. */
  startableChanged(instance: number, startable: boolean): void {
    if (startable && this.waiting.has(instance))
      this.kernel.scheduleIn(0, priority.signals, this.onTry, instance);
  }

  /** The instance was taken away while somebody was at it. */
  abandon(instance: number): void {
    const order = this.orders[instance];
    if (order === null || order === undefined) return;
    const handle = this.handles[instance]!;
    if (handle >= 0) this.kernel.cancel(handle);
    this.forget(instance);
    order.finished(instance, false);
  }

  private begin(instance: number): void {
    const order = this.orders[instance];
    if (order === null || order === undefined) return;
    if (this.handles[instance]! >= 0 || this.world.unmetToStart[instance]! > 0) return;
    if (this.waiting.size > 0) this.waiting.delete(instance);
    const takesMs = order.takesMs ?? this.durationMs(instance);
    this.world.beginDeploy(instance, order.because, order.by, order.hand);
    this.handles[instance] = this.kernel.scheduleIn(takesMs, priority.world, this.onDone, instance);
    this.underWay++;
  }

  private durationMs(instance: number): number {
    const { world, luck } = this;
    const s = this.serviceOf[instance]!;
    const hi = world.keyHi[instance]!;
    const lo = world.keyLo[instance]!;
    const index = world.starts[instance]!;
    let takesMs = this.duration[s]!(luck.uniform(hi, lo, deployPurpose, index));
    const restore = this.restore[s]!;
    if (restore !== null && world.phase[instance] === phase.absent) {
      takesMs += restore(luck.uniform(hi, lo, restorePurpose, index));
    }
    return Math.round(takesMs);
  }

  private done(instance: number): void {
    const order = this.orders[instance]!;
    this.forget(instance);
    this.world.finishDeploy(instance, order.owner);
    order.finished(instance, true);
  }

  private forget(instance: number): void {
    if (this.handles[instance]! >= 0) this.underWay--;
    this.orders[instance] = null;
    this.handles[instance] = -1;
    if (this.waiting.size > 0) this.waiting.delete(instance);
    this.world.setBusy(instance, 0);
  }
}
