/** `.env` files: `NAME=value` lines with quotes, comments and references to what stands above. Values are never shown. */
import type { TreeFile } from "../contract.js";
import { interpolate, type Lookup } from "./interpolate.js";

export interface EnvFile {
  readonly variables: ReadonlyMap<string, string>;
  /** Lines that are no assignment. */
  readonly wrong: readonly number[];
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  '"': '"',
  $: "$$",
};

export function readEnvFile({ text }: Pick<TreeFile, "text">, outer: Lookup): EnvFile {
  const variables = new Map<string, string>();
  const wrong: number[] = [];
  const lookup: Lookup = (name) => outer(name) ?? variables.get(name);
  const lines = text.split(/\r\n|\r|\n/);
  for (let k = 0; k < lines.length; k++) {
    const line = lines[k]!.trim();
    if (line === "" || line.startsWith("#")) continue;
    const found = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:[=:]\s*(.*))?$/.exec(line);
    if (found === null) {
      wrong.push(k + 1);
      continue;
    }
    const [, name, rest] = found;
    if (rest === undefined) continue; // taken over from the environment, which is not part of the repository
    const quote = rest[0];
    if (quote !== "'" && quote !== '"') {
      variables.set(name!, interpolate(withoutComment(rest).trim(), lookup).text);
      continue;
    }
    const quoted = untilQuote([rest.slice(1), ...lines.slice(k + 1, k + 1 + valueLinesMax)], quote);
    if (quoted === null) wrong.push(k + 1);
    else {
      k += quoted.lines;
      const value = quote === "'" ? quoted.text : withEscapes(quoted.text, lookup);
      variables.set(name!, value);
    }
  }
  return { variables, wrong };
}

/** A # after a space begins a comment. */
function withoutComment(text: string): string {
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1))
    if (at === 0 || /\s/.test(text[at - 1]!)) return text.slice(0, at);
  return text;
}

/** Keys and certificates stand in quotes over many lines. */
const valueLinesMax = 500;

/** What stands before the closing quote, maybe some lines further down. */
function untilQuote(lines: readonly string[], quote: string): { text: string; lines: number } | null {
  const before: string[] = [];
  for (const [k, line] of lines.entries()) {
    for (let at = 0; at < line.length; at++) {
      if (quote === '"' && line[at] === "\\") at++;
      else if (line[at] === quote) return { text: [...before, line.slice(0, at)].join("\n"), lines: k };
    }
    before.push(line);
  }
  return null;
}

const withEscapes = (text: string, lookup: Lookup): string =>
  interpolate(
    text.replaceAll(/\\(.)/g, (all, sign: string) => escapes[sign] ?? all),
    lookup,
  ).text;
