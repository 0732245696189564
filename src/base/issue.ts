/**
 * Something wrong with what the user gave us. Issues are data: a parser returns all of them at once and never throws.
 * `path` is a dotted path into the document ("services.telephony.needs[0]"), line and column count from 1.
 */
export interface Issue {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file?: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  /** What would have been right. */
  readonly expected?: string;
  /** What to do now: the nearest name, the migration, the option. */
  readonly hint?: string;
}

/** `file:line:column: error code: message (expected …; hint …)`, the form editors and CI annotate. */
export function formatIssue(issue: Issue): string {
  const place = [issue.file, issue.line, issue.column].filter((part) => part !== undefined).join(":");
  const more = [
    issue.expected === undefined ? undefined : `expected ${issue.expected}`,
    issue.hint === undefined ? undefined : `hint: ${issue.hint}`,
  ].filter((part) => part !== undefined);
  const at = issue.path === undefined || issue.path === "" ? "" : ` at ${issue.path}`;
  return `${place === "" ? "" : `${place}: `}${issue.severity} ${issue.code}: ${issue.message}${at}${
    more.length === 0 ? "" : `\n    ${more.join("\n    ")}`
  }`;
}

/** The nearest of some names, for "did you mean"; undefined where none is near (two letters, or a third of them, may differ). */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(name.length > 3 ? 2 : 1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, given up (as `limit`) once it cannot be smaller than `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitute, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return Math.min(limit, previous[b.length]!);
}
