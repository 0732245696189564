/** Replications told by hand: a scenario of two regions, and rows of figures as a test wants them. */
import { Samples } from "../../src/estimate/replications/samples.js";
import { runOf } from "./scenario.js";
import { selfRemoval } from "./self-removal.js";

/** Horizon 10 h. */
export const handRun = runOf(selfRemoval());

export interface Hand {
  /** Values by figure; the others are 0. All of them are as long. */
  readonly [figure: string]: readonly number[];
}

export interface HandOptions {
  /** By property, by replication: violated. */
  readonly violated?: Readonly<Record<string, readonly boolean[]>>;
  readonly latestStartMs?: number;
  /** By service name. */
  readonly critical?: Readonly<Record<string, number>>;
}

export function handSamples(hand: Hand, options: HandOptions = {}): Samples {
  const { violated = {}, latestStartMs = 0, critical = {} } = options;
  const judged = Object.keys(violated);
  const samples = Samples.of(handRun, judged);
  const count = Object.values(hand)[0]!.length;
  const rows = Array.from({ length: count }, (_, k) => samples.figures.map(({ id }) => hand[id]?.[k] ?? 0));
  samples.add({
    from: 0,
    count,
    values: Float64Array.from(rows.flat()),
    cutShort: 0,
    latestStartMs,
    critical: Uint32Array.from(handRun.fleet.serviceNames, (name) => critical[name] ?? 0),
    violated: Uint8Array.from(
      Array.from({ length: count }, (_, k) =>
        judged.map((name) => (violated[name]![k] === true ? 1 : 0)),
      ).flat(),
    ),
  });
  return samples;
}
