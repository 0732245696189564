/** Replications in a file, so that an estimate that was stopped goes on where it was. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import type { Samples } from "../estimate/replications/samples.js";
import { readTextFile, writeAll } from "./files.js";

/** Which replications these are: a hash of everything that they depend on. */
export interface Kept {
  readonly folder: string;
  readonly variant: string;
  readonly key: string;
  readonly samples: Samples;
}

const keptSchema = z.strictObject({
  key: z.string(),
  runs: z.number().int().min(0),
  cutShort: z.number().int().min(0),
  latestStartMs: z.number().min(0),
  /** A row a replication; null: not within the horizon. */
  values: z.array(z.number().nullable()),
  critical: z.array(z.number().int().min(0)),
});

const nameOf = (variant: string): string => `estimate-samples.${variant}.json`;

export const isKept = (folder: string, variant: string): boolean => existsSync(join(folder, nameOf(variant)));

export const forget = ({ folder, variant }: Kept): void =>
  rmSync(join(folder, nameOf(variant)), { force: true });

export function keep({ folder, variant, key, samples }: Kept): Result<unknown, Issue> {
  const { values, critical, count, cutShort, latestStartMs } = samples.batch();
  const kept: z.infer<typeof keptSchema> = {
    key,
    runs: count,
    cutShort,
    latestStartMs,
    values: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
    critical: [...critical],
  };
  return writeAll(folder, new Map([[nameOf(variant), [JSON.stringify(kept)]]]));
}

/** Fills the samples, which are empty, with what is kept; with nothing where nothing is. */
export function takeUp({ folder, variant, key, samples }: Kept): Result<null, Issue> {
  const file = join(folder, nameOf(variant));
  if (!existsSync(file)) return ok(null);
  const wrong = (message: string, hint: string): Result<never, Issue> =>
    err({ code: "resume", severity: "error", file, message, hint });
  const text = readTextFile(file);
  if (!text.ok) return text;
  const kept = keptSchema.safeParse(parsed(text.value));
  const damaged = "start without --resume, which replaces it";
  if (!kept.success) return wrong("this is no file of replications", damaged);
  const { runs, values, critical, cutShort, latestStartMs } = kept.data;
  if (kept.data.key !== key)
    return wrong(
      "these replications are of another scenario, manager, seed or version",
      "use the same options, or start without --resume",
    );
  if (values.length !== runs * samples.figures.length || critical.length !== samples.critical.length)
    return wrong("replications are missing in this file", damaged);
  samples.add({
    from: 0,
    count: runs,
    values: Float64Array.from(values, (value) => value ?? Number.POSITIVE_INFINITY),
    cutShort,
    latestStartMs,
    critical: Uint32Array.from(critical),
    violated: new Uint8Array(0),
  });
  return ok(null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
