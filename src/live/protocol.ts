/**
 * The protocol of managers in other processes: one JSON object a line, one answer for each request. Stateless: whatever
 * the manager has to remember travels in the message. docs/manager-protocol.md describes it for people.
 */
import * as z from "zod";
import type { Json } from "../base/json.js";
import type { Doc, Memory, Self, Turn } from "../models/managers/contract.js";
import type { Policy } from "../models/managers/policy.js";
import {
  docSchema,
  guardSpecSchema,
  memorySchema,
  policyOverridesSchema,
  policySchema,
  readingSchema,
  selfSchema,
  stepAnswerFields,
  turnSchema,
} from "./contract-schema.js";

/** Raised when a message changes its meaning; a manager refuses a version that it does not know. */
export const protocolVersion = 1;

/** What fleetquake asks. Keys come in this order and without spaces between them. */
export type Request =
  | { readonly ask: "hello"; readonly fleetquake: string }
  | { readonly ask: "boot"; readonly policy: Policy; readonly durable: Json | null }
  | {
      readonly ask: "read";
      readonly policy: Policy;
      readonly documents: readonly Doc[];
      readonly self: Self;
    }
  | { readonly ask: "step"; readonly policy: Policy; readonly memory: Memory; readonly turn: Turn };

export type Ask = Request["ask"];

export const requestLine = (id: number, request: Request): string =>
  JSON.stringify({ v: protocolVersion, id, ...request });

const v = z.literal(protocolVersion);
const requestHead = { v, id: z.int().min(1).describe("counts up; an answer may repeat it") };
const answerHead = { v, id: z.int().optional().describe("if given, that of the request") };

const requests = [
  z
    .strictObject({ ...requestHead, ask: z.literal("hello"), fleetquake: z.string() })
    .meta({ id: "HelloRequest" }),
  z
    .strictObject({
      ...requestHead,
      ask: z.literal("boot"),
      policy: policySchema,
      durable: (z.unknown() as unknown as z.ZodType<Json>).describe("what it remembers; null: nothing"),
    })
    .meta({ id: "BootRequest" }),
  z
    .strictObject({
      ...requestHead,
      ask: z.literal("read"),
      policy: policySchema,
      documents: z.array(docSchema),
      self: selfSchema,
    })
    .meta({ id: "ReadRequest" }),
  z
    .strictObject({
      ...requestHead,
      ask: z.literal("step"),
      policy: policySchema,
      memory: memorySchema,
      turn: turnSchema,
    })
    .meta({ id: "StepRequest" }),
] as const;

export const helloAnswer = z
  .strictObject({
    ...answerHead,
    name: z.string().min(1),
    about: z.string().optional(),
    answers: z
      .array(z.enum(["boot", "read", "step"]))
      .optional()
      .describe('requests that it wants to get; default: ["step"], then fleetquake boots and reads for it'),
    policy: policyOverridesSchema.optional().describe("where it differs from the plainest manager"),
    watchesHealth: z
      .literal(true)
      .optional()
      .describe("it is told, and woken, when an instance stops answering or answers again"),
    guards: z.array(guardSpecSchema).optional().describe("guards of the catalogue that it comes with"),
  })
  .meta({ id: "HelloAnswer" });

export const bootAnswer = z.strictObject({ ...answerHead, memory: memorySchema }).meta({ id: "BootAnswer" });
export const readAnswer = z
  .strictObject({ ...answerHead, reading: readingSchema })
  .meta({ id: "ReadAnswer" });
export const stepAnswer = z.strictObject({ ...answerHead, ...stepAnswerFields }).meta({ id: "StepAnswer" });
export const errorAnswer = z
  .strictObject({ ...answerHead, error: z.string().describe("why it cannot answer; ends the run") })
  .meta({ id: "ErrorAnswer" });

export const requestSchema = z.union(requests);

/** JSON Schema (draft 7): a line is one of the requests or one of the answers. */
export function managerProtocolJsonSchema(): unknown {
  const messages = z.union([...requests, helloAnswer, bootAnswer, readAnswer, stepAnswer, errorAnswer]);
  return {
    title: "fleetquake manager protocol, version 1",
    ...(z.toJSONSchema(messages, { target: "draft-7", io: "input" }) as object),
  };
}
