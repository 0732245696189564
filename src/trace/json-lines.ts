/** A trace as text: canonical JSON Lines, the header first. Equal runs give equal bytes, so a hash of them means equality. */
import type { Issue } from "../base/issue.js";
import { canonicalJson } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";
import type { Trace, TraceEvent, TraceHeader } from "./trace.js";

/** Lines with their line feeds: the header, then the events. Written one by one, a trace never is one string. */
export function* traceLines(trace: Trace): Generator<string> {
  yield `${canonicalJson(trace.header)}\n`;
  for (const event of trace.events) yield `${canonicalJson(event)}\n`;
}

/** Reads what `traceLines` wrote. Checks the frame: a header of this format, ids in order, one end. */
export function parseTrace(text: string, file: string): Result<Trace, readonly Issue[]> {
  const fail = (line: number, message: string, expected: string): Result<Trace, readonly Issue[]> =>
    err([{ code: "trace", severity: "error", file, line, column: 1, message, expected }]);
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const values: unknown[] = [];
  for (const [k, line] of lines.entries()) {
    try {
      values.push(JSON.parse(line));
    } catch {
      return fail(
        k + 1,
        "this line is not JSON",
        "one JSON object a line, as `run --format trace` writes it",
      );
    }
  }
  const [header, ...events] = values as [TraceHeader | undefined, ...TraceEvent[]];
  if (header?.kind !== "trace") return fail(1, "this is not a trace", "a header with kind: trace");
  if (header.fleetquake !== 1)
    return fail(1, `the format of this trace is ${String(header.fleetquake)}`, "format 1");
  const wrong = events.findIndex((event, k) => event?.id !== k || typeof event.t !== "number");
  if (wrong >= 0) return fail(wrong + 2, "this event is out of order", `the event with id ${wrong}`);
  if (events.at(-1)?.e !== "end")
    return fail(lines.length, "the trace breaks off", "the event `end` as its last line");
  return ok({ header, events });
}
