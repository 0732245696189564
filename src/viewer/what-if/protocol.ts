/** What the page asks its worker, and what the worker answers. Plain data on both sides. */
import type { Name } from "../../models/fleet/spec.js";
import type { VariantResult } from "../../trace/result.js";
import type { WorkingCurve } from "../../trace/working-curves.js";

/** What a reader set; a key that is absent stays as the variant has it. */
export interface Settings {
  readonly crews?: number;
  /** The law of the diagnosis is so many times as long. */
  readonly diagnosis?: number;
  readonly batch?: "region" | "group";
  readonly managers?: Readonly<Record<Name, ManagerSettings>>;
}

export interface ManagerSettings {
  /** Name in the catalogue of managers. */
  readonly model?: string;
  /** Instances it works on at the same time. */
  readonly parallelism?: number;
  /** Region groups that a change reaches at a time; as many as there are: all at once. */
  readonly wave?: number;
  /** Guards that are switched on or off. */
  readonly guards?: Readonly<Record<string, boolean>>;
}

/** The same things as they are in a run. */
export interface State {
  readonly crews: number;
  readonly batch: "region" | "group";
  readonly diagnoseP50Ms: number;
  readonly diagnoseP90Ms: number;
  readonly regions: number;
  readonly regionGroups: number;
  readonly capabilities: readonly { readonly name: Name; readonly title: string }[];
  readonly managers: readonly ManagerState[];
}

export interface ManagerState {
  readonly name: Name;
  readonly model: string;
  readonly about: string;
  readonly parallelism: number;
  readonly wave: number;
  /** In force, those of the model and of its policy included. */
  readonly guards: readonly string[];
}

/** Without the hash, which takes as long as the run and comes after it. */
export type Outcome = Omit<VariantResult, "traceSha256">;

export interface Simulated {
  readonly result: Outcome;
  readonly curves: readonly WorkingCurve[];
  readonly state: State;
}

export interface Question {
  readonly id: number;
  /** Name of the variant that the changes start from. */
  readonly variant: Name;
  readonly settings: Settings;
}

/** The change as a variant of the scenario file: the same run on the command line. */
export interface Edit {
  readonly variant: Name;
  readonly yaml: string;
  readonly command: string;
}

export type Answer =
  | {
      readonly id: number;
      readonly kind: "simulated";
      readonly base: Simulated;
      /** Null where the settings change nothing. */
      readonly whatIf: { readonly simulated: Simulated; readonly edit: Edit } | null;
    }
  /** The changed scenario is none: why, as the command line would say it. */
  | { readonly id: number; readonly kind: "refused"; readonly reasons: readonly string[] };

/** SHA-256 of the traces of an answer: what `fleetquake run` calls traceSha256. */
export interface Traced {
  readonly id: number;
  readonly kind: "traced";
  readonly base: string;
  readonly whatIf: string | null;
}
