/**
 * Carries out the admitted actions of one manager, a limited number of instances at a time, in the order of the plan.
 * The platform does the work: an action that was handed over goes on although its manager is gone.
 */
import type { Action } from "../models/managers/contract.js";
import { causes } from "../models/managers/contract.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { DeployOrder, DeployWork } from "./deploy-work.js";
import { phase, type World } from "./world.js";

export interface Assignment {
  readonly action: Action;
  readonly instances: readonly number[];
  /** Trace event of the execution: what instance events follow from. */
  readonly event: number;
  readonly finished: (assignment: Assignment) => void;
}

interface Running extends Assignment {
  next: number;
  open: number;
  /** The same for each of its instances that it deploys. */
  order: DeployOrder | null;
}

export class Executor {
  private readonly queue: Running[] = [];
  /** By instance: the assignment that is being carried out on it. */
  private readonly doing: (Running | null)[];
  /** By instance that it deploys: takes one of the places for what is done at the same time. */
  private readonly holdsSlot: Uint8Array;
  private busy = 0;
  /** No operation gets through while this holds (network fault). */
  private cut = false;
  private readonly onDone: number;

  constructor(
    private readonly manager: number,
    private readonly parallelism: number,
    private readonly removalMs: number,
    private readonly world: World,
    private readonly deploys: DeployWork,
    private readonly kernel: Kernel,
  ) {
    this.doing = Array.from({ length: world.phase.length }, () => null);
    this.holdsSlot = new Uint8Array(world.phase.length);
    this.onDone = kernel.register((instance) => this.finish(instance));
  }

  reset(): void {
    this.queue.length = 0;
    this.doing.fill(null);
    this.busy = 0;
    this.cut = false;
  }

  get idle(): boolean {
    return this.queue.length === 0 && this.busy === 0;
  }

  assign(assignment: Assignment): void {
    const claimed = this.claimed(assignment);
    if (claimed.length === 0) {
      assignment.finished(assignment);
      return;
    }
    const { action, event, finished } = assignment;
    this.queue.push({
      action,
      event,
      finished,
      instances: claimed,
      next: 0,
      open: claimed.length,
      order: null,
    });
    this.pump();
  }

  setCut(cut: boolean): void {
    this.cut = cut;
    this.pump();
  }

  /** Those of its instances that nobody else is at: mostly all of them, which costs no list. */
  private claimed({ instances, action }: Assignment): readonly number[] {
    let some: number[] | null = null;
    for (let k = 0; k < instances.length; k++) {
      if (this.claim(instances[k]!, action)) some?.push(instances[k]!);
      else some ??= instances.slice(0, k);
    }
    return some ?? instances;
  }

  /** Marks an instance as worked on; deploys are claimed by the shared work when they start. */
  private claim(instance: number, action: Action): boolean {
    if (action.do === "deploy")
      return this.world.phase[instance] !== phase.running && this.world.busy[instance] === 0;
    if (this.world.phase[instance] === phase.absent || this.doing[instance] !== null) return false;
    this.world.setBusy(instance, 1);
    return true;
  }

  private pump(): void {
    while (!this.cut && this.busy < this.parallelism && this.queue.length > 0) {
      const assignment = this.queue[0]!;
      const instance = assignment.instances[assignment.next++]!;
      if (assignment.next === assignment.instances.length) this.queue.shift();
      this.start(assignment, instance);
    }
  }

  private start(assignment: Running, instance: number): void {
    const { action, event } = assignment;
    this.busy++;
    if (action.do === "deploy" || action.do === "restart") {
      if (action.do === "restart") this.world.setBusy(instance, 0);
      if (action.do === "restart") this.world.crash(instance, event);
      this.holdsSlot[instance] = 1;
      assignment.order ??= {
        owner: this.manager,
        by: this.manager,
        hand: false,
        because: event,
        finished: (done) => this.complete(assignment, this.holdsSlot[done] === 1),
      };
      if (!this.deploys.order(instance, assignment.order)) this.complete(assignment, true);
      else if (this.deploys.blocked.has(instance)) {
        // A deploy that waits for its dependencies must not keep the slot from what they need.
        this.holdsSlot[instance] = 0;
        this.busy--;
      }
      return;
    }
    this.doing[instance] = assignment;
    this.kernel.scheduleIn(this.removalMs, priority.world, this.onDone, instance);
  }

  private finish(instance: number): void {
    const assignment = this.doing[instance]!;
    this.doing[instance] = null;
    this.world.setBusy(instance, 0);
    const { action, event } = assignment;
    const cause = causes.indexOf(action.cause);
    if (action.do === "delete" && this.world.phase[instance] !== phase.absent) {
      this.deploys.abandon(instance);
      this.world.remove(instance, event, cause, this.manager);
    } else if (action.do === "stop" && this.world.phase[instance] === phase.running) {
      this.world.stop(instance, event, cause, this.manager);
    }
    this.complete(assignment, true);
  }

  private complete(assignment: Running, heldSlot: boolean): void {
    if (heldSlot) this.busy--;
    if (--assignment.open === 0) assignment.finished(assignment);
    this.pump();
  }
}
