/** Which region groups a change may reach by now, for every manager: waves, bake times, what an alarm stops. */
import type { Name } from "../models/fleet/spec.js";
import { isDestructive } from "../models/guards/guard.js";
import type { Action } from "../models/managers/contract.js";
import type { Run, Script } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { Configuration } from "./configuration.js";
import { Rollout } from "./rollout.js";

export class Rollouts {
  private readonly all: readonly Rollout[];
  private readonly onCheck: number;
  private bypassed: Script["bypassed"] = new Map();
  /** Regions in trouble now, by region group; rollouts that bake look at it. */
  groupInTrouble: (group: number) => boolean = () => false;
  rollBack: (manager: number) => void = () => {};
  /** More groups are open for a manager: it may go on. */
  opened: (manager: number) => void = () => {};
  isIdle: (manager: number) => boolean = () => true;

  constructor(
    private readonly run: Run,
    private readonly kernel: Kernel,
    private readonly configuration: Configuration,
  ) {
    this.all = run.managers.map((owner) => new Rollout(owner, run.fleet.groupNames.length));
    this.onCheck = kernel.register((manager) => this.check(manager));
  }

  reset(bypassed: Script["bypassed"]): void {
    this.bypassed = bypassed;
    for (const rollout of this.all) rollout.reset();
  }

  /** A new version: a change, a repair or a rollback, all of them rolled out alike. */
  begin(): void {
    for (const rollout of this.all) {
      rollout.begin(this.configuration.version, this.bypasses(rollout.manager.spec.name));
      if (!rollout.complete) this.scheduleCheck(rollout.manager.index);
    }
  }

  /** The guards that lay out the waves are switched off. */
  private bypasses(manager: Name): boolean {
    const off = this.bypassed.get(manager);
    return off !== undefined && (off.has("waves") || off.has("cells"));
  }

  /** Places of an action that are open now. */
  openPlaces(manager: number, action: Action, service: number): readonly Name[] {
    const rollout = this.all[manager]!;
    const touches = isDestructive(action) || action.do === "update";
    if (!touches || rollout.complete) return action.target.places;
    const { fleet } = this.run;
    return action.target.places.filter((place) =>
      rollout.isOpen(
        fleet.groupOfInstance[fleet.firstInstance[service]! + fleet.placeIndex(service, place)]!,
      ),
    );
  }

  /** People closed the incident: what their alarm had stopped goes on. */
  resume(): void {
    for (const rollout of this.all) rollout.halted = false;
  }

  private scheduleCheck(manager: number): void {
    const { policy, bakeMs } = this.run.managers[manager]!;
    const bakes =
      policy.rollout === "bake" || policy.rollout === "autoRollback" || this.bakesByGuard(manager);
    this.kernel.scheduleIn(bakes ? bakeMs : policy.reconcileMs, priority.managers, this.onCheck, manager);
  }

  private bakesByGuard(manager: number): boolean {
    return this.run.managers[manager]!.guards.some(
      (item) => item.guard.name === "cells" || item.options["bakeMs"] !== undefined,
    );
  }

  /** Opens the next wave when this one is through and, where it bakes, nobody is in trouble. */
  private check(manager: number): void {
    const rollout = this.all[manager]!;
    if (rollout.complete || rollout.version !== this.configuration.version) return;
    const owner = this.run.managers[manager]!;
    const bakes = owner.policy.rollout !== "waves" || this.bakesByGuard(manager);
    const trouble =
      bakes &&
      this.run.fleet.groupNames.some((_, group) => rollout.isOpen(group) && this.groupInTrouble(group));
    if (trouble) {
      if (!rollout.halted && owner.policy.rollout === "autoRollback") this.rollBack(manager);
      rollout.halted = true;
    } else if (this.isIdle(manager) && !rollout.halted) {
      rollout.openNext();
      this.opened(manager);
    }
    if (!rollout.complete) this.scheduleCheck(manager);
  }
}
