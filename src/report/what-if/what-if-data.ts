/** What a page carries so that its reader can simulate a changed scenario, and what its controls offer. Plain JSON. */
import type { Json } from "../../base/json.js";
import type { Name } from "../../models/fleet/spec.js";

export interface WhatIfData {
  /** The simulator as one script (src/viewer/what-if/worker.ts, bundled), which the page starts as a worker. */
  readonly simulator: string;
  /** Name of the scenario (the stem of its file), and the file as the command line was given it. */
  readonly scenario: string;
  readonly file: string;
  readonly seed: number;
  readonly startUtcMs: number;
  /** The scenario's document without variants and expectations. */
  readonly document: { readonly [key: string]: Json };
  /** Those of the report, in its order, with the hash of the trace that the report tells of. */
  readonly variants: readonly { readonly name: Name; readonly patch: Json; readonly traceSha256: string }[];
  /** All variants that the file names; none: the file has the one that is called default. */
  readonly named: readonly Name[];
}

/** An entry of the catalogue that a control offers. */
export interface Offered {
  readonly name: string;
  readonly about: string;
}

/** Either everything that simulating in the page takes, or why it cannot be. */
export type WhatIfModel =
  | {
      readonly kind: "offered";
      readonly data: WhatIfData;
      readonly managers: readonly Name[];
      /** Models of the catalogue: plain ones, and presets of managers that people run. */
      readonly models: readonly Offered[];
      readonly presets: readonly Offered[];
      readonly guards: readonly Offered[];
    }
  | { readonly kind: "refused"; readonly reason: string };
