/** docs/guards.md with one of its generated parts put in anew; `npm run test:unit -- test/unit/models/guards -u` writes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./scenario.js";

export const guardDocument = join(root, "docs/guards.md");

export const tableOf = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

export function withPart(part: string, text: string): string {
  const before = readFileSync(guardDocument, "utf8");
  const [from, to] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  const [start, end] = [before.indexOf(from), before.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`docs/guards.md has no part "${part}"`);
  return `${before.slice(0, start + from.length)}\n\n${text}\n\n${before.slice(end)}`;
}
