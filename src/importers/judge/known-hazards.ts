/** What people know of already: a baseline of fingerprints, and an ignore file in which every entry has a reason. */
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import type { ToldHazard } from "./repository-result.js";

/** By fingerprint; for an ignored one the reason. */
export interface KnownHazards {
  readonly baseline: ReadonlySet<string>;
  readonly ignored: ReadonlyMap<string, string>;
}

export const noneKnown: KnownHazards = { baseline: new Set(), ignored: new Map() };

const baselineSchema = z.object({
  fleetquake: z.literal("baseline"),
  hazards: z.array(z.object({ fingerprint: z.string(), title: z.string() })),
});

/** What `--write-baseline` writes: fingerprints, each with its title for people. */
export const baselineText = (hazards: readonly { fingerprint: string; title: string }[]): string =>
  `${JSON.stringify({ fleetquake: "baseline", hazards }, null, 2)}\n`;

export function readBaseline(text: string, file: string): Result<ReadonlySet<string>, Issue> {
  const wrong = (message: string): Result<never, Issue> =>
    err({
      code: "baseline",
      severity: "error",
      file,
      message,
      hint: "`--write-baseline FILE` writes one",
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong("this is no JSON");
  }
  const parsed = baselineSchema.safeParse(value);
  return parsed.success
    ? ok(new Set(parsed.data.hazards.map(({ fingerprint }) => fingerprint)))
    : wrong("this is no baseline of fleetquake");
}

const ignoreSchema = z.array(z.strictObject({ fingerprint: z.string(), reason: z.string().trim().min(1) }));

/** YAML: a list of `{ fingerprint, reason }`. */
export function readIgnored(
  text: string,
  file: string,
): Result<ReadonlyMap<string, string>, readonly Issue[]> {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "error" });
  if (document.errors.length > 0) {
    return err([{ code: "syntax", severity: "error", file, message: document.errors[0]!.message }]);
  }
  const parsed = ignoreSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? []);
  if (parsed.success) return ok(new Map(parsed.data.map(({ fingerprint, reason }) => [fingerprint, reason])));
  return err(
    parsed.error.issues.map(({ path, message }) => ({
      code: "ignore",
      severity: "error",
      file,
      path: path.join("."),
      message,
      expected: "a list of { fingerprint, reason }, each with its reason",
    })),
  );
}

export function statusOf(fingerprint: string, known: KnownHazards): Pick<ToldHazard, "status" | "reason"> {
  const reason = known.ignored.get(fingerprint);
  if (reason !== undefined) return { status: "ignored", reason };
  return { status: known.baseline.has(fingerprint) ? "known" : "new", reason: null };
}
