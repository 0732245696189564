/** Estimates as the page has to show them: made by hand, so that each case is there. */
import type { FigureEstimate, QuantileEstimate } from "../../src/estimate/replications/estimate.js";
import type {
  EstimateFile,
  EstimateResult,
  LeverEffect,
} from "../../src/estimate/replications/estimate-result.js";
import { phases } from "../../src/estimate/replications/figures.js";
import type { MeanInterval } from "../../src/estimate/statistics/bootstrap.js";
import { nasty } from "./check-result.js";

const minute = 60_000;
const hour = 60 * minute;

const mean = (value: number, error = Math.abs(value) / 100): MeanInterval => ({
  mean: value,
  low: value - 2 * error,
  high: value + 2 * error,
  error,
});

const between = (
  q: number,
  low: number | null,
  value: number | null,
  high: number | null,
): QuantileEstimate => ({
  q,
  value,
  interval: { sides: "two", lowRank: 1, highRank: 2, coverage: 0.951, low, high },
});

const figure = (
  kind: FigureEstimate["kind"],
  of: FigureEstimate["of"],
  id: string,
  name: string,
  typical: number,
): FigureEstimate => ({
  kind,
  of,
  id,
  name,
  censored: 0,
  mean: mean(typical * 1.05),
  quantiles: [0.5, 0.9, 0.95, 0.99].map((q, k) => {
    const value = Math.round(typical * (1 + 0.2 * k));
    return between(q, Math.round(value * 0.97), value, Math.round(value * 1.04));
  }),
});

const figures: readonly FigureEstimate[] = [
  figure("time", "overall", "recovery", "everything", 8 * hour),
  figure("time", "region", "first-region", "first region", 4 * hour),
  figure("time", "region", "last-region", "last region", 8 * hour),
  figure("time", "capability", "capability login", "login", 7.5 * hour),
  figure("time", "capability", "capability push", "push", 6 * hour),
  figure("time", "group", "group eu", "eu", 5 * hour),
  figure("time", "capability in group", "capability login in eu", "login in eu", 5 * hour),
  figure("time", "capability in group", "capability push in eu", "push in eu", 4 * hour),
  figure("count", "logins", "unserved-logins", "all", 1_200_000),
  figure("count", "logins", "unserved-logins login", "login", 900_000),
  figure("count", "logins", "unserved-logins push", "push", 300_000),
];

const minutes = [6, 74, 54, 28, 342, 14, 22];
const whole = minutes.reduce((sum, value) => sum + value, 0);

const lever = (id: string, about: string, savedMs: number, savedLogins: number): LeverEffect => ({
  id,
  about,
  runs: 240,
  savedMs: mean(savedMs),
  savedLogins: mean(savedLogins),
});

/** Everything is there, with a price and with priors. */
export const told: EstimateResult = {
  variant: "legacy",
  seed: 7,
  stoppedBy: "precision",
  relativeError: 0.021,
  runs: 480,
  horizonMs: 24 * hour,
  unharmed: 0,
  cutShort: 0,
  figures,
  phases: phases.map((name, k) => ({
    name,
    mean: mean(minutes[k]! * minute),
    share: minutes[k]! / whole,
    shareError: 0.002,
  })),
  critical: [
    { service: "network", share: 1, low: 0.992, high: 1 },
    { service: "login", share: 0.71, low: 0.668, high: 0.749 },
    { service: "push", share: 0.12, low: 0.094, high: 0.152 },
  ],
  bounds: [
    {
      text: "recovered p50 <= 12h",
      verdict: "holds",
      because: "p50 lies between 7h 46m and 8h 19m, at 95 %",
    },
    { text: "recovered p90 <= 5h", verdict: "violated", because: "p90 lies between 9h and 10h, at 95 %" },
    {
      text: "recovered p90 <= 9h 30m",
      verdict: "undecided",
      because: "p90 lies between 9h and 10h, at 95 %",
    },
  ],
  levers: [
    lever("guard failStatic", "the guard failStatic in front of every manager", 8 * hour, 1_200_000),
    lever(
      "blast-radius",
      "a mapping for every region group, changed one after the other, half an hour apart",
      5 * hour,
      1_100_000,
    ),
    lever("diagnose", "diagnosis in half the time", 25 * minute, 80_000),
    lever("detect", "detection in half the time", 0, 0),
    lever("batch", "crews take on one region at a time instead of a whole group", -2 * hour, -250_000),
  ],
  luck: [
    { id: "diagnose", about: "how long diagnosis takes", prior: "population", share: 0.62, error: 0.071 },
    { id: "deploy", about: "how long deploys take", prior: null, share: 0.25, error: 0.06 },
    { id: "approve", about: "how long an approval takes", prior: "built-in", share: -0.004, error: 0.009 },
  ],
  priors: {
    durations: [
      { duration: "detect", prior: "population" },
      { duration: "diagnose", prior: "population" },
      { duration: "approve", prior: "built-in" },
    ],
    share: 0.63,
    error: 0.07,
  },
  cost: { perLogin: 0.05, mean: mean(63_000) },
};

/** No price, no priors, nothing simulated but the replications. */
export const plain: EstimateResult = {
  ...told,
  variant: "plain",
  stoppedBy: "runs",
  bounds: [],
  levers: [],
  luck: [],
  priors: { durations: [], share: null, error: null },
  cost: null,
};

/** Most did not recover before the horizon, and the event limit ended some. */
export const censored: EstimateResult = {
  ...plain,
  variant: "censored",
  stoppedBy: "wall",
  relativeError: null,
  runs: 40,
  cutShort: 3,
  unharmed: 2,
  figures: figures.map((item) =>
    item.kind === "count"
      ? item
      : {
          ...item,
          censored: 31,
          quantiles: [
            between(0.5, 6 * hour, 9 * hour, null),
            between(0.9, 20 * hour, null, null),
            {
              q: 0.95,
              value: null,
              interval: { sides: "lower", lowRank: 30, coverage: 0.96, low: 21 * hour },
            },
            { q: 0.99, value: null, interval: null },
          ],
        },
  ),
  critical: [],
};

/** Every lever makes it worse. */
export const helpless: EstimateResult = {
  ...told,
  variant: "helpless",
  cost: null,
  levers: told.levers.slice(3),
  luck: [],
  priors: { durations: [], share: 0, error: 0 },
};

export const unharmed: EstimateResult = {
  ...plain,
  variant: "guarded",
  relativeError: null,
  unharmed: 480,
  figures: figures.map((item) => ({
    ...item,
    mean: { mean: 0, low: 0, high: 0, error: 0 },
    quantiles: [0.5, 0.9, 0.95, 0.99].map((q) => between(q, 0, 0, 0)),
  })),
  phases: told.phases.map((phase) => ({ ...phase, mean: mean(0), share: 0, shareError: 0 })),
  critical: [],
};

const long = `${nasty}${"W".repeat(2_000)}`;

/** Every name is somebody's attempt to be more than a name. */
export const hostile: EstimateResult = {
  ...told,
  variant: nasty,
  figures: figures.map((item) =>
    item.of === "capability" || item.of === "group"
      ? { ...item, name: item.id.endsWith("push") ? long : nasty }
      : item,
  ),
  critical: told.critical.map((item, k) => ({ ...item, service: k === 0 ? long : `${nasty} ${k}` })),
  bounds: [{ text: nasty, verdict: "holds", because: nasty }],
  levers: told.levers.map((item) => ({ ...item, about: nasty })),
  luck: told.luck.map((item) => ({ ...item, about: nasty })),
};

export const estimateFileOf = (
  results: readonly EstimateResult[],
  rest: Partial<EstimateFile> = {},
): EstimateFile => ({
  fleetquake: "0.1.0",
  kind: "estimate",
  scenario: { name: "small-fleet", title: "A small fleet", file: "small-fleet.yaml" },
  results,
  command: "fleetquake estimate small-fleet.yaml --variant legacy --seed 7",
  ...rest,
});

export const hostileFile: EstimateFile = estimateFileOf([hostile], {
  scenario: { name: nasty, title: long, file: `../odd folder/%41 ${nasty}` },
  command: nasty,
});
