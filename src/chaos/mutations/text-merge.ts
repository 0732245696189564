/** T04, T10, T14: two texts got into one file. */
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";
import { defineOperator, splices } from "./strikes.js";
import { blocksOf, linesOf, listBlocks } from "./text-lines.js";

const conflictMarkers: Operator = defineOperator({
  id: "T04",
  name: "merge-conflict",
  level: "text",
  class: "text",
  about: "A merge conflict is committed with its markers: one side has a line that the other side deleted.",
  precondition: "a file with an item of a list, or else any line; two versions there always are",
  incident: "T04; a change that removes an entry meets one that keeps it",
  *strikesIn(doc, facts) {
    const items = listBlocks(doc).flatMap(({ body }) => body);
    const line = items[0] ?? blocksOf(doc).at(-1)?.head;
    if (line === undefined) return;
    const kept = doc.text.slice(line.start, line.next).trimEnd();
    const hunk = `<<<<<<< HEAD\n${kept}\n=======\n>>>>>>> change\n`;
    yield splices(
      doc,
      facts,
      `:${line.number}`,
      [line.start, line.next],
      hunk,
      () => `${stemOf(doc.id)} has conflict markers around line ${line.number}`,
    );
  },
});

const duplicateKey: Operator = defineOperator({
  id: "T10",
  name: "duplicate-key",
  level: "text",
  class: "text",
  about: "A key stands twice: the second time with an empty list, or as the first time where it is no list.",
  precondition: "a key with a value",
  incident: "T10; parsers that take the last one drop the first block without a word, others refuse the file",
  *strikesIn(doc, facts) {
    const block = listBlocks(doc)[0] ?? blocksOf(doc).at(-1);
    if (block === undefined) return;
    const { head, body, end } = block;
    const isList = body.length > 0 || doc.text.slice(head.valueStart, head.end).startsWith("[");
    const again = `${doc.text.slice(end - 1, end) === "\n" ? "" : "\n"}${isList ? `${head.key}: []` : head.text}\n`;
    yield splices(
      doc,
      facts,
      `:${head.number}`,
      [end, end],
      again,
      () => `\`${head.key}\` stands twice in ${stemOf(doc.id)}`,
    );
  },
});

const separator: Operator = defineOperator({
  id: "T14",
  name: "document-separator",
  level: "text",
  class: "text",
  about: "A line `---` gets into a file, or one that parted two documents gets lost.",
  precondition: "two keys to get between, or a `---` behind the first line",
  incident: "T14; what stands behind the separator is another document",
  *strikesIn(doc, facts) {
    const stem = stemOf(doc.id);
    const second = (listBlocks(doc)[0] ?? blocksOf(doc)[1])?.head;
    if (second !== undefined && second.number > 1) {
      yield splices(
        doc,
        facts,
        `:${second.number}`,
        [second.start, second.start],
        "---\n",
        () => `a separator parts ${stem} in two before line ${second.number}`,
      );
    }
    for (const line of linesOf(doc)) {
      if (line.number === 1 || !/^---\s*$/.test(line.text)) continue;
      yield splices(
        doc,
        facts,
        `:${line.number} (lost)`,
        [line.start, line.next],
        "",
        () => `the separator in line ${line.number} of ${stem} is lost`,
      );
    }
  },
});

export const mergeOperators: readonly Operator[] = [conflictMarkers, duplicateKey, separator];
