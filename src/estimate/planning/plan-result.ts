/** The shape of what `fleetquake plan --json` prints, as a schema: types for the code, JSON Schema for scripts. */
import * as z from "zod";

const names = z.array(z.string());
const count = z.number().int().min(0);
const ms = z.number().min(0).describe("ms after the work begins");

const spread = z
  .strictObject({
    makespanMs: z.strictObject({ p50: ms, p90: ms, mean: ms }),
    unservedLogins: z
      .strictObject({ p50: z.number(), p90: z.number(), mean: z.number() })
      .describe("logins that fail from the beginning of the work on"),
  })
  .describe("over the replications, each with durations of its own");

const collapses = z
  .array(
    z.strictObject({
      service: z.string(),
      places: count,
      atMs: ms.describe("the first time"),
      offered: count.describe("requests a second, with retries"),
      capacity: count,
    }),
  )
  .describe("services that collapse under those who come back; absent where none has a capacity");

const calm = ms
  .nullable()
  .optional()
  .describe(
    "where it collapses: until nothing is collapsed any more, which may be long after everything runs",
  );

const versus = z.strictObject({
  shorter: z.number().min(0).max(1).describe("share of the replications in which it ends earlier"),
  lessHarm: z.number().min(0).max(1),
  makespanMs: z.number().describe("mean difference; negative: this one is better"),
  unservedLogins: z.number(),
});

const order = z.strictObject({
  objectives: z.array(z.enum(["makespan", "harm"])).describe("what it is the best order found for"),
  jobs: names.describe("ids in order: whoever is free takes the first one that can be started"),
  typical: z.strictObject({
    makespanMs: ms,
    unservedLogins: z.number(),
    makespanGap: z.number().min(0).describe("above the lower bound, as a share of it"),
    harmGap: z.number().min(0),
    schedule: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(["start", "works", "verify"]),
        startMs: ms,
        endMs: ms,
        service: z.string().nullable(),
        group: z.string().nullable(),
        place: z.string().nullable(),
        instances: count,
        by: z.string().nullable().describe("people, or the manager that starts it by itself"),
      }),
    ),
  }),
  spread,
  versusPeople: versus,
  collapses: collapses.optional(),
  calmMs: calm,
  crewsThatHold: z
    .strictObject({ crews: count, makespanMs: ms })
    .nullable()
    .optional()
    .describe("where it collapses: the most crews with whom people's own order does not; null: none found"),
});

const blackStart = z.strictObject({
  needed: names
    .nullable()
    .describe("a smallest set of services to be startable by hand; null: no set is enough"),
  smallest: z.boolean().describe("false: the search for a smaller one was given up"),
  declared: names,
  missing: names.describe("to be added to the declared ones"),
  needLoops: z.array(names).describe("services that need each other to start"),
  startLoop: names.describe("why something has to be started by hand"),
});

export const planSchema = z.strictObject({
  fleetquake: z.string(),
  kind: z.literal("plan"),
  scenario: z.strictObject({ name: z.string(), title: z.string(), file: z.string() }),
  variant: z.string(),
  seed: count,
  verdict: z.enum(["planned", "nothing-to-recover", "no-order-exists", "no-verdict"]),
  because: z.string(),
  lost: z.strictObject({
    atMs: z
      .number()
      .describe("when the work begins, in ms after the start of the scenario, in replication 0"),
    began: z.boolean().describe("false: nobody was called; what is gone at the end of the run"),
    instances: count,
    services: count,
    groups: count,
  }),
  resources: z
    .record(z.string(), count)
    .describe("those of which there are fewer than all jobs together demand"),
  batch: z.enum(["region", "group"]),
  bounds: z
    .strictObject({
      criticalPathMs: ms,
      resourceMs: ms,
      headTailMs: ms,
      makespanMs: ms,
      unservedLogins: z.number(),
    })
    .nullable()
    .describe("no order does better with the typical durations"),
  criticalPath: names,
  orders: z.array(order),
  people: z
    .strictObject({
      makespanMs: ms,
      unservedLogins: z.number(),
      spread,
      collapses: collapses.optional(),
      calmMs: calm,
    })
    .nullable()
    .describe("the order of the scenario's people"),
  replications: count,
  schedules: count,
  stoppedBy: z.enum(["proof", "budget", "wall"]).nullable().describe("wall: a limit of the scenario"),
  blackStart,
  command: z.string(),
});

export type PlanFile = z.infer<typeof planSchema>;
export type PlannedCollapse = z.infer<typeof collapses>[number];
export type PlanOrder = z.infer<typeof order>;

/** JSON Schema (draft 7) of the plan. */
export const planJsonSchema = (): unknown => z.toJSONSchema(planSchema, { target: "draft-7" });
