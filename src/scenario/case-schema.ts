/** The shape of `case:` in a scenario file. */
import * as z from "zod";
import { drawPurposes } from "./case.js";

const uint32 = z.number().int().min(0).max(0xffffffff);
/** May be negative: a clock that is behind. */
const signedDuration = z.string().regex(/^-?(0|(\d+(\.\d+)?(ms|s|m|h|d))+)$/, "a duration such as 5m");
const cells = z.array(z.string()).nullable();
const faultKinds = ["source", "list", "observation", "network", "crash", "lease"] as const;

const event = z.discriminatedUnion("e", [
  z.strictObject({
    e: z.literal("deliver"),
    at: signedDuration,
    version: z.number().int().positive(),
    as: z.enum(["old", "new"]),
    cells,
    withoutTickets: z.boolean(),
    text: z.string(),
  }),
  z.strictObject({
    e: z.literal("partial"),
    version: z.number().int().positive(),
    cells: z.array(z.string()),
  }),
  z.strictObject({ e: z.literal("swap"), first: z.number().int().min(0), second: z.number().int().min(0) }),
  z.strictObject({
    e: z.literal("fault"),
    at: signedDuration,
    for: signedDuration,
    what: z.enum(faultKinds),
    of: z.string(),
    gives: z.enum(["error", "empty", "partial", "stale"]),
    in: cells,
  }),
  z.strictObject({ e: z.literal("skew"), of: z.string(), at: signedDuration, by: signedDuration }),
  z.strictObject({ e: z.literal("bypass"), of: z.string(), guard: z.string() }),
  z.strictObject({ e: z.literal("approve-all") }),
  z.strictObject({
    e: z.literal("staging"),
    id: z.string(),
    version: z.number().int().positive(),
    text: z.string().nullable(),
  }),
]);

export const caseSchema = z
  .strictObject({
    base: z.string().describe("SHA-256 of the canonical scenario that the search started from"),
    property: z.string(),
    witness: z.strictObject({
      rule: z.string(),
      action: z.string(),
      service: z.string(),
      cause: z.string(),
    }),
    luck: z.strictObject({
      seed: uint32,
      replication: uint32,
      pinned: z.union([z.literal("all"), z.array(z.enum(drawPurposes))]).optional(),
    }),
    documents: z
      .array(
        z.strictObject({
          id: z.string(),
          version: z.number().int().positive(),
          text: z.string().nullable(),
          was: z.string().optional(),
        }),
      )
      .optional(),
    events: z.array(event).optional(),
  })
  .describe("a counterexample by value: what differs from the scenario, and the luck");

export type CaseDocumentShape = z.infer<typeof caseSchema>;
