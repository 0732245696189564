/** Figures of one replication against times added up by hand: test/helpers/self-removal.ts has durations that never vary. */
import { describe, expect, it } from "vitest";
import { phases } from "../../../../src/estimate/replications/figures.js";
import { createSampler } from "../../../../src/estimate/replications/sampler.js";
import { Samples } from "../../../../src/estimate/replications/samples.js";
import type { Scenario } from "../../../../src/scenario/scenario.js";
import { runOf, scenarioFile } from "../../../helpers/scenario.js";
import { type SelfRemoval, selfRemoval } from "../../../helpers/self-removal.js";

const minute = 60_000;

function sampled(scenario: Scenario, runs = 1, variant?: string): Samples {
  const run = runOf(scenario, variant);
  const samples = Samples.of(run);
  samples.add(createSampler(run).sample(1, 0, runs));
  return samples;
}

const figuresIn = (options: SelfRemoval): ((id: string) => number) => {
  const samples = sampled(selfRemoval(options));
  return (id) => samples.column(id)[0]! / minute;
};

describe("one crew, constant durations", () => {
  const samples = sampled(selfRemoval());
  const of = (id: string): number => samples.column(id)[0]! / minute;

  it("times are those of the end of the work, from the start of the outage", () => {
    // People are ready for the services after 4 + 5 + 30 + 10 + 15 + 20 = 84 minutes; then eu: 10, 5, 8, and us.
    expect(of("capability app in eu")).toBe(99);
    expect(of("capability web in eu")).toBe(107);
    expect(of("capability app in us")).toBe(122);
    expect(of("capability web in us")).toBe(130);
    expect(of("capability app")).toBe(122);
    expect(of("group eu")).toBe(107);
    expect(of("first-region")).toBe(107);
    expect(of("last-region")).toBe(130);
    expect(of("recovery")).toBe(130);
  });

  it("phases follow each other, the first five up to the recovery", () => {
    expect(phases.map((name) => [name, of(`phase ${name}`)])).toEqual([
      ["detect", 4],
      ["diagnose", 5 + 30 + 10],
      ["manager back", 15 + 20],
      ["lower layers", 10 + 5],
      ["features", 8 + 10 + 5 + 8],
      ["verification", 6],
      ["publication", 7],
    ]);
  });

  it("unserved logins are share x rate x time, of both regions", () => {
    const perMinute = 10 * 60;
    expect(samples.column("unserved-logins app")[0]).toBe(0.6 * 0.5 * perMinute * (99 + 122));
    expect(samples.column("unserved-logins web")[0]).toBe(0.4 * 0.5 * perMinute * (107 + 130));
    expect(samples.column("unserved-logins")[0]).toBe(39_780 + 28_440);
  });

  it("an outage is watched from its start to the horizon", () => {
    // The manager reads the change two seconds after the hour.
    expect(samples.followedMs).toBe(9 * 60 * minute - 2_000);
  });
});

describe("milestones", () => {
  it("of what is still to come at the horizon end with it, and what nobody had to do takes no time", () => {
    // The outage starts after 60 minutes. App in eu is whole after 99, and the end comes after 103.
    const of = figuresIn({ horizon: "163m2s" });
    expect(of("recovery")).toBe(Number.POSITIVE_INFINITY);
    expect(of("capability app in eu")).toBe(99);
    expect(phases.map((name) => of(`phase ${name}`))).toEqual([4, 45, 35, 15, 4, 0, 0]);
  });

  it("a manager that is not back by the horizon is what everybody waits for", () => {
    const of = figuresIn({ horizon: "135m2s" });
    expect(phases.map((name) => of(`phase ${name}`))).toEqual([4, 45, 26, 0, 0, 0, 0]);
  });

  it("a verification that is not done by the horizon takes until there, and so does the last word", () => {
    const verifying = figuresIn({ horizon: "193m2s" });
    expect(verifying("recovery")).toBe(130);
    expect([verifying("phase verification"), verifying("phase publication")]).toEqual([3, 0]);
    const publishing = figuresIn({ horizon: "200m2s" });
    expect([publishing("phase verification"), publishing("phase publication")]).toEqual([6, 4]);
  });

  it("are all 0 where nothing is hurt", () => {
    const samples = sampled(
      selfRemoval({ rest: 'variants: { next: { managers: { legacy: { model: modern, version: "2" } } } }' }),
    );
    for (const { id } of samples.figures) expect([id, samples.column(id)[0]]).toEqual([id, 0]);
  });

  it("end with the outage where that ends by itself before anybody understands it", () => {
    const samples = sampled(scenarioFile("fail-static.yaml"), 10, "reads-an-error-as-empty");
    const sum = (k: number): number =>
      phases.slice(0, 5).reduce((all, name) => all + samples.column(`phase ${name}`)[k]!, 0);
    expect(Array.from({ length: samples.runs }, (_, k) => sum(k))).toEqual([...samples.column("recovery")]);
    expect(samples.column("phase diagnose").some((ms) => ms > 0)).toBe(true);
    expect(samples.column("phase features").some((ms) => ms === 0)).toBe(true);
  });
});

describe("replications", () => {
  const response =
    "detect: { p50: 4m, p90: 9m }, acknowledge: 5m, diagnose: { p50: 30m, p90: 80m }, decide: 10m, verify: 6m, publish: 7m";
  const run = runOf(selfRemoval({ response }));

  it("the first five phases add up to the recovery", () => {
    const samples = sampled(selfRemoval({ response }), 20);
    const sum = (k: number): number =>
      phases.slice(0, 5).reduce((all, name) => all + samples.column(`phase ${name}`)[k]!, 0);
    expect(Array.from({ length: samples.runs }, (_, k) => sum(k))).toEqual([...samples.column("recovery")]);
  });

  it("are the same whatever is sampled before and in whatever pieces", () => {
    const whole = createSampler(run).sample(1, 0, 12);
    const sampler = createSampler(run);
    const [last, first] = [sampler.sample(1, 7, 5), sampler.sample(1, 0, 7)];
    expect([...first.values, ...last.values]).toEqual([...whole.values]);
    expect(first.critical.map((count, k) => count + last.critical[k]!)).toEqual(whole.critical);
    expect(createSampler(run).sample(2, 0, 12).values).not.toEqual(whole.values);
  });

  it("pinned luck comes out at its median", () => {
    const { values } = createSampler(run).sample(1, 0, 3, ["detect", "diagnose"]);
    const width = createSampler(run).figures.length;
    const at = (id: string): number => createSampler(run).figures.findIndex((figure) => figure.id === id);
    for (let k = 0; k < 3; k++) {
      expect(values[k * width + at("phase detect")]! / minute).toBeCloseTo(4, 3);
      expect(values[k * width + at("phase diagnose")]! / minute).toBeCloseTo(45, 3);
    }
  });

  it("that the event limit ends are counted, since nobody knows how they go on", () => {
    const samples = sampled(selfRemoval({ response, rest: "limits: { events: 60 }" }), 4);
    expect(samples.cutShort).toBe(4);
    expect(sampled(selfRemoval({ response }), 4).cutShort).toBe(0);
  });

  it("stop as soon as somebody interrupts, with those that are complete", () => {
    let asked = 0;
    const batch = createSampler(run, [], { interrupt: () => ++asked > 8 }).sample(1, 0, 1000);
    expect(batch.count).toBeLessThan(1000);
    expect(batch.values.length).toBe(batch.count * createSampler(run).figures.length);
  });
});
