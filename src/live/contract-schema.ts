/**
 * The manager contract as schemas: what a manager in another language is sent, and what any manager that is not ours may
 * answer. The annotations hold these schemas and the contract's types together; the compiler notices when they part.
 */
import * as z from "zod";
import type { Json } from "../base/json.js";
import type * as contract from "../models/managers/contract.js";
import { causes } from "../models/managers/contract.js";
import { type Policy, policyAxes, policyNumbersDefault } from "../models/managers/policy.js";

const name = z.string().min(1);
const names = z.array(name);
const text = z.string();
const count = z.int().min(0);
const ms = z.int().min(0).describe("ms of simulated time since the start of the scenario");
/** Any JSON; whether it is JSON at all is checked where the answer is taken in. */
const json = z.unknown() as unknown as z.ZodType<Json>;

const axes = Object.fromEntries(
  Object.entries(policyAxes).map(([axis, values]) => [axis, z.enum(values as readonly string[] as [string])]),
);
const numbers = Object.fromEntries(Object.keys(policyNumbersDefault).map((key) => [key, z.number().min(0)]));

export const policySchema = z.strictObject({ ...axes, ...numbers }).meta({
  id: "Policy",
  description: "every axis and every number; durations in ms",
}) as unknown as z.ZodType<Policy>;
export const policyOverridesSchema = z
  .strictObject({ ...axes, ...numbers })
  .partial()
  .meta({ id: "PolicyOverrides", description: "the axes and numbers that differ" }) as unknown as z.ZodType<
  Partial<Policy>
>;

const issue = z.strictObject({
  code: text,
  severity: z.enum(["error", "warning"]),
  message: text,
  file: text.exactOptional(),
  path: text.exactOptional(),
  line: z.int().exactOptional(),
  column: z.int().exactOptional(),
  expected: text.exactOptional(),
  hint: text.exactOptional(),
});

export const docSchema: z.ZodType<contract.Doc> = z
  .strictObject({
    id: text.describe("file path inside the configuration"),
    version: count,
    text,
    fault: z
      .enum(["error", "empty", "partial"])
      .exactOptional()
      .describe("set when the source could not give it; text is then what arrived"),
  })
  .meta({ id: "Document" });

const ticket: z.ZodType<contract.Ticket> = z
  .strictObject({
    id: text,
    removes: names,
    author: text,
    scope: names.nullable(),
    approvals: z.array(z.strictObject({ by: text, covers: names })),
  })
  .meta({ id: "Ticket" });

const entrySpec: z.ZodType<contract.EntrySpec> = z.strictObject({
  name,
  manager: name.nullable(),
  needs: names,
  regions: names.nullable().describe("null: everywhere the service is placed"),
  replicas: count,
  protect: z.boolean(),
  owns: names.exactOptional(),
  revision: text.describe("changes with every edit of the entry"),
});

const unknownEntry = z.strictObject({ is: z.literal("unknown"), error: issue });

const entry: z.ZodType<contract.Entry> = z
  .discriminatedUnion("is", [
    z.strictObject({ is: z.literal("present"), spec: entrySpec }),
    z.strictObject({ is: z.literal("removed"), ticket, sinceVersion: count }),
    unknownEntry,
  ])
  .meta({ id: "Entry" });

export const readingSchema: z.ZodType<contract.Reading> = z
  .strictObject({
    version: count,
    whole: z.enum(["complete", "partial", "unreadable"]),
    entries: z.record(name, entry),
    own: z.discriminatedUnion("is", [
      z.strictObject({
        is: z.literal("present"),
        spec: z.strictObject({ name, service: name.nullable(), manages: names }),
      }),
      unknownEntry,
    ]),
    policy: policyOverridesSchema.nullable(),
    guards: z.array(json).nullable(),
    errors: z.array(issue).exactOptional().describe("errors of this version in what belongs to others"),
  })
  .meta({ id: "Reading" });

const seenService: z.ZodType<contract.SeenService> = z
  .strictObject({
    placement: z.enum(["regional", "group", "global"]),
    running: names.describe("places where an instance exists and runs"),
    missing: names.describe("places of this manager's reach where there is none"),
    stopped: names,
    busy: names.describe("places with a deploy or a delete under way"),
    label: name.nullable().describe("the manager on the label of the instances"),
    owner: name.nullable(),
    dependants: names.describe("hard dependants that are running"),
    revision: text.nullable(),
    ailing: names
      .exactOptional()
      .describe("places where an instance runs and does not answer; only for who watches health"),
  })
  .meta({ id: "SeenService" });

const observation: z.ZodType<contract.Observation> = z
  .strictObject({
    atMs: ms.describe("when it was true"),
    revision: count,
    fault: z.enum(["none", "error", "empty", "partial"]),
    services: z.record(name, seenService),
    objects: names,
    peersMissing: names,
  })
  .meta({ id: "Observation" });

export const reasonSchema: z.ZodType<contract.Reason> = z
  .strictObject({ code: text, text: text.describe("one line that a person understands"), about: text })
  .meta({ id: "Reason" });

const actionKind = z.enum(["deploy", "update", "restart", "stop", "delete", "release"]);
const cause = z.enum(causes as readonly string[] as [contract.Cause]);
const target = z.strictObject({ service: name, places: names });
const basis = z.strictObject({ version: count, seenRevision: count, epoch: count });

const action: z.ZodType<contract.Action> = z
  .strictObject({ do: actionKind, target, cause, because: z.array(reasonSchema), basedOn: basis })
  .meta({ id: "Action" });

const proposedAction = z
  .strictObject({
    do: actionKind,
    target: target.describe("a service that was seen, and places of it"),
    cause,
    because: z.array(reasonSchema).optional().describe("default: that no reason was given"),
    basedOn: basis.optional().describe("default: the version, revision and epoch of the turn"),
  })
  .meta({ id: "ProposedAction" });

export const selfSchema: z.ZodType<contract.Self> = z
  .strictObject({
    manager: name,
    cell: name,
    service: name.nullable().describe("the service that this manager runs as"),
    managerServices: z.record(name, name),
    objects: z.array(z.strictObject({ name, owns: names, finalizer: text, prune: z.boolean() })),
  })
  .meta({ id: "Self" });

export const memorySchema: z.ZodType<contract.Memory> = z
  .strictObject({
    durable: json.describe("survives a crash of the manager, not its removal"),
    volatile: json.describe("lost with the process"),
  })
  .meta({ id: "Memory" });

export const turnSchema: z.ZodType<contract.Turn> = z
  .strictObject({
    nowMs: z.int().describe("its own clock, in ms since the start of the scenario; may be ahead or behind"),
    why: z.enum(["boot", "edit", "resync", "wake", "result", "observed"]),
    reading: readingSchema,
    seen: observation,
    results: z.array(
      z.strictObject({
        action,
        outcome: z.enum(["done", "refused", "failed", "held"]),
        why: text.nullable(),
      }),
    ),
    lease: z.strictObject({ held: z.boolean(), epoch: count }),
    self: selfSchema,
  })
  .meta({ id: "Turn" });

/** Everything but `propose` may be left out. */
export const stepAnswerFields = {
  propose: z.array(proposedAction),
  memory: memorySchema.optional().describe("default: unchanged"),
  policy: policyOverridesSchema
    .optional()
    .describe("what the guards shall go by; default: the policy of the request, then that of the reading"),
  wakeAtMs: z.int().nullable().optional().describe("a time after nowMs; default: null, not before a change"),
  waitingOn: z.array(reasonSchema).optional().describe("what it does not do, and why"),
  watch: z
    .strictObject({ vanished: names, appeared: names })
    .optional()
    .describe("services whose instances wake it; default: all"),
  settled: z
    .boolean()
    .optional()
    .describe("the same reading and observation get the same answer at any later time; saves steps"),
  ends: z
    .strictObject({ as: z.enum(["exited", "wedged"]), because: reasonSchema })
    .optional()
    .describe("the process that is simulated ends, or goes on without ever reacting again"),
};

export const guardSpecSchema: z.ZodType<contract.GuardSpec> = z.strictObject({
  guard: name,
  options: z.record(text, z.union([z.number(), text, z.boolean(), z.array(z.union([z.number(), text]))])),
});
