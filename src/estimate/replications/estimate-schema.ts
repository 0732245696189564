/** The shapes of estimate.json and compare.json as schemas: published for scripts, held against real results by the tests. */
import * as z from "zod";
import { durations, presetNames } from "../../models/people/priors.js";
import { phases } from "./figures.js";

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const unit = "ms from the start of the outage for times, ms for phases, logins for counts";

const meanInterval = z
  .strictObject({
    mean: z.number(),
    low: z.number().nullable().describe("null: the sample does not bound it"),
    high: z.number().nullable(),
    error: z.number().min(0).describe("Monte Carlo standard error of the mean"),
  })
  .describe("a mean with its bootstrap-t interval, at 95 %");

const rank = z.number().int().min(1);
const quantileInterval = z
  .discriminatedUnion("sides", [
    z.strictObject({
      sides: z.literal("two"),
      lowRank: rank,
      highRank: rank,
      coverage: share,
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
    z.strictObject({
      sides: z.literal("upper"),
      highRank: rank,
      coverage: share,
      high: z.number().nullable(),
    }),
    z.strictObject({ sides: z.literal("lower"), lowRank: rank, coverage: share, low: z.number().nullable() }),
  ])
  .describe("between two order statistics; a bound that is null lies beyond the horizon");

const figureSpec = {
  id: z.string(),
  kind: z.enum(["time", "phase", "count"]),
  of: z.enum(["overall", "capability", "group", "capability in group", "region", "phase", "logins"]),
  name: z.string(),
};

const figure = z
  .strictObject({
    ...figureSpec,
    censored: count.describe(
      "replications that had not reached it by the horizon; the mean counts them as it",
    ),
    mean: meanInterval,
    quantiles: z.array(
      z.strictObject({
        q: share,
        value: z.number().nullable().describe("null: later than the horizon"),
        interval: quantileInterval.nullable().describe("null: too few replications for either side"),
      }),
    ),
  })
  .describe(unit);

const stoppedBy = z.enum(["runs", "precision", "limit", "wall", "interrupt"]);
const prior = z.enum([...presetNames, "built-in"]);

const time = z.number().nullable().describe("null: later than the horizon");
const spread = z.strictObject({ low: time, middle: time, high: time });
const band = z.array(
  z.strictObject({
    capability: z.string(),
    points: z.array(z.strictObject({ atMs: z.number(), low: count, middle: count, high: count })),
  }),
);

const bands = z
  .strictObject({
    runs: count,
    recovery: spread,
    unservedLogins: spread,
    restored: band,
    published: band,
  })
  .describe(
    "10 %, 50 % and 90 % of the replications; regions whose whole group works, by ms after the start",
  );

const result = z.strictObject({
  variant: z.string(),
  seed: count,
  spec: z.string().optional().describe("SHA-256 of the canonical scenario of the variant"),
  stoppedBy,
  relativeError: z
    .number()
    .nullable()
    .describe(
      "half width of the 95 % interval of the mean time to recovery, relative to it; null: the mean is 0",
    ),
  runs: count,
  horizonMs: z.number().describe("for how long every outage was watched, after its start"),
  unharmed: count.describe("replications in which nothing was hurt"),
  cutShort: count.describe("replications that the event limit ended before the horizon"),
  figures: z.array(figure),
  phases: z.array(
    z.strictObject({ name: z.enum(phases), mean: meanInterval, share, shareError: z.number().min(0) }),
  ),
  critical: z
    .array(z.strictObject({ service: z.string(), share, low: share, high: share }))
    .describe("share of the replications with the service on the critical path, with a Wilson interval"),
  bands: bands.optional(),
  bounds: z.array(
    z.strictObject({
      text: z.string(),
      verdict: z.enum(["holds", "violated", "undecided"]),
      because: z.string(),
    }),
  ),
  levers: z.array(
    z.strictObject({
      id: z.string(),
      about: z.string(),
      runs: count,
      savedMs: meanInterval,
      savedLogins: meanInterval,
    }),
  ),
  luck: z.array(
    z.strictObject({
      id: z.string(),
      about: z.string(),
      prior: prior.nullable().describe("null: the scenario says how long it takes"),
      share: z.number().describe("by how much the variance of the time to recovery shrinks without it"),
      error: z.number().min(0).nullable(),
    }),
  ),
  priors: z.strictObject({
    durations: z.array(z.strictObject({ duration: z.enum(durations), prior })),
    share: z.number().nullable().describe("as in luck, all of them together; null: not simulated"),
    error: z.number().min(0).nullable(),
  }),
  cost: z.strictObject({ perLogin: z.number().min(0), mean: meanInterval }).nullable(),
});

const scenario = z.strictObject({ name: z.string(), title: z.string(), file: z.string() });

export const estimateSchema = z.strictObject({
  fleetquake: z.string(),
  kind: z.literal("estimate"),
  scenario,
  results: z.array(result),
  command: z.string(),
});

const p = share.describe("two-sided");
const side = z.strictObject({ mean: z.number(), error: z.number().min(0), censored: count });

export const compareSchema = z.strictObject({
  fleetquake: z.string(),
  kind: z.literal("compare"),
  scenario,
  first: z.string(),
  second: z.string(),
  seed: count,
  stoppedBy,
  runs: count,
  horizonMs: z.number(),
  cutShort: z.strictObject({ first: count, second: count }),
  onlyFirst: z.array(z.string()),
  onlySecond: z.array(z.string()),
  figures: z.array(
    z
      .strictObject({
        ...figureSpec,
        first: side,
        second: side,
        difference: meanInterval.extend({ pValue: p.nullable().describe("bootstrap test that it is 0") }),
        sign: z.strictObject({ above: count, below: count, ties: count, pValue: p }),
        variance: z
          .strictObject({
            independent: z.number().min(0),
            paired: z.number().min(0),
            ratio: z.number().min(0).nullable(),
          })
          .nullable()
          .describe("of the difference: had luck been independent, and as it was; null: one never varies"),
      })
      .describe(unit),
  ),
  properties: z.array(
    z.strictObject({
      property: z.string(),
      first: count.describe("replications in which it was violated"),
      second: count,
      test: z
        .strictObject({ onlyFirst: count, onlySecond: count, pValue: p })
        .describe("exact McNemar test on the replications in which they differ"),
    }),
  ),
  cost: z
    .strictObject({
      perLogin: z.number().min(0),
      first: z.number(),
      second: z.number(),
      difference: meanInterval,
    })
    .nullable(),
});

export const estimateJsonSchema = (): unknown => z.toJSONSchema(estimateSchema, { target: "draft-7" });
export const compareJsonSchema = (): unknown => z.toJSONSchema(compareSchema, { target: "draft-7" });
