/**
 * What a repository does not say and a scenario needs: where services stand, how long they take to deploy. The file behind
 * `import --map`, and the defaults without one.
 */
import * as z from "zod";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import { type DistributionDocument, distribution } from "../scenario/document-schema.js";
import { shapeFindings } from "../scenario/shape-issues.js";
import { readSource } from "../scenario/source.js";
import { distributionProblem, toDistribution } from "../scenario/values.js";

const place = z.strictObject({
  deploy: distribution.optional().describe("how long bringing one instance up takes"),
  placement: z.enum(["regional", "group", "global"]).optional(),
  byHand: z.boolean().optional().describe("people can start it without its manager"),
});

const mappingSchema = z.strictObject({
  regions: z
    .record(
      z.string(),
      z.strictObject({ members: z.array(z.string()).min(1), weight: z.number().positive().optional() }),
    )
    .optional()
    .describe("region groups of the scenario, as `regions` of a scenario file"),
  services: z
    .record(z.string(), place)
    .optional()
    .describe("key: a name, a title, or a pattern with *; the first that fits counts"),
  kinds: z
    .record(z.string(), place)
    .optional()
    .describe("key: a kind of the format, such as Deployment or program"),
  managers: z
    .record(z.string(), z.string())
    .optional()
    .describe("a model of the catalogue for a manager, by its name"),
  inferred: z
    .enum(["soft", "hard", "as-inferred", "leave-out"])
    .optional()
    .describe("what becomes of needs that no file states"),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type ServicePlace = z.infer<typeof place>;

export const noMapping: Mapping = {};

export const defaultRegions: NonNullable<Mapping["regions"]> = { default: { members: ["default-1"] } };

/**
 * Deploy times of one instance where nobody says: guesses for small services, marked as assumed. Programs and units start in
 * seconds (measured: supervisord up to 2.1 s, systemd up to 0.5 s for four services), containers may have to be pulled.
 */
export const defaultDeploys: Readonly<Record<string, DistributionDocument>> = {
  program: { p50: "2s", p90: "10s" },
  "event listener": { p50: "2s", p90: "10s" },
  "fast-cgi program": { p50: "2s", p90: "10s" },
  service: { p50: "15s", p90: "1m" },
  unit: { p50: "1s", p90: "15s" },
  StatefulSet: { p50: "2m", p90: "10m" },
};
export const otherDeploy: DistributionDocument = { p50: "1m", p90: "5m" };

/** The text of a mapping file. Everything that is wrong with it, with line and column. */
export function parseMapping(text: string, file: string): Result<Mapping, readonly Issue[]> {
  const source = readSource(text, file);
  if (!source.ok) return source;
  const at = (
    path: readonly (string | number)[],
    key = false,
  ): Pick<Issue, "file" | "line" | "column" | "path"> => ({
    file,
    ...source.value.position(path, key),
    path: path.join("."),
  });
  const parsed = mappingSchema.safeParse(source.value.value);
  if (!parsed.success) {
    const found = shapeFindings(parsed.error.issues, source.value.value, mappingSchema);
    return err(
      found.map(
        ({ atKey, path, ...finding }): Issue => ({ severity: "error", ...finding, ...at(path, atKey) }),
      ),
    );
  }
  const issues = (["services", "kinds"] as const).flatMap((part) =>
    Object.entries(parsed.data[part] ?? {}).flatMap(([key, { deploy }]): Issue[] => {
      const problem = deploy === undefined ? null : distributionProblem(toDistribution(deploy));
      return problem === null
        ? []
        : [{ code: "wrong-distribution", severity: "error", message: problem, ...at([part, key, "deploy"]) }];
    }),
  );
  return issues.length > 0 ? err(issues) : ok(parsed.data);
}

/** Whether a key of `services` means this: itself, or a pattern in which * stands for any letters. */
export function fits(key: string, names: readonly string[]): boolean {
  const parts = key.split("*");
  if (parts.length === 1) return names.includes(key);
  return names.some((name) => {
    const last = parts.at(-1)!;
    if (!name.startsWith(parts[0]!) || !name.endsWith(last)) return false;
    let from = parts[0]!.length;
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return from <= name.length - last.length;
  });
}
