/** T09, T11, T12: what YAML and templates make of a word before anybody reads it. */
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";
import { defineOperator, splices } from "./strikes.js";
import { firstName, type Line, linesOf, listBlocks, plainValue, type Word } from "./text-lines.js";

/** Spellings that YAML 1.1 and 1.2 take for different things: octal, float or sexagesimal numbers, booleans, null. */
const spellings = {
  number: ["010", "1e3", "1:00"],
  true: ["yes", "on"],
  false: ["no", "off"],
  name: ["no", "22:22", "~"],
  owner: ["~"],
};

function spellingsOf(line: Line, { text }: Word): readonly string[] {
  if (line.key === "manager" && line.indent === 0) return text === "null" ? [] : spellings.owner;
  if (/^-?\d+(\.\d+)?$/.test(text)) return spellings.number;
  if (text === "true") return spellings.true;
  return text === "false" ? spellings.false : [];
}

const implicitTyping: Operator = defineOperator({
  id: "T09",
  name: "implicit-typing",
  level: "text",
  class: "text",
  about: "A word is written that YAML 1.1 reads in another way than YAML 1.2.",
  precondition: "a plain number, boolean or owner, or the first name of a list",
  incident: "T09; NO for Norway is false, 22:22 is 1342, 010 is 8, and 1e3 is a number or not",
  *strikesIn(doc, facts) {
    const stem = stemOf(doc.id);
    const strike = (word: Word, to: string) =>
      splices(
        doc,
        facts,
        `:${word.line.number} -> ${to}`,
        [word.start, word.end],
        to,
        () => `${word.text} in line ${word.line.number} of ${stem} is written ${to}`,
      );
    for (const line of linesOf(doc)) {
      const word = line.kind === "key" ? plainValue(doc, line) : null;
      if (word === null) continue;
      for (const to of spellingsOf(line, word)) if (to !== word.text) yield strike(word, to);
    }
    for (const block of listBlocks(doc)) {
      const first = firstName(doc, block);
      if (first === null) continue;
      for (const to of spellings.name) if (to !== first.text) yield strike(first, to);
    }
  },
});

/** Anchors and aliases outside of comments; a match ends with the sign and its name. */
const signs = /(^|[\s[,{])([&*])([\w-]+)[ ]?/g;
const uncommented = (line: Line): string => line.text.replace(/(^|\s)#.*$/, "");

const anchor: Operator = defineOperator({
  id: "T11",
  name: "anchor",
  level: "text",
  class: "text",
  about: "An anchor, an alias, a merge line, or the first line of what is anchored is lost.",
  precondition: "a file with anchors, aliases or merge keys",
  incident: "T11; one line changes every entry that refers to it",
  *strikesIn(doc, facts) {
    const stem = stemOf(doc.id);
    const lines = linesOf(doc);
    for (const [k, line] of lines.entries()) {
      const text = uncommented(line);
      if (/^\s*<<:/.test(text)) {
        yield splices(
          doc,
          facts,
          `:${line.number} (merge lost)`,
          [line.start, line.next],
          "",
          () => `the merge in line ${line.number} of ${stem} is lost`,
        );
      }
      for (const found of text.matchAll(signs)) {
        const from = line.start + found.index + found[1]!.length;
        const to = line.start + found.index + found[0].length;
        const what = found[2] === "&" ? "anchor" : "alias";
        const place = `:${line.number}:${from - line.start + 1}`;
        yield splices(
          doc,
          facts,
          `${place} (${what} lost)`,
          [from, to],
          "",
          () => `the ${what} ${found[3]} in line ${line.number} of ${stem} is lost`,
        );
        const below = lines[k + 1];
        if (what === "alias" || below === undefined || below.indent <= line.indent) continue;
        yield splices(
          doc,
          facts,
          `${place} (target edited)`,
          [below.start, below.next],
          "",
          () => `the first line of what ${found[3]} stands for in ${stem} is lost`,
        );
      }
    }
  },
});

const template = /\$\{[^}\n]*\}|\{\{[^}\n]*\}\}|\$\([^)\n]*\)/g;

const unresolved: Operator = defineOperator({
  id: "T12",
  name: "unresolved-variable",
  level: "text",
  class: "external",
  about: "A template variable is not set, and nothing is left in its place.",
  precondition: "a file with a variable in braces or parentheses behind a dollar sign, or in double braces",
  incident: "T12; an empty selector matches nothing, or everything",
  *strikesIn(doc, facts) {
    for (const line of linesOf(doc)) {
      for (const found of uncommented(line).matchAll(template)) {
        const from = line.start + found.index;
        yield splices(
          doc,
          facts,
          `:${line.number}:${found.index + 1}`,
          [from, from + found[0].length],
          "",
          () => `${found[0]} in line ${line.number} of ${stemOf(doc.id)} came out empty`,
        );
      }
    }
  },
});

export const valueTextOperators: readonly Operator[] = [implicitTyping, anchor, unresolved];
