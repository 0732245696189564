/** A saved estimate.json, read back. */
import type { Issue } from "../../base/issue.js";
import { parseJson } from "../../base/parse-json.js";
import { err, ok, type Result } from "../../base/result.js";
import { quantiles } from "./estimate.js";
import type { EstimateFile, EstimateResult } from "./estimate-result.js";
import { estimateSchema } from "./estimate-schema.js";
import { phases } from "./figures.js";

/** Whether a text claims to be an estimate, so that what is wrong with it is said in those terms. */
export const looksLikeEstimate = (text: string): boolean =>
  /^\s*\{/.test(text) && /"kind"\s*:\s*"estimate"/.test(text.slice(0, 1_000));

export function parseEstimate(text: string, file: string): Result<EstimateFile, readonly Issue[]> {
  const json = parseJson(text, file);
  if (!json.ok) return json;
  const { value } = json;
  const wrong = (path: string, message: string): Issue => ({
    code: "estimate-file",
    severity: "error",
    file,
    path,
    message,
    hint: "write it again with fleetquake estimate; the schema is what fleetquake schema estimate prints",
  });
  const parsed = estimateSchema.safeParse(value);
  if (!parsed.success)
    return err(parsed.error.issues.map((issue) => wrong(issue.path.map(String).join("."), issue.message)));
  const issues = parsed.data.results.flatMap((result, k) =>
    missing(result).map((what) => wrong(`results.${k}`, `${what} is missing`)),
  );
  return issues.length > 0 ? err(issues) : ok(parsed.data);
}

/** What every estimate has, and the shape alone does not ask for. */
function missing(result: EstimateResult): readonly string[] {
  const figures = ["recovery", "unserved-logins"].filter(
    (id) => !result.figures.some((item) => item.id === id),
  );
  const points = result.figures.flatMap((figure) =>
    quantiles
      .filter((q) => !figure.quantiles.some((item) => item.q === q))
      .map((q) => `the quantile ${q} of the figure ${figure.id}`),
  );
  const stretches = phases.filter((name, k) => result.phases[k]?.name !== name);
  return [
    ...figures.map((id) => `the figure ${id}`),
    ...points,
    ...stretches.map((name) => `the phase ${name}, in its order,`),
  ];
}
