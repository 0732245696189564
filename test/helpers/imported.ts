/** Trees of texts for importers, and what comes of them in few words. */
import { formatIssue } from "../../src/base/issue.js";
import { compareNatural } from "../../src/base/order.js";
import type { Imported, Importer, ImportOptions, Item, Tree } from "../../src/importers/contract.js";

export function treeOf(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Tree {
  const sorted = Object.entries(files).sort(([a], [b]) => compareNatural(a, b));
  return {
    files: new Map(sorted.map(([path, text]) => [path, { path, text }])),
    unread: [],
    links: new Map(Object.entries(links)),
  };
}

export const noOptions: ImportOptions = { entry: [], variables: new Map(), profiles: [] };

export const importOf = (
  importer: Importer,
  files: Readonly<Record<string, string>>,
  options: Partial<ImportOptions> = {},
): Imported => importer.read(treeOf(files), { ...noOptions, ...options });

export function itemOf(imported: Imported, title: string): Item {
  const found = imported.items.filter((item) => item.title === title);
  if (found.length !== 1) throw new Error(`${found.length} items are called ${title}`);
  return found[0]!;
}

/** Titles of what runs. */
export const running = ({ items }: Imported): readonly string[] =>
  items.filter(({ runs }) => runs).map(({ title }) => title);

/** `kind target`, with ? where it is inferred. */
export function needsOf(imported: Imported, title: string): readonly string[] {
  const titles = new Map(imported.items.map((item) => [item.id, item.title]));
  return itemOf(imported, title).needs.map(
    ({ kind, on, certain }) => `${kind}${certain ? "" : "?"} ${titles.get(on) ?? `(${on})`}`,
  );
}

/** `file:line severity code`. */
export const problems = ({ issues }: Imported): readonly string[] =>
  issues.map(({ file, line, severity, code }) => `${file}:${line} ${severity} ${code}`);

export const told = ({ issues }: Imported): string => issues.map(formatIssue).join("\n");
