/** After the last region of a group is fine again: people check that it works, then tell the public. */

import { type EntityKey, type Luck, nameKey, pairKey, purpose } from "../base/keyed-random.js";
import { compileDistribution } from "../base/quantile.js";
import type { Run } from "../scenario/run.js";
import type { EventHandle, Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { ServiceLevels } from "./service-levels.js";
import type { Emitter } from "./sink.js";

const verifyPurpose = purpose("verify");
const publishPurpose = purpose("publish");

export class Verification {
  private readonly verify: (uniform: number) => number;
  private readonly publish: (uniform: number) => number;
  private readonly keys: readonly EntityKey[];
  private readonly pending: (EventHandle | null)[];
  private readonly episode: Int32Array;
  private readonly regions: (readonly string[])[];
  private readonly verifiedEvent: Int32Array;
  private readonly groups: number;
  private readonly onVerified: number;
  private readonly onPublished: number;
  /** People only check what they know of. */
  incidentActive: () => boolean = () => false;

  constructor(
    private readonly run: Run,
    private readonly kernel: Kernel,
    private readonly luck: Luck,
    private readonly emitter: Emitter,
    private readonly levels: ServiceLevels,
  ) {
    const { capabilities } = run.spec.fleet;
    this.groups = run.fleet.groupNames.length;
    const slots = capabilities.length * this.groups;
    this.verify = compileDistribution(run.spec.response.verify);
    this.publish = compileDistribution(run.spec.response.publish);
    this.keys = Array.from({ length: slots }, (_, slot) =>
      pairKey(
        nameKey(capabilities[Math.floor(slot / this.groups)]!.name),
        nameKey(run.fleet.groupNames[slot % this.groups]!),
      ),
    );
    this.pending = Array.from({ length: slots }, () => null);
    this.regions = Array.from({ length: slots }, () => []);
    this.episode = new Int32Array(slots);
    this.verifiedEvent = new Int32Array(slots);
    this.onVerified = kernel.register((slot) => this.verified(slot));
    this.onPublished = kernel.register((slot) => this.published(slot));
  }

  reset(): void {
    this.pending.fill(null);
    this.episode.fill(0);
  }

  groupChanged(capability: number, group: number, fine: boolean): void {
    const slot = capability * this.groups + group;
    const handle = this.pending[slot];
    if (handle !== null && handle !== undefined) this.kernel.cancel(handle);
    this.pending[slot] = null;
    if (!fine || !this.incidentActive()) return;
    const takesMs = Math.round(this.verify(this.draw(slot, verifyPurpose)));
    this.pending[slot] = this.kernel.scheduleIn(takesMs, priority.people, this.onVerified, slot);
  }

  private draw(slot: number, what: number): number {
    const key = this.keys[slot]!;
    return this.luck.uniform(key.hi, key.lo, what, this.episode[slot]!);
  }

  private tell(e: "verified" | "published", slot: number, because: readonly number[]): number {
    const { fleet, spec } = this.run;
    const capability = spec.fleet.capabilities[Math.floor(slot / this.groups)]!.name;
    const group = fleet.groupNames[slot % this.groups]!;
    return this.emitter.event({ e, capability, group, regions: this.regions[slot]! }, because);
  }

  private verified(slot: number): void {
    this.pending[slot] = null;
    this.regions[slot] = this.levels.takeTouched(Math.floor(slot / this.groups), slot % this.groups);
    this.verifiedEvent[slot] = this.tell("verified", slot, []);
    const takesMs = Math.round(this.publish(this.draw(slot, publishPurpose)));
    this.episode[slot]!++;
    this.kernel.scheduleIn(takesMs, priority.people, this.onPublished, slot);
  }

  private published(slot: number): void {
    this.tell("published", slot, [this.verifiedEvent[slot]!]);
  }
}
