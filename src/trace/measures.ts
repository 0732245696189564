/** The figures of one run. Times in ms after the start of the scenario; null: did not happen. */
import type { Name } from "../models/fleet/spec.js";
import type { Cause } from "../models/managers/contract.js";
import type { EndVerdict } from "./trace.js";

/** A capability whose requests succeed less often than this counts as impaired; it is down where none succeeds. */
export const impairedBelow = 0.95;

export interface CapabilityMeasures {
  readonly name: Name;
  /** Regions in which it was down at least once, and in which it was at least degraded. */
  readonly regionsDown: number;
  readonly regionsDegraded: number;
  readonly firstDownAtMs: number | null;
  /** Region-minutes without service, summed over the regions. */
  readonly downtimeMinutes: number;
  /** Longest time one region was down, in minutes. */
  readonly longestDownMinutes: number;
  /** Logins that failed, after fallbacks. */
  readonly unservedLogins: number;
  readonly unservedByGroup: readonly { readonly group: Name; readonly logins: number }[];
}

/** When regions came back: pairs of time and number of regions that work from then on, both growing. */
export type Curve = readonly (readonly [atMs: number, regions: number])[];

export interface CapabilityRecovery {
  readonly name: Name;
  readonly firstRestoredAtMs: number | null;
  readonly allRestoredAtMs: number | null;
  /** Restored in fact, verified by people, and told to the public. */
  readonly restored: Curve;
  readonly verified: Curve;
  readonly published: Curve;
}

export interface Measures {
  readonly removed: {
    readonly instances: number;
    readonly services: readonly Name[];
    readonly managers: readonly Name[];
    /** Instances removed, by cause. */
    readonly causes: Readonly<Partial<Record<Cause, number>>>;
    /** Instances whose data was deleted. "No data was lost" is zero here. */
    readonly dataLost: number;
  };
  readonly hurt: {
    /** Instances that stopped serving without having been removed or stopped themselves. */
    readonly instances: number;
    readonly services: readonly Name[];
  };
  readonly outage: {
    readonly startedAtMs: number | null;
    readonly endedAtMs: number | null;
    readonly capabilities: readonly CapabilityMeasures[];
    readonly unservedLogins: number;
    /** Share of the users whose session ran out while a capability was down: those who had to log in again. */
    readonly usersAskedToLogIn: number;
  };
  readonly recovery: {
    readonly alertAtMs: number | null;
    readonly detectedAtMs: number | null;
    readonly acknowledgedAtMs: number | null;
    readonly diagnosedAtMs: number | null;
    readonly decidedAtMs: number | null;
    readonly configurationRepairedAtMs: number | null;
    readonly managerUpAtMs: number | null;
    readonly firstRestoredAtMs: number | null;
    readonly allRestoredAtMs: number | null;
    readonly publishedAtMs: number | null;
    readonly byCapability: readonly CapabilityRecovery[];
    readonly byRegionGroup: readonly {
      readonly name: Name;
      readonly firstRestoredAtMs: number | null;
      readonly allRestoredAtMs: number | null;
    }[];
    /** Services that could not be brought back, with what they wait for. */
    readonly stuck: readonly Name[];
    /** Times the manager removed services again after it had been brought back. */
    readonly relapses: number;
  };
  readonly end: EndVerdict;
  readonly endedAtMs: number;
  readonly events: number;
}
