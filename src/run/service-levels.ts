/** Who is hurt right now: capabilities by region and by group, as the alarm, the rollouts and the verification see it. */

import type { Run } from "../scenario/run.js";
import { impairedBelow } from "../trace/measures.js";

export class ServiceLevels {
  /** By capability * regions + region: 0 fine, 1 impaired, 2 down. */
  private readonly state: Uint8Array;
  /** Regions of a group that are not fine, by capability * groups + group; and those that are down. */
  readonly impaired: Int32Array;
  private readonly down: Int32Array;
  readonly downRegions: Int32Array;
  /** Regions that were not fine since the last verification. */
  private readonly touched: Uint8Array;
  /** Capabilities that page people, and in how many regions one has to be down for that. */
  private readonly paging: readonly number[];
  private readonly alarmAt: number;
  private readonly groups: number;
  private readonly regions: number;
  /** Called when the last region of a group is fine again, or the first is not. */
  groupChanged: (capability: number, group: number, fine: boolean) => void = () => {};

  constructor(private readonly run: Run) {
    const capabilities = run.spec.fleet.capabilities.length;
    this.groups = run.fleet.groupNames.length;
    this.regions = run.fleet.regionNames.length;
    this.state = new Uint8Array(capabilities * this.regions);
    this.touched = new Uint8Array(capabilities * this.regions);
    this.impaired = new Int32Array(capabilities * this.groups);
    this.down = new Int32Array(capabilities * this.groups);
    this.downRegions = new Int32Array(capabilities);
    const { alert } = run.spec.response;
    this.paging = run.spec.fleet.capabilities.flatMap(({ name }, index) =>
      alert.capabilities === null || alert.capabilities.includes(name) ? [index] : [],
    );
    this.alarmAt = Math.max(1, Math.ceil(alert.share * this.regions));
  }

  reset(): void {
    this.state.fill(0);
    this.touched.fill(0);
    this.impaired.fill(0);
    this.down.fill(0);
    this.downRegions.fill(0);
  }

  changed(capability: number, region: number, success: number): void {
    const at = capability * this.regions + region;
    const before = this.state[at]!;
    const now = success === 0 ? 2 : success < impairedBelow ? 1 : 0;
    if (before === now) return;
    this.state[at] = now;
    const group = this.run.fleet.groupOfRegion[region]!;
    const slot = capability * this.groups + group;
    if ((before === 2) !== (now === 2)) {
      this.down[slot]! += now === 2 ? 1 : -1;
      this.downRegions[capability]! += now === 2 ? 1 : -1;
    }
    if (before === 0) {
      this.touched[at] = 1;
      if (++this.impaired[slot]! === 1) this.groupChanged(capability, group, false);
    } else if (now === 0 && --this.impaired[slot]! === 0) {
      this.groupChanged(capability, group, true);
    }
  }

  groupDown(group: number): boolean {
    for (let slot = group; slot < this.down.length; slot += this.groups)
      if (this.down[slot]! > 0) return true;
    return false;
  }

  /** Names of the regions of a group hurt since the last call, which forgets them. */
  takeTouched(capability: number, group: number): readonly string[] {
    const names: string[] = [];
    for (const region of this.run.fleet.regionsOfGroup[group]!) {
      const at = capability * this.regions + region;
      if (this.touched[at] === 1) names.push(this.run.fleet.regionNames[region]!);
      this.touched[at] = 0;
    }
    return names;
  }

  /** Some capability that pages people is down in at least the share of regions that raises the alarm. */
  alarming(): boolean {
    for (const index of this.paging) if (this.downRegions[index]! >= this.alarmAt) return true;
    return false;
  }
}
