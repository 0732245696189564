/** Which region groups a change has reached: waves that open one after the other, with or without a bake time. */
import type { RunManager } from "../scenario/run.js";

export class Rollout {
  /** Number of waves open for the current version; everything is open when there are none. */
  private open = Number.POSITIVE_INFINITY;
  private readonly waveOfGroup: Int32Array;
  version = 1;
  /** A health drop during this rollout stopped it. */
  halted = false;

  constructor(
    readonly manager: RunManager,
    groupCount: number,
  ) {
    this.waveOfGroup = new Int32Array(groupCount);
    manager.waves.forEach((wave, index) => {
      for (const group of wave) this.waveOfGroup[group] = index;
    });
  }

  reset(): void {
    this.open = Number.POSITIVE_INFINITY;
    this.version = 1;
    this.halted = false;
  }

  get complete(): boolean {
    return this.open >= this.manager.waves.length;
  }

  /** `everywhere`: somebody switched the waves off. */
  begin(version: number, everywhere = false): void {
    this.version = version;
    this.halted = false;
    this.open = everywhere || this.manager.waves.length === 0 ? Number.POSITIVE_INFINITY : 1;
  }

  openNext(): void {
    this.open++;
  }

  /** What is global (group -1) belongs to the last wave. */
  isOpen(group: number): boolean {
    if (this.open >= this.manager.waves.length) return true;
    return group >= 0 && this.waveOfGroup[group]! < this.open;
  }
}
