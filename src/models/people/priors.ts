/**
 * How long people take where a scenario does not say: three sets of published figures, none of them about this fleet.
 * Every duration that comes from one of them is marked, so that an estimate can say how much of its width it owes to them.
 */
import type { Distribution } from "../../base/distribution.js";
import { exp, log, normalQuantile } from "../../base/math.js";

/** What people do, each with a duration of its own. */
export const durations = [
  "detect",
  "acknowledge",
  "diagnose",
  "decide",
  "repairConfiguration",
  "verify",
  "publish",
  "approve",
] as const;
export type DurationName = (typeof durations)[number];

export const presetNames = ["population", "control-plane-removal"] as const;
export type PresetName = (typeof presetNames)[number];
/** built-in: where neither the scenario nor the preset it names says anything. */
export type PriorName = PresetName | "built-in";

const minuteMs = 60_000;
const inMinutes = (p50: number, p90: number): Distribution => ({
  law: "lognormal",
  p50Ms: p50 * minuteMs,
  p90Ms: p90 * minuteMs,
});

/**
 * The lognormal nearest to three quartiles in minutes: by least squares of their logarithms over the quartiles of the
 * standard normal distribution, -0.674, 0 and 0.674. The median then is the geometric mean of the three, and the 90 %
 * point follows from p75 / p25. Rounded to seconds.
 */
export function fromQuartiles(p25: number, p50: number, p75: number): Distribution {
  const centre = (log(p25) + log(p50) + log(p75)) / 3;
  const sigma = (log(p75) - log(p25)) / (2 * normalQuantile(0.75));
  const seconds = (minutes: number): number => Math.round(minutes * 60) * 1000;
  return {
    law: "lognormal",
    p50Ms: seconds(exp(centre)),
    p90Ms: seconds(exp(centre + sigma * normalQuantile(0.9))),
  };
}

/** Assumed, in minutes: median and 90 %. They are of the size of the published figures, and belong to no incident. */
export const builtIn: Readonly<Record<DurationName, Distribution>> = {
  detect: inMinutes(5, 12),
  acknowledge: inMinutes(5, 11),
  diagnose: inMinutes(45, 125),
  decide: { law: "exponential", meanMs: 15 * minuteMs },
  repairConfiguration: inMinutes(10, 20),
  verify: inMinutes(8, 15),
  publish: inMinutes(12, 29),
  approve: inMinutes(10, 30),
};

/** Both count the diagnosis from the detection on, so the time until people are at it lies inside. */
const inside: Distribution = { law: "constant", valueMs: 0 };

export const presets: Readonly<Record<PresetName, Readonly<Partial<Record<DurationName, Distribution>>>>> = {
  /**
   * 355 post-mortems of cloud outages of every kind, as IntelligentDDS coded them: median and 90 % of the detection time
   * (8 and 42 minutes, 70 coded) and of the identification time (32 and 230 minutes, 43 coded). Their fix times are no
   * input: what a fix takes is simulated.
   */
  population: {
    detect: inMinutes(8, 42),
    acknowledge: inside,
    diagnose: inMinutes(32, 230),
  },
  /**
   * Published outages in which a control plane removed or stopped what it should have kept, from the times their
   * reports give exactly (upper bounds left out). Quartiles in minutes: start to detected 1, 3, 3 (19 outages),
   * detected to diagnosed 17, 33, 74 (16), diagnosed to the beginning of the mitigation 6, 15, 28 (14). Famous and well
   * documented outages are over-represented, and so is fast detection.
   */
  "control-plane-removal": {
    detect: fromQuartiles(1, 3, 3),
    acknowledge: inside,
    diagnose: fromQuartiles(17, 33, 74),
    decide: fromQuartiles(6, 15, 28),
  },
};

/** What the preset says about a duration, else the built-in one. */
export function priorOf(
  duration: DurationName,
  preset: PresetName | undefined,
): { readonly law: Distribution; readonly prior: PriorName } {
  if (preset !== undefined) {
    const law = presets[preset][duration];
    if (law !== undefined) return { law, prior: preset };
  }
  return { law: builtIn[duration], prior: "built-in" };
}
