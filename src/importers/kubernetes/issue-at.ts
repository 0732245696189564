import type { Issue } from "../../base/issue.js";
import type { Place } from "../contract.js";

/** An issue at a place. */
export const issueAt = (
  code: string,
  message: string,
  at: Place,
  path?: string,
  severity: Issue["severity"] = "error",
): Issue => ({
  code,
  severity,
  message,
  file: at.file,
  line: at.line,
  column: at.column,
  ...(path === undefined ? {} : { path }),
});
