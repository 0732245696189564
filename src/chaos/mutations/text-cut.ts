/** T01 to T03: less arrives than was written. */
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";
import { defineOperator, splices } from "./strikes.js";
import { blocksOf, type Line, linesOf } from "./text-lines.js";

/** A cut inside a value leaves a shorter value, which may well be a valid one. */
function middleOf(line: Line): number | null {
  if (line.kind === "blank" || line.kind === "comment") return null;
  const from = line.valueStart < line.end ? line.valueStart : line.start + line.indent;
  return from + Math.floor((line.end - from) / 2);
}

const truncated: Operator = defineOperator({
  id: "T01",
  name: "truncated-file",
  level: "text",
  class: "text",
  about: "A file is cut off: at the end of a line, or inside a value.",
  precondition: "a file with something in it",
  incident: "T01; half a file read as a whole one, argoproj/argo-cd #14090 and #15058 (A5)",
  *strikesIn(doc, facts) {
    const { length } = doc.text;
    for (const line of linesOf(doc)) {
      if (line.number > 1) {
        yield splices(
          doc,
          facts,
          `:${line.number}`,
          [line.start, length],
          "",
          () => `${stemOf(doc.id)} ends before line ${line.number}`,
        );
      }
      const at = middleOf(line);
      if (at === null || at === line.start) continue;
      const column = at - line.start + 1;
      yield splices(
        doc,
        facts,
        `:${line.number}:${column}`,
        [at, length],
        "",
        () => `${stemOf(doc.id)} ends in the middle of line ${line.number}`,
      );
    }
  },
});

const emptied: Operator = defineOperator({
  id: "T02",
  name: "empty-file",
  level: "text",
  class: "text",
  about: "A file arrives with nothing in it.",
  precondition: "a file with something in it",
  incident: "T02; an empty answer read as an empty wish, argoproj/argo-cd #14318 (A2), #3473 (A1)",
  *strikesIn(doc, facts) {
    if (doc.text === "") return;
    yield splices(doc, facts, "", [0, doc.text.length], "", () => `${stemOf(doc.id)} is empty`);
  },
});

const commentedOut: Operator = defineOperator({
  id: "T03",
  name: "commented-out",
  level: "text",
  class: "text",
  about: "A whole file, or everything under one key, is commented out.",
  precondition: "a line that is no comment; for a key, lines below it",
  incident: "T03; a list that reads as null",
  *strikesIn(doc, facts) {
    const lines = linesOf(doc);
    if (lines.some(({ kind }) => kind !== "blank" && kind !== "comment")) {
      yield splices(
        doc,
        facts,
        "",
        [0, doc.text.length],
        commented(doc.text),
        () => `everything in ${stemOf(doc.id)} is commented out`,
      );
    }
    for (const { head, body, end } of blocksOf(doc)) {
      if (body.length === 0) continue;
      const inside = doc.text.slice(head.next, end);
      yield splices(
        doc,
        facts,
        `:${head.number}`,
        [head.next, end],
        commented(inside),
        () => `everything under \`${head.key}\` in ${stemOf(doc.id)} is commented out`,
      );
    }
  },
});

const commented = (text: string): string => text.replaceAll(/^(?=.)/gm, "# ");

export const cutOperators: readonly Operator[] = [truncated, emptied, commentedOut];
