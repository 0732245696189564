/** The published timeline of an incident: CSV with the columns at,event,capability,regions,meaning,source,note. */

import { parseDuration } from "../base/duration.js";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import type { Observed } from "./scenario.js";
import { expandRange, parseInstant } from "./values.js";

const columns = ["at", "event", "capability", "regions", "meaning", "source", "note"] as const;
const events = ["impact_declared", "identified", "restored", "claimed_restored"] as const;
const meanings = ["published", "happened"] as const;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** RFC 4180: quotes around cells with commas, quotes or line ends; a quote inside is doubled. */
function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((value) => value !== "")) rows.push({ line: start, cells });
    cells = [];
    cell = "";
    start = line;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === "\n") line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === ",") {
      cells.push(cell);
      cell = "";
    } else if (c === "\n") endRow();
    else if (c !== "\r") cell += c;
  }
  if (cell !== "" || cells.length > 0) endRow();
  return rows;
}

/** All rows, in order; or everything that is wrong with them. `startUtcMs` is time zero of the scenario. */
export function parseObserved(
  text: string,
  file: string,
  startUtcMs: number,
  capabilities: readonly string[],
): Result<readonly Observed[], readonly Issue[]> {
  const issues: Issue[] = [];
  const [header, ...rows] = rowsOf(text);
  if (header === undefined || header.cells.join(",") !== columns.join(",")) {
    return err([
      {
        code: "wrong-header",
        severity: "error",
        file,
        line: 1,
        column: 1,
        message: "the first line does not name the columns",
        expected: columns.join(","),
      },
    ]);
  }
  const observed = rows.map((row): Observed => {
    const cell = (name: (typeof columns)[number]): string => row.cells[columns.indexOf(name)] ?? "";
    const column = (name: (typeof columns)[number]): number =>
      row.cells.slice(0, columns.indexOf(name)).reduce((sum, item) => sum + item.length + 1, 1);
    const wrong = (name: (typeof columns)[number], message: string, expected: string): void => {
      issues.push({
        code: "wrong-cell",
        severity: "error",
        file,
        line: row.line,
        column: column(name),
        message,
        expected,
      });
    };
    if (row.cells.length !== columns.length)
      wrong("note", `this row has ${row.cells.length} cells`, `${columns.length} cells`);
    const at = cell("at");
    const instant = parseInstant(at);
    const atMs = instant === undefined ? parseDuration(at) : instant - startUtcMs;
    if (atMs === undefined)
      wrong("at", `"${at}" is no time`, "UTC such as 2025-02-13T22:10:00Z, or a duration after the start");
    const event = cell("event") as Observed["event"];
    if (!events.includes(event)) wrong("event", `"${event}" is no event`, events.join(", "));
    const meaning = cell("meaning") as Observed["meaning"];
    if (!meanings.includes(meaning))
      wrong("meaning", `"${meaning}" is no meaning of a time`, meanings.join(" or "));
    const capability = cell("capability");
    if (capability !== "*" && !capabilities.includes(capability))
      wrong("capability", `there is no capability "${capability}"`, `* or ${capabilities.join(", ")}`);
    const list = cell("regions").trim();
    const regions =
      list === "" || list === "*"
        ? null
        : list.split(/\s+/).flatMap((item) => {
            const range = expandRange(item);
            if ("names" in range) return [...range.names];
            wrong("regions", range.problem, "names or ranges, separated by spaces");
            return [];
          });
    return {
      atMs: atMs ?? 0,
      event,
      capability,
      regions,
      meaning,
      source: cell("source"),
      note: cell("note"),
    };
  });
  return issues.length > 0 ? err(issues) : ok(observed);
}
