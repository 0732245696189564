/** The shape of ablate.json as a schema: types for the code, JSON Schema for scripts. */
import * as z from "zod";

const names = z.array(z.string());
const count = z.number().int().min(0);

const cost = {
  approvals: count.describe("agreements that people are asked for in one change"),
  approvalsPerWeek: count,
  peopleMinutesPerWeek: count,
  delayMs: z.number().nullable().describe("how much later a legitimate removal is done; null: never"),
};

const guardSet = z.strictObject({
  guards: names,
  ...cost,
  cheapest: z.boolean().describe("no other minimal set is as cheap in every respect and cheaper in one"),
});

const ablation = z.strictObject({
  scenario: z.strictObject({ name: z.string(), title: z.string(), file: z.string() }),
  variant: z.string(),
  seed: count,
  spec: z.string().optional().describe("SHA-256 of the canonical scenario of the variant"),
  stripped: z.boolean().describe("managers have the guards asked about only where a set has them"),
  gate: z.strictObject({ safety: names, progress: names }),
  changesPerWeek: z.number().min(0),
  traces: z.array(
    z.strictObject({
      label: z.string(),
      mutations: z.array(z.strictObject({ op: z.string(), at: z.string() })),
      violates: names,
    }),
  ),
  asItIs: z.boolean().describe("the first trace is the variant without mutations"),
  method: z.strictObject({
    table: z.enum(["full", "up-closure"]),
    sets: count,
    asked: count.describe("sets that were asked about; the others follow from them"),
    plays: count.describe("simulated runs"),
    exceptions: z
      .strictObject({
        total: count,
        first: z.array(z.strictObject({ guards: names, adding: z.string() })),
      })
      .describe("safe sets that one more guard makes unsafe"),
    crossCheck: z.enum(["agrees", "differs"]).describe("against an enumeration by another method (MARCO)"),
  }),
  guards: z.array(
    z.strictObject({
      guard: z.string(),
      id: z.string(),
      stage: z.string(),
      stops: count.describe("traces that it stops alone"),
      left: names.describe("properties still violated with it alone, on any trace"),
      progress: z.boolean().describe("with it alone, approved removals are carried out"),
      shapley: z.number(),
      ...cost,
    }),
  ),
  sufficient: z.array(guardSet).describe("minimal sets with which every property of the gate holds"),
  stuck: z.array(names).describe("minimal sets that are safe, but keep an approved removal from happening"),
  redundant: z.array(guardSet).describe("minimal sets that survive the bypass of any one of their guards"),
  storage: z.array(
    z.strictObject({
      guards: names,
      external: z.boolean(),
      inConfiguration: z.boolean().nullable(),
      through: names,
      notApplicable: names,
    }),
  ),
  verdict: z.enum(["nothing-to-stop", "some-set-suffices", "no-set-suffices"]),
  command: z.string(),
});

export const ablateSchema = z.strictObject({
  fleetquake: z.string(),
  kind: z.literal("ablate"),
  result: ablation,
});

export type Ablation = z.infer<typeof ablation>;
export type AblateFile = z.infer<typeof ablateSchema>;
export type GuardSetView = z.infer<typeof guardSet>;

/** JSON Schema (draft 7) of ablate.json. */
export const ablateJsonSchema = (): unknown => z.toJSONSchema(ablateSchema, { target: "draft-7" });
