/** JSON of a file that people may have edited. */
import type { Issue } from "./issue.js";
import { err, ok, type Result } from "./result.js";

export function parseJson(text: string, file: string): Result<unknown, readonly Issue[]> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    const message = `this is no JSON: ${error instanceof Error ? error.message : String(error)}`;
    return err([{ code: "json", severity: "error", file, message }]);
  }
}
