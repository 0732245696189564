/**
 * The shape of a scenario file, as people write it. Strict: a key that is not here is an error. References between
 * parts are checked later; the JSON Schema for editors is generated from this.
 */
import * as z from "zod";
import { type PolicyAxis, policyAxes, policyNumbersDefault } from "../models/managers/policy.js";
import { presetNames } from "../models/people/priors.js";
import { caseSchema } from "./case-schema.js";

const duration = z
  .union([
    z.literal(0),
    z.string().regex(/^(0|(\d+(\.\d+)?(ms|s|m|h|d))+)$/, "a duration such as 90s, 12m, 4h30m, 2d or 0"),
  ])
  .describe("90s, 12m, 4h30m, 2d or 0");
const share = z
  .union([
    z.number().min(0).max(1),
    z.string().regex(/^(100|\d{1,2})(\.\d+)?%$/, "a share such as 5% or 0.05"),
  ])
  .describe("5% or 0.05");
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a name: letters, digits, dot, dash and underscore");
const names = z.array(z.string());
const assumed = z.string().optional().describe("why this value is an assumption");
const from = z
  .string()
  .optional()
  .describe("where it was imported from: file:line:column and the words there");
const positive = z.number().positive();

export const distribution = z.union([
  duration,
  z.strictObject({ p50: duration, p90: duration }),
  z.strictObject({ mean: duration }),
  z.strictObject({ uniform: z.tuple([duration, duration]) }),
  z.strictObject({ triangular: z.tuple([duration, duration, duration]) }),
  z.strictObject({ weibull: z.strictObject({ shape: positive, scale: duration }) }),
  z.strictObject({ gamma: z.strictObject({ shape: positive, mean: duration }) }),
  z.strictObject({ pareto: z.strictObject({ min: duration, shape: positive }) }),
  z.strictObject({ empirical: z.array(duration).min(1) }),
]);

const need = z.union([
  z.string(),
  z.strictObject({
    service: z.string().optional(),
    kind: z.enum(["hard", "soft", "startup", "any"]).optional(),
    weight: share.optional(),
    grace: duration.optional(),
    of: names.optional(),
    k: z.number().int().positive().optional(),
    in: z.union([z.string(), names]).optional(),
    from,
    assumed,
  }),
]);

const service = z.strictObject({
  title: z.string().optional(),
  manager: z.string().nullable().optional(),
  layer: z.number().int().min(0).optional(),
  placement: z.enum(["regional", "group", "global"]).optional(),
  replicas: z.number().int().positive().optional(),
  capacity: positive.optional().describe("requests a second that one instance can serve"),
  deploy: distribution.optional(),
  needs: z.array(need).optional(),
  byHand: z.boolean().optional(),
  protect: z.boolean().optional(),
  state: z
    .strictObject({ onRemove: z.enum(["retain", "delete"]).optional(), restore: distribution })
    .optional(),
  warmUp: z
    .strictObject({
      for: duration,
      success: share.optional(),
      capacity: share.optional().describe("of its capacity, with cold caches, growing to all of it"),
    })
    .optional(),
  from,
  assumed,
});

const capability = z.strictObject({
  title: z.string().optional(),
  service: z.string().optional(),
  services: names.min(1).optional(),
  share: share.optional(),
  fallback: z
    .array(z.union([z.string(), z.strictObject({ capability: z.string(), enrolled: share })]))
    .optional(),
  assumed,
});

const guard = z.union([
  z.string(),
  z.record(
    z.string(),
    z.record(
      z.string(),
      z.union([z.number(), z.string(), z.boolean(), z.array(z.union([z.number(), z.string()]))]),
    ),
  ),
]);

const axes = Object.fromEntries(
  Object.entries(policyAxes).map(([axis, values]) => [
    axis,
    z.enum(values as unknown as [string, ...string[]]).optional(),
  ]),
) as Record<PolicyAxis, z.ZodOptional<z.ZodEnum<Record<string, string>>>>;
/** Numbers of the policy lose their unit in the file: `reconcile: 1m` is reconcileMs. */
const numbers = Object.fromEntries(
  Object.keys(policyNumbersDefault).map((key) =>
    key.endsWith("Ms")
      ? [key.slice(0, -2), duration.optional()]
      : [key, key.endsWith("Fraction") ? share.optional() : z.number().min(0).optional()],
  ),
);

const manager = z.strictObject({
  model: z.string(),
  version: z.string().optional(),
  service: z.string().nullable().optional(),
  instances: z.enum(["one", "per-group", "per-region"]).optional(),
  cells: z.enum(["global", "by-group", "by-region"]).optional(),
  deployedBy: z.string().optional(),
  reads: names.optional(),
  defects: z
    .array(
      z.strictObject({
        id: name,
        after: z.literal("removal"),
        does: z.literal("leave-reference-in-own-entry"),
        fixedIn: z.string().nullable().optional(),
      }),
    )
    .optional(),
  policy: z.strictObject({ ...axes, ...numbers }).optional(),
  guards: z
    .strictObject({
      add: z.array(guard).optional(),
      drop: names.optional(),
      stored: z.enum(["external", "in-configuration"]).optional(),
    })
    .optional(),
  rollout: z.strictObject({ waves: z.array(names), bake: duration }).optional(),
  from,
  assumed,
});

const json = z.json();
const edit = z.union([
  z.strictObject({ delete: z.string() }),
  z.strictObject({ set: z.string(), to: json }),
  z.strictObject({ add: z.string(), value: json }),
  z.strictObject({ rename: z.string(), to: z.string() }),
  z.strictObject({ move: z.string(), to: z.string() }),
  z.strictObject({ text: z.string(), replace: z.string().min(1), with: z.string() }),
]);

const intention = z.strictObject({
  remove: names.optional(),
  add: names.optional(),
  update: names.optional(),
  rename: z.strictObject({ service: z.string(), to: z.string() }).optional(),
  migrate: z.strictObject({ service: z.union([z.string(), names]), to: z.string() }).optional(),
});

const change = z.strictObject({
  at: duration,
  author: z.string().optional(),
  scope: names.optional(),
  approvals: z.array(z.strictObject({ by: z.string(), covers: names })).optional(),
  intend: z.union([intention, z.array(intention)]).optional(),
  edits: z.array(edit).optional(),
  assumed,
});

const fault = z.strictObject({
  at: duration,
  for: duration.optional(),
  what: z.enum(["source", "list", "observation", "network", "crash", "lease"]),
  of: z.string(),
  gives: z.enum(["error", "empty", "partial", "stale"]).optional(),
  in: z.union([z.string(), names]).optional(),
  assumed,
});

const configuration = z.union([
  z.literal("derived"),
  z.strictObject({
    derived: z.literal(true).optional(),
    omitFromOwnEntry: names.optional(),
    edits: z.array(edit).optional(),
    documents: z.record(z.string(), z.union([z.string(), z.record(z.string(), json)])).optional(),
    assumed,
  }),
  z.strictObject({
    import: z
      .string()
      .describe("the format of the files: compose, flux, argocd, kubernetes, systemd or supervisord"),
    root: z.string().optional().describe("their folder, inside the folder of this file"),
    entry: names.optional().describe("files to start from, relative to the root"),
    variables: z.record(z.string(), z.string()).optional(),
    profiles: names.optional().describe("profiles of compose that are on"),
    documents: z
      .record(z.string(), z.string())
      .optional()
      .describe("the files by value, by their path; they are then not read from the root"),
    links: z
      .record(z.string(), z.string())
      .optional()
      .describe("symbolic links among them: where each leads"),
    assumed,
  }),
]);

const preset = z
  .enum(presetNames)
  .describe("published durations to take where this file gives none: docs/estimates.md");

const responseFields = z.strictObject({
  like: preset.optional(),
  alert: z.strictObject({ capabilities: names.optional(), share: share.optional() }).optional(),
  detect: distribution.optional(),
  acknowledge: distribution.optional(),
  diagnose: distribution.optional(),
  decide: distribution.optional(),
  configuration: z.enum(["repair", "freeze", "leave"]).optional(),
  repairConfiguration: distribution.optional(),
  redeployManager: distribution.optional(),
  crews: z.number().int().optional(),
  batch: z.enum(["region", "group"]).optional(),
  order: z.strictObject({ groups: names }).optional(),
  verify: distribution.optional(),
  publish: distribution.optional(),
  approve: distribution.optional(),
  shedLoad: distribution.optional().describe("until people turn away what is too much for a service"),
  assumed,
});

const demand = z.strictObject({
  loginsPerSecond: z.number().min(0).optional(),
  sessionLifetime: duration.optional(),
  retry: z
    .strictObject({
      max: z.number().int().min(0).describe("attempts after the first"),
      timeout: duration.optional(),
      backoff: z.strictObject({ base: duration, cap: duration }).optional(),
      jitter: z.enum(["full", "none"]).optional(),
      budget: z.number().min(0).optional().describe("retries a request at most, over all clients: 0.1"),
    })
    .optional(),
  queue: z
    .strictObject({
      bound: z.number().int().min(0).optional().describe("requests that wait at an instance at most"),
      order: z.enum(["fifo", "lifo"]).optional(),
      dropExpired: z.boolean().optional().describe("requests whose client has given up are not served"),
    })
    .optional(),
  admission: share.optional().describe("share of the capacity that is admitted; the rest is turned away"),
  patience: duration.optional().describe("mean time for which a user who cannot log in keeps trying"),
  assumed,
});

const response = z.union([preset, responseFields]);

const bound = z.string().regex(/^(>=|<=|>|<) *(0|(\d+(\.\d+)?(ms|s|m|h|d))+)$/, 'a bound such as ">= 3h"');

const expectation = z.strictObject({
  violates: names.optional(),
  holds: z.union([z.literal("gate"), names]).optional(),
  neverExercised: names.optional(),
  recovered: z
    .union([
      z.literal("never"),
      z.strictObject({
        once: bound.optional(),
        p50: bound.optional(),
        p90: bound.optional(),
        runs: z.number().int().positive().optional(),
      }),
    ])
    .optional(),
  removed: names.optional(),
  noOutage: z.boolean().optional(),
});

const regionGroup = z.strictObject({ members: names, weight: positive.optional(), assumed });

const body = {
  title: z.string(),
  about: z.string().optional(),
  sources: names.optional(),
  start: z.string().optional(),
  horizon: duration.optional(),
  acyclic: z.boolean().optional(),
  regions: z.record(name, regionGroup),
  services: z.record(name, service),
  objects: z
    .record(
      name,
      z.strictObject({
        manager: z.string(),
        owns: names,
        finalizer: z.enum(["none", "cascade", "orphan"]).optional(),
        prune: z.boolean().optional(),
        from,
        assumed,
      }),
    )
    .optional(),
  capabilities: z.record(name, capability).optional(),
  managers: z.record(name, manager).optional(),
  configuration: configuration.optional(),
  changes: z.array(change).optional(),
  faults: z.array(fault).optional(),
  mutations: z
    .array(z.strictObject({ op: z.string(), at: z.string() }))
    .optional()
    .describe("where a counterexample comes from; its effect is what `case` says"),
  case: caseSchema.optional(),
  response: response.optional(),
  demand: demand.optional(),
  observed: z.string().optional(),
  choices: z
    .record(
      name,
      z.strictObject({ about: z.string(), taken: z.string(), instead: names.min(1), why: z.string() }),
    )
    .optional()
    .describe("where sources contradict each other: what was taken, and what could have been"),
  properties: z.record(z.string(), json).optional(),
  limits: z.strictObject({ events: z.number().positive().optional(), wall: duration.optional() }).optional(),
};

/** One variant after merging: what a run is built from. */
export const variantSchema = z.strictObject(body);

export const scenarioSchema = z.strictObject({
  fleetquake: z.literal(1).describe("format version"),
  ...body,
  variants: z.record(name, z.record(z.string(), json)).optional(),
  expect: z.record(z.string(), expectation).optional(),
});

export type ScenarioDocument = z.infer<typeof scenarioSchema>;
export type VariantDocument = z.infer<typeof variantSchema>;
export type DistributionDocument = z.infer<typeof distribution>;
export type ExpectationDocument = z.infer<typeof expectation>;
export type EditDocument = z.infer<typeof edit>;
export type ConfigurationDocument = z.infer<typeof configuration>;
export type GuardDocument = z.infer<typeof guard>;

/** JSON Schema (draft 7) of the file, for editors. */
export const scenarioJsonSchema = (): unknown =>
  z.toJSONSchema(scenarioSchema, { target: "draft-7", io: "input" });
