/** A saved trace from a file. */
import type { Issue } from "../base/issue.js";
import { err, type Result } from "../base/result.js";
import { parseTrace } from "../trace/json-lines.js";
import type { Trace } from "../trace/trace.js";
import { readTextFile } from "./files.js";

/** Larger files are refused before they are read. */
export const traceBytesMax = 1_000_000_000;

export function readTraceFile(file: string): Result<Trace, readonly Issue[]> {
  const text = readTextFile(file, traceBytesMax);
  return text.ok ? parseTrace(text.value, file) : err([text.error]);
}
