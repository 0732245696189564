/** Bands over replications, held against quantiles of the curves themselves. */
import { describe, expect, it } from "vitest";
import { bandsOf } from "../../../src/estimate/replications/bands-of.js";
import { createSampler } from "../../../src/estimate/replications/sampler.js";
import { Samples } from "../../../src/estimate/replications/samples.js";
import { createSimulator } from "../../../src/run/simulate.js";
import { BandCounter, spreadOf, workingCurve } from "../../../src/trace/bands.js";
import type { Measures } from "../../../src/trace/measures.js";
import { runOf, scenarioFile } from "../../helpers/scenario.js";

describe("a spread", () => {
  it("is of values that were seen, and knows of those beyond the horizon", () => {
    const values = Array.from({ length: 10 }, (_, k) => (k === 9 ? null : k + 1));
    expect(spreadOf(values)).toEqual({ low: 1, middle: 5, high: 9 });
    expect(spreadOf([null, null, 3])).toEqual({ low: 3, middle: null, high: null });
    expect(spreadOf([7])).toEqual({ low: 7, middle: 7, high: 7 });
  });
});

describe("regions that work", () => {
  it("are those that were never hurt and those that are back", () => {
    expect(
      workingCurve(
        [
          [5, 1],
          [9, 3],
        ],
        2,
        3,
        10,
      ),
    ).toEqual([
      [2, 7],
      [5, 8],
      [9, 10],
    ]);
    expect(workingCurve([], null, 0, 10)).toEqual([]);
  });
});

const run = runOf(scenarioFile("fail-static.yaml"));
const regions = run.fleet.regionNames.length;
const names = run.spec.fleet.capabilities.map(({ name }) => name);

describe("bands over replications", () => {
  const counter = new BandCounter(names, regions, run.spec.horizonMs);
  const simulator = createSimulator(run);
  const all: Measures[] = [];
  for (let replication = 0; replication < 30; replication++) {
    const measures = simulator.run(1, replication);
    all.push(measures);
    counter.add(measures);
  }
  const bands = counter.bands();

  it("hold four of five curves at every moment", () => {
    expect(bands.runs).toBe(30);
    names.forEach((name, c) => {
      const { points } = bands.restored[c]!;
      expect(bands.restored[c]!.capability).toBe(name);
      expect(points.length).toBeGreaterThan(2);
      for (const { atMs, low, middle, high } of points) {
        const working = all
          .map(({ outage, recovery }) => {
            const { regionsDegraded, firstDownAtMs } = outage.capabilities[c]!;
            const from = regionsDegraded === 0 ? null : (firstDownAtMs ?? outage.startedAtMs);
            const curve = workingCurve(recovery.byCapability[c]!.restored, from, regionsDegraded, regions);
            return curve.findLast(([ms]) => ms <= atMs)?.[1] ?? regions;
          })
          .sort((a, b) => a - b);
        expect([low, middle, high]).toEqual([working[2], working[14], working[26]]);
      }
    });
  });

  it("of the time to recovery are quantiles of it", () => {
    const times = all
      .map(({ outage, recovery }) => recovery.allRestoredAtMs! - outage.startedAtMs!)
      .sort((a, b) => a - b);
    expect(bands.recovery).toEqual({ low: times[2], middle: times[14], high: times[26] });
  });
});

describe("bands of an estimate", () => {
  it("count a region once its group works, and end with everything", () => {
    const samples = Samples.of(run);
    samples.add(createSampler(run).sample(1, 0, 30));
    const bands = bandsOf(run, samples);
    expect(bands.runs).toBe(30);
    expect(bands.published).toEqual([]);
    for (const { points } of bands.restored) {
      expect(points[0]!.low).toBeLessThan(regions);
      expect(points.at(-1)).toMatchObject({ low: regions, middle: regions, high: regions });
      for (const { low, middle, high } of points) {
        expect(low).toBeLessThanOrEqual(middle);
        expect(middle).toBeLessThanOrEqual(high);
      }
    }
  });
});
