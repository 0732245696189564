/** A saved result.json, read back. */
import type { Issue } from "../base/issue.js";
import { parseJson } from "../base/parse-json.js";
import { err, ok, type Result } from "../base/result.js";
import type { ResultFile } from "./result.js";
import { resultSchema } from "./result-schema.js";

const issuesMax = 10;

export function parseResult(text: string, file: string): Result<ResultFile, readonly Issue[]> {
  const json = parseJson(text, file);
  if (!json.ok) return json;
  const { value } = json;
  const wrong = (message: string, path?: string): Issue => ({
    code: "result-file",
    severity: "error",
    file,
    ...(path === undefined ? {} : { path }),
    message,
    hint: "fleetquake run writes result.json; the schema is what fleetquake schema result prints",
  });
  if (!looksLikeResult(value)) return err([wrong("this is no result of a run")]);
  const parsed = resultSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data as ResultFile);
  const { issues } = parsed.error;
  const left = issues.length - issuesMax;
  return err([
    ...issues.slice(0, issuesMax).map(({ message, path }) => wrong(message, path.map(String).join("."))),
    ...(left > 0 ? [wrong(`${left} more of this kind`)] : []),
  ]);
}

/** Whether it claims to be a result, so that what is wrong with it is said in those terms. */
const looksLikeResult = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "variants" in value &&
  "scenario" in value &&
  !("kind" in value);
