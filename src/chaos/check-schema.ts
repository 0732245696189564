/** The shape of check.json as a schema: published for scripts, and what a saved check is read with. */
import * as z from "zod";
import type { Issue } from "../base/issue.js";
import { parseJson } from "../base/parse-json.js";
import { err, ok, type Result } from "../base/result.js";
import type { CheckFile } from "./check-result.js";

const names = z.array(z.string());
const count = z.number().int().min(0);
const probability = z.number().min(0).max(1);
const position = z.number().int().min(1);
const mutation = { op: z.string(), at: z.string().describe("what it strikes: file stem and JSON pointer") };

const searchMode = z.strictObject({
  mode: z.enum(["examples", "exhaustive", "random"]),
  about: z.string().describe("what it covers, in words"),
  generator: z.string().nullable(),
  cases: count,
  distinct: count,
  planned: count,
  symmetric: count,
  level: z.enum(["plan", "run"]),
});

const propertyOutcome = z.strictObject({
  property: z.string(),
  about: z.string(),
  modality: z.string(),
  gate: z.boolean().describe("a violation fails the check; otherwise it is only reported"),
  verdict: z.enum(["holds", "violated", "never-exercised", "not-applicable", "hazard", "out-of-budget"]),
  because: z.string(),
  exercised: count,
  violated: count,
  hazards: count,
  bound: z.strictObject({ runs: count, upper95: probability }).nullable(),
});

const counterexample = z.strictObject({
  mutations: z.array(z.strictObject({ ...mutation, label: z.string(), incident: z.string() })),
  size: z.strictObject({ services: count, regions: count, mutations: count }),
  diff: z.array(
    z.strictObject({
      id: z.string(),
      lines: z.array(
        z.strictObject({
          kind: z.enum(["same", "removed", "added"]),
          text: z.string(),
          line: position,
        }),
      ),
    }),
  ),
  events: names,
  chain: z.array(
    z.strictObject({
      at: z.number().min(0).describe("ms after the start of the scenario"),
      text: z.string(),
    }),
  ),
  outage: z.strictObject({
    removed: count,
    services: names,
    hurt: count,
    lastsMs: z.number().min(0).nullable(),
    restoredAtMs: z.union([z.number().min(0), z.literal("never"), z.null()]),
    unservedLogins: z.number().min(0),
  }),
  place: z.strictObject({ file: z.string(), line: position, column: position, document: z.string() }),
  replay: z.string(),
  savedAs: z.string().nullable(),
  text: z.string().describe("the scenario file, word for word"),
});

const finding = z.strictObject({
  id: z.string(),
  property: z.string(),
  kind: z.enum(["violation", "hazard"]),
  decision: z.string(),
  witness: z.strictObject({
    rule: z.string(),
    action: z.string(),
    service: z.string(),
    cause: z.string(),
  }),
  because: z.string(),
  cases: count,
  operators: names,
  counterexample,
});

const checkResult = z.strictObject({
  scenario: z.strictObject({ name: z.string(), title: z.string(), file: z.string() }),
  variant: z.string(),
  managers: z.array(z.strictObject({ name: z.string(), model: z.string(), guards: names })),
  seed: z.number().int(),
  base: z.string().describe("SHA-256 of the canonical scenario that was mutated"),
  baseViolates: z.array(z.strictObject({ property: z.string(), because: z.string() })),
  modes: z.array(searchMode),
  stoppedBy: z.enum(["budget", "wall", "interrupt", "first-violation", "confidence"]),
  properties: z.array(propertyOutcome),
  findings: z.array(finding),
  profile: z.array(
    z.strictObject({
      op: z.string(),
      name: z.string(),
      level: z.string(),
      sites: count,
      cases: count,
      violated: count,
      hazards: count,
      refused: count,
      unnoticed: count,
    }),
  ),
  risk: z
    .strictObject({
      per1000: z.number().min(0),
      low95: z.number().min(0),
      high95: z.number().min(0),
      cases: count,
      generator: z.string(),
    })
    .nullable(),
  staging: z
    .array(
      z.strictObject({
        property: z.string(),
        difference: z.string(),
        mutations: z.array(z.strictObject(mutation)),
        labels: names,
        inStaging: z.string(),
        inProduction: z.string(),
      }),
    )
    .nullable(),
  command: z.string(),
});

export const checkSchema = z.strictObject({
  fleetquake: z.string(),
  kind: z.literal("check"),
  results: z.array(checkResult),
});

/** JSON Schema (draft 7) of check.json. */
export const checkJsonSchema = (): unknown => z.toJSONSchema(checkSchema, { target: "draft-7" });

/** Whether a text claims to be a check, so that what is wrong with it is said in those terms. */
export function looksLikeCheck(text: string): boolean {
  return /^\s*\{/.test(text) && /"kind"\s*:\s*"check"/.test(text.slice(0, 1_000));
}

export function parseCheck(text: string, file: string): Result<CheckFile, readonly Issue[]> {
  const json = parseJson(text, file);
  if (!json.ok) return json;
  const { value } = json;
  const parsed = checkSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues.map((issue) => ({
      code: "check-file",
      severity: "error",
      file,
      path: issue.path.map(String).join("."),
      message: issue.message,
      hint: "write it again with fleetquake check; the schema is what fleetquake schema check prints",
    })),
  );
}
