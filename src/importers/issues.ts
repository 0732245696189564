/** What importers find wrong, with its place. Texts of files are never quoted: they may hold secrets. */
import type { Issue } from "../base/issue.js";
import { compareNatural } from "../base/order.js";
import type { Place, Tree, UnreadFile } from "./contract.js";

export interface Finding {
  readonly code: string;
  readonly severity?: Issue["severity"];
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
}

const sameMax = 50;

/** Collects Issues, each once. */
export class Findings {
  private readonly found = new Map<string, Issue>();

  add(at: Place, { severity = "error", ...finding }: Finding): Issue {
    const issue: Issue = { ...finding, severity, file: at.file, line: at.line, column: at.column };
    const key = `${issue.code} ${at.file}:${at.line}:${at.column} ${issue.message}`;
    if (!this.found.has(key)) this.found.set(key, issue);
    return issue;
  }

  warn(at: Place, finding: Finding): Issue {
    return this.add(at, { ...finding, severity: "warning" });
  }

  /** In the order of files and lines. Of one kind in one file only so many: a file of noise has one in every line. */
  all(): readonly Issue[] {
    const kinds = new Map<string, number>();
    const shown: Issue[] = [];
    for (const issue of this.sorted()) {
      const kind = `${issue.file} ${issue.severity} ${issue.code}`;
      const count = (kinds.get(kind) ?? 0) + 1;
      kinds.set(kind, count);
      if (count < sameMax) shown.push(issue);
      else if (count === sameMax)
        shown.push({ ...issue, message: `${issue.message}; more of this kind follow` });
    }
    return shown;
  }

  private sorted(): readonly Issue[] {
    return [...this.found.values()].sort(
      (a, b) =>
        compareNatural(a.file ?? "", b.file ?? "") ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0) ||
        compareNatural(a.code, b.code) ||
        compareNatural(a.message, b.message),
    );
  }
}

const why: Readonly<Record<UnreadFile["why"], string>> = {
  binary: "it is no text file",
  encoding: "it is not UTF-8",
  size: "it is too large",
  "outside-root": "it leads outside of what was pointed at",
  "link-loop": "its links lead in a circle",
  unreadable: "it cannot be read",
};

/** Why a path of a tree has no text. */
export function reasonUnread(tree: Tree, path: string): string {
  const unread = tree.unread.find((file) => file.path === path);
  if (unread !== undefined) return why[unread.why];
  return path.startsWith("../") || path.startsWith("/")
    ? "it is outside of what was pointed at"
    : "there is no such file";
}

/** Why a file that is there has no text, as an issue says it. */
export const unreadMessage = ({ why: reason }: UnreadFile): string => `not read: ${why[reason]}`;

/** Files of a tree that look like this format and could not be read. */
export function tellUnread(tree: Tree, found: Findings, concerns: (path: string) => boolean): void {
  for (const file of tree.unread) {
    if (!concerns(file.path)) continue;
    found.add({ file: file.path, line: 1, column: 1 }, { code: "unread", message: unreadMessage(file) });
  }
}
