/** docs/importers.md with one of its generated parts put in anew; `npm run test:unit -- test/unit/importers/corpus -u` writes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Issue } from "../../src/base/issue.js";
import { compareNatural } from "../../src/base/order.js";
import type { Imported } from "../../src/importers/contract.js";
import { root } from "./scenario.js";

export const importerDocument = join(root, "docs/importers.md");

export interface Tried {
  readonly from: string;
  readonly imported: Imported;
}

/** A whole repository, and what the importer says of files that nothing reached. */
export interface TriedRepository extends Tried {
  readonly files: readonly string[];
  readonly leftOut: readonly Issue[];
}

/** One row a source, and below how many imports had an issue of each kind. */
export function summaryOf(unit: string, tried: readonly Tried[]): string {
  const sources = [...new Set(tried.map(({ from }) => from))].sort(compareNatural);
  const rows = [...sources, ...(sources.length > 2 ? ["all"] : [])].map((source) => {
    const own = tried
      .filter(({ from }) => source === "all" || from === source)
      .map(({ imported }) => imported);
    const count = (has: (one: Imported) => boolean): string => String(own.filter(has).length);
    return [
      source,
      String(own.length),
      count(({ items }) => items.some(({ runs }) => runs)),
      count(({ issues }) => issues.some(({ severity }) => severity === "error")),
      String(own.reduce((sum, { items }) => sum + items.filter(({ runs }) => runs).length, 0)),
      String(
        own.reduce(
          (sum, { items }) => sum + items.filter(({ runs, needsKnown }) => runs && !needsKnown).length,
          0,
        ),
      ),
    ];
  });
  const kinds = new Map<string, number>();
  for (const { imported } of tried)
    for (const kind of new Set(imported.issues.map(({ severity, code }) => `${severity} \`${code}\``)))
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const reasons = [...kinds].sort(([a, n], [b, m]) => m - n || compareNatural(a, b));
  return [
    table([`from`, unit, "with services", "with errors", "services", "needs unknown"], rows),
    table(
      ["issue", unit],
      reasons.map(([kind, n]) => [kind, String(n)]),
    ),
  ].join("\n\n");
}

/** One row a repository by its files, and below how many files have an issue of each kind. */
export function repositoriesOf(tried: readonly TriedRepository[]): string {
  const rows = tried.map(({ from, imported, files }) => {
    const services = imported.items.filter(({ runs }) => runs);
    return [
      from,
      files.length,
      imported.reads.length,
      files.length - imported.reads.length,
      imported.items.length,
      imported.items.filter(({ ownership }) => ownership !== null).length,
      services.length,
      services.filter(({ needsKnown }) => !needsKnown).length,
    ].map(String);
  });
  const kinds = new Map<string, number>();
  for (const { imported, leftOut } of tried) {
    const each = new Set(
      [...imported.issues, ...leftOut].map(({ severity, code, file }) => `${severity} \`${code}\`|${file}`),
    );
    for (const one of each) {
      const kind = one.slice(0, one.indexOf("|"));
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  const reasons = [...kinds].sort(([a, n], [b, m]) => m - n || compareNatural(a, b));
  return [
    table(["from", "files", "read", "not read", "items", "owners", "services", "needs unknown"], rows),
    table(
      ["issue", "files"],
      reasons.map(([kind, n]) => [kind, String(n)]),
    ),
  ].join("\n\n");
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

export const withParts = (parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce(
    (text, [part, content]) => withPart(text, part, content),
    readFileSync(importerDocument, "utf8"),
  );

function withPart(before: string, part: string, text: string): string {
  const [from, to] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  const [start, end] = [before.indexOf(from), before.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`docs/importers.md has no part "${part}"`);
  return `${before.slice(0, start + from.length)}\n\n${text}\n\n${before.slice(end)}`;
}
