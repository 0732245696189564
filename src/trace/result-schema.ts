/** The shape of result.json as a schema: published for scripts, and held against real results by the tests. */
import * as z from "zod";
import { causes } from "../models/managers/contract.js";

const ms = z.number().int().min(0).describe("ms after the start of the scenario");
const msOrNull = ms.nullable();
const names = z.array(z.string());
const count = z.number().int().min(0);
const curve = z
  .array(z.tuple([ms, count]))
  .describe("pairs of time in ms and number of regions that work from then on");

const capabilityOutage = z.strictObject({
  name: z.string(),
  regionsDown: count,
  regionsDegraded: count,
  firstDownAtMs: msOrNull,
  downtimeMinutes: z.number(),
  longestDownMinutes: z.number(),
  unservedLogins: z.number(),
  unservedByGroup: z.array(z.strictObject({ group: z.string(), logins: z.number() })),
});

const verdict = z.strictObject({
  property: z.string(),
  verdict: z.enum(["holds", "violated", "never-exercised", "not-applicable", "hazard", "out-of-budget"]),
  because: z.string(),
  at: msOrNull,
  violations: z.array(
    z.strictObject({
      atMs: ms,
      rule: z.string(),
      action: z.string(),
      service: z.string(),
      cause: z.string(),
      places: count,
      text: z.string(),
      event: z.number().int(),
    }),
  ),
  exercised: count,
});

const variant = z.strictObject({
  name: z.string(),
  removed: z.strictObject({
    instances: count,
    services: names,
    managers: names,
    causes: z.partialRecord(z.enum(causes as unknown as [string, ...string[]]), count),
    dataLost: count,
  }),
  hurt: z.strictObject({ instances: count, services: names }),
  outage: z.strictObject({
    startedAtMs: msOrNull,
    endedAtMs: msOrNull,
    capabilities: z.array(capabilityOutage),
    unservedLogins: z.number(),
    usersAskedToLogIn: z.number(),
  }),
  recovery: z.strictObject({
    alertAtMs: msOrNull,
    detectedAtMs: msOrNull,
    acknowledgedAtMs: msOrNull,
    diagnosedAtMs: msOrNull,
    decidedAtMs: msOrNull,
    configurationRepairedAtMs: msOrNull,
    managerUpAtMs: msOrNull,
    firstRestoredAtMs: msOrNull,
    allRestoredAtMs: msOrNull,
    publishedAtMs: msOrNull,
    byCapability: z.array(
      z.strictObject({
        name: z.string(),
        firstRestoredAtMs: msOrNull,
        allRestoredAtMs: msOrNull,
        restored: curve,
        verified: curve,
        published: curve,
      }),
    ),
    byRegionGroup: z.array(
      z.strictObject({ name: z.string(), firstRestoredAtMs: msOrNull, allRestoredAtMs: msOrNull }),
    ),
    stuck: names,
    relapses: count,
  }),
  end: z.enum(["horizon", "quiet", "event-limit", "interrupted"]),
  endedAtMs: ms,
  events: count,
  gate: names,
  verdicts: z.array(verdict),
  expectations: z.array(
    z.strictObject({ text: z.string(), met: z.boolean(), found: z.string(), open: z.boolean() }),
  ),
  recoveryTimes: z.array(z.union([ms, z.null(), z.literal("never")])),
  traceSha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const resultSchema = z.strictObject({
  fleetquake: z.string(),
  scenario: z.strictObject({
    name: z.string(),
    title: z.string(),
    about: z.string(),
    sources: names,
    startUtcMs: z.number().int(),
    file: z.string(),
  }),
  seed: z.number().int(),
  variants: z.array(variant),
});

/** JSON Schema (draft 7) of result.json. */
export const resultJsonSchema = (): unknown => z.toJSONSchema(resultSchema, { target: "draft-7" });
