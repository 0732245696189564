/** T07 and T08: white space means something. */
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";
import { defineOperator, splices } from "./strikes.js";
import { blocksOf } from "./text-lines.js";

const indentation: Operator = defineOperator({
  id: "T07",
  name: "indentation",
  level: "text",
  class: "text",
  about: "A line is indented one level too much or too little.",
  precondition: "a line below another one under the same key, or a second key",
  incident: "T07; a line becomes part of the one above it, or leaves the block that it belongs to",
  *strikesIn(doc, facts) {
    const stem = stemOf(doc.id);
    for (const [k, { head, body }] of blocksOf(doc).entries()) {
      // One key is enough: every other one below the first fails in the same way.
      if (k === 1) {
        yield splices(
          doc,
          facts,
          `:${head.number} (in)`,
          [head.start, head.start],
          "  ",
          () => `\`${head.key}\` in ${stem} is indented below the key above it`,
        );
      }
      for (const line of body.slice(1)) {
        yield splices(
          doc,
          facts,
          `:${line.number} (in)`,
          [line.start, line.start],
          "  ",
          () => `line ${line.number} of ${stem} is indented one level too much`,
        );
      }
      // A list of one item, or one moved as a whole, reads as before.
      const last = body.at(-1);
      if (body.length < 2 || last === undefined || last.indent < 2) continue;
      yield splices(
        doc,
        facts,
        `:${last.number} (out)`,
        [last.start, last.start + 2],
        "",
        () => `line ${last.number} of ${stem} is indented one level too little`,
      );
    }
  },
});

const tab: Operator = defineOperator({
  id: "T08",
  name: "tab",
  level: "text",
  class: "text",
  about: "A tab stands where spaces indent.",
  precondition: "an indented line",
  incident: "T08; YAML refuses tabs, and the whole file with them",
  *strikesIn(doc, facts) {
    for (const { body } of blocksOf(doc)) {
      const line = body.find(({ indent, text }) => indent > 0 && !text.startsWith("\t"));
      if (line === undefined) continue;
      yield splices(
        doc,
        facts,
        `:${line.number}`,
        [line.start, line.start + line.indent],
        "\t",
        () => `a tab indents line ${line.number} of ${stemOf(doc.id)}`,
      );
    }
  },
});

export const layoutOperators: readonly Operator[] = [indentation, tab];
