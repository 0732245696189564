/** T05 and T06: what looks the same and is not. */
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";
import { defineOperator, type Strike, splices } from "./strikes.js";
import { blocksOf, firstName, linesOf, listBlocks, plainValue } from "./text-lines.js";

const byteOrderMark = "\uFEFF";

/** UTF-16 read as UTF-8: its byte order mark is no UTF-8, and every ASCII letter is followed by a zero byte. */
const utf16ReadAsUtf8 = (text: string): string =>
  `\uFFFD\uFFFD${Array.from(text, (letter) => `${letter}\u0000`).join("")}`;

const encoding: Operator = defineOperator({
  id: "T05",
  name: "encoding",
  level: "text",
  class: "text",
  about:
    "An editor or a transfer adds a byte order mark, UTF-16, other line ends, hard spaces or smart quotes.",
  precondition: "a file with something in it that is not written that way yet",
  incident: "T05; a key with a byte order mark in it is another key",
  *strikesIn(doc, facts) {
    const { text } = doc;
    if (text === "") return;
    const stem = stemOf(doc.id);
    const whole = (variant: string, to: string, label: string): Strike =>
      splices(doc, facts, ` (${variant})`, [0, text.length], to, () => `${stem} ${label}`);
    if (!text.startsWith(byteOrderMark)) {
      yield splices(
        doc,
        facts,
        " (bom)",
        [0, 0],
        byteOrderMark,
        () => `${stem} begins with a byte order mark`,
      );
    }
    if (!text.includes("\u0000")) yield whole("utf-16", utf16ReadAsUtf8(text), "is written in UTF-16");
    if (text.includes("\n") && !text.includes("\r")) {
      yield whole("crlf", text.replaceAll("\n", "\r\n"), "has the line ends of Windows");
    }
    const spaced = linesOf(doc).find((line) => line.kind === "item") ?? blocksOf(doc)[0]?.head;
    if (spaced !== undefined && text[spaced.valueStart - 1] === " ") {
      const at = spaced.valueStart;
      yield splices(
        doc,
        facts,
        `:${spaced.number} (nbsp)`,
        [at - 1, at],
        "\u00A0",
        () => `${stem} has a hard space in line ${spaced.number}`,
      );
    }
    for (const { head } of blocksOf(doc)) {
      const word = plainValue(doc, head);
      if (word === null || head.key !== "name") continue;
      yield splices(
        doc,
        facts,
        `:${head.number} (smart quotes)`,
        [word.start, word.end],
        `\u201C${word.text}\u201D`,
        () => `${word.text} stands between smart quotes in ${stem}`,
      );
    }
  },
});

/** Letters of the Latin alphabet that Cyrillic has as well, to look at. */
const homoglyphs: Readonly<Record<string, string>> = {
  a: "\u0430",
  c: "\u0441",
  e: "\u0435",
  i: "\u0456",
  o: "\u043E",
  p: "\u0440",
  s: "\u0455",
  x: "\u0445",
  y: "\u0443",
};

const homoglyph: Operator = defineOperator({
  id: "T06",
  name: "homoglyph",
  level: "text",
  class: "text",
  about: "A letter of a key or a name comes from another alphabet, or an invisible sign got in.",
  precondition: "a name, the key of a list, the first name of a list",
  incident: "T06; to a machine it is a rename: one thing gone, another one new",
  *strikesIn(doc, facts) {
    const stem = stemOf(doc.id);
    const strike = (number: number, lineStart: number, start: number, word: string): Strike => {
      const at = Array.from(word).findIndex((letter) => homoglyphs[letter] !== undefined);
      const from = start + Math.max(at, 1);
      const place = `:${number}:${start - lineStart + 1}`;
      return at < 0
        ? splices(
            doc,
            facts,
            place,
            [from, from],
            "\u200B",
            () => `${word} in ${stem} has an invisible sign in it`,
          )
        : splices(
            doc,
            facts,
            place,
            [start + at, start + at + 1],
            homoglyphs[word[at]!]!,
            () => `"${word[at]}" of ${word} in ${stem} is a Cyrillic letter`,
          );
    };
    for (const block of blocksOf(doc)) {
      const { head } = block;
      const name = head.key === "name" ? plainValue(doc, head) : null;
      if (name !== null) yield strike(head.number, head.start, name.start, name.text);
      if (!listBlocks(doc).includes(block)) continue;
      yield strike(head.number, head.start, head.start, head.key);
      const first = firstName(doc, block);
      if (first !== null) yield strike(first.line.number, first.line.start, first.start, first.text);
    }
  },
});

export const encodingOperators: readonly Operator[] = [encoding, homoglyph];
