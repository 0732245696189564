/** One variant from end to end: simulate, measure, judge, compare with what the file expects. */
import { gateWith } from "../models/judging/bound.js";
import { onDemand } from "../models/judging/on-demand.js";
import type { Companions, PropertyRule } from "../models/judging/rule.js";
import type { Run } from "../scenario/run.js";
import type { Variant } from "../scenario/scenario.js";
import { BandCounter, type Bands } from "../trace/bands.js";
import { checkExpectation, expectGate, recoveryTimeMs } from "../trace/expectations.js";
import { traceLines } from "../trace/json-lines.js";
import { judge } from "../trace/judge.js";
import { JudgeFold } from "../trace/judge-fold.js";
import type { Measures } from "../trace/measures.js";
import type { VariantResult } from "../trace/result.js";
import { type ToldChange, toldChanges } from "../trace/told-changes.js";
import type { Trace } from "../trace/trace.js";
import { companionRun } from "./companions.js";
import { createSimulator, type SimulateOptions, type Simulator } from "./simulate.js";
import { TraceRecorder } from "./trace-recorder.js";

/** Replications for a quantile where the file does not say how many. */
const runsDefault = 200;

export interface RunVariantOptions extends SimulateOptions {
  readonly seed: number;
  readonly properties: readonly PropertyRule[];
  readonly gate: readonly string[];
  /** Replications for `p50` and `p90`; the file's own number, or 200. */
  readonly runs?: number;
  /** Hex SHA-256 of some text pieces; the platform's, so that the core runs anywhere. */
  readonly sha256: (pieces: Iterable<string>) => string;
  /** Told after every replication. */
  readonly progress?: (done: number, all: number) => void;
}

export interface VariantRun {
  readonly trace: Trace;
  readonly result: VariantResult;
  /** What was edited, with the line that did it. */
  readonly changes: readonly ToldChange[];
  /** Over the replications; null: there was one. */
  readonly bands: Bands | null;
}

export function runVariant(run: Run, variant: Variant, options: RunVariantOptions): VariantRun {
  const { seed, properties } = options;
  const gate = gateWith(options.gate, run.spec.properties);
  const simulator = createSimulator(run, options);
  const recorder = new TraceRecorder(run);
  const measures = simulator.run(seed, 0, [recorder]);
  const trace = recorder.trace(seed, 0);
  const verdicts = judge(properties, trace, companionsOf(run, simulator, seed));
  const expect = variant.expect ?? expectGate;
  const recoveryTimes = [recoveryTimeMs(measures)];
  const quantiles = expect.recovered?.p50 !== undefined || expect.recovered?.p90 !== undefined;
  const runs = options.runs ?? (quantiles ? (expect.recovered?.runs ?? runsDefault) : 1);
  const counter = runs > 1 ? counterOf(run) : null;
  counter?.add(measures);
  for (let replication = 1; replication < runs; replication++) {
    // A run may be too short to ask by itself.
    if (options.interrupt?.() === true) break;
    const again: Measures = simulator.run(seed, replication);
    if (again.end === "interrupted") break;
    recoveryTimes.push(recoveryTimeMs(again));
    counter?.add(again);
    options.progress?.(replication + 1, runs);
  }
  const stoppedEarly = recoveryTimes.length < runs;
  const expectations = checkExpectation(expect, { verdicts, measures, gate, recoveryTimes });
  const result: VariantResult = {
    name: variant.name,
    ...measures,
    ...(stoppedEarly ? { end: "interrupted" as const } : {}),
    gate,
    verdicts,
    expectations,
    recoveryTimes: recoveryTimes.map((time) => (time === Number.POSITIVE_INFINITY ? "never" : time)),
    traceSha256: options.sha256(traceLines(trace)),
  };
  const bands = recoveryTimes.length > 1 && counter !== null ? counter.bands() : null;
  return { trace, result, changes: toldChanges(run, trace), bands };
}

const counterOf = ({ fleet, spec }: Run): BandCounter =>
  new BandCounter(
    spec.fleet.capabilities.map(({ name }) => name),
    fleet.regionNames.length,
    spec.horizonMs,
  );

/** Runs to compare with; that of undamaged texts and that of staging are made by a search only. */
function companionsOf(run: Run, simulator: Simulator, seed: number): Companions {
  return onDemand((kind) => {
    if (kind === "uncorrupted" || kind === "staging") return undefined;
    const script = companionRun(run, run, kind);
    if (script === null) return null;
    const fold = new JudgeFold(run.fleet, run.spec);
    fold.reset(script.changes.map((change) => change.ticket));
    simulator.play(script, seed, 0, [fold]);
    return fold.result();
  });
}
