/** The difference between two texts by lines: a longest common subsequence, since documents have tens of lines. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  /** Line in the old text for `same` and `removed`, in the new one for `added`; counts from 1. */
  readonly line: number;
}

/** Longer texts are compared by their common start and end only. */
const linesMax = 2_000;

export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.split("\n");
  const b = after.split("\n");
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (from: number, to: number): DiffLine[] =>
    a.slice(from, to).map((text, k) => ({ kind: "same", text, line: from + k + 1 }));
  return [
    ...same(0, start),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end), start),
    ...same(a.length - end, a.length),
  ];
}

function middle(a: readonly string[], b: readonly string[], offset: number): readonly DiffLine[] {
  const removed = (i: number): DiffLine => ({ kind: "removed", text: a[i]!, line: offset + i + 1 });
  const added = (j: number): DiffLine => ({ kind: "added", text: b[j]!, line: offset + j + 1 });
  if (a.length * b.length > linesMax * linesMax) {
    return [...a.map((_, i) => removed(i)), ...b.map((_, j) => added(j))];
  }
  // longest[i][j]: length of the longest common subsequence of a from i and b from j.
  const width = b.length + 1;
  const longest = new Int32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i]!, line: offset + i + 1 });
      i++;
      j++;
    } else if (
      j === b.length ||
      (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)
    ) {
      lines.push(removed(i++));
    } else lines.push(added(j++));
  }
  return lines;
}

/** Null: there is no such document. The line break at the end of a text is no line of its own. */
export function diffDocuments(before: string | null, after: string | null): readonly DiffLine[] {
  const all = (text: string, kind: DiffLine["kind"]): readonly DiffLine[] =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((line, k) => ({ kind, text: line, line: k + 1 }));
  if (before === null) return after === null ? [] : all(after, "added");
  if (after === null) return all(before, "removed");
  const both = before.endsWith("\n") && after.endsWith("\n");
  return both ? diffLines(before.slice(0, -1), after.slice(0, -1)) : diffLines(before, after);
}

/** The new text with one run of changed lines as it was before; one text a run. */
export function withoutOneHunk(before: string, after: string): readonly string[] {
  const lines = diffLines(before, after);
  const hunks: number[] = [];
  lines.forEach((line, k) => {
    if (line.kind !== "same" && (k === 0 || lines[k - 1]!.kind === "same")) hunks.push(k);
  });
  return hunks.map((from) => {
    let to = from;
    while (to < lines.length && lines[to]!.kind !== "same") to++;
    return lines
      .filter(({ kind }, k) => {
        const inside = k >= from && k < to;
        return kind === "same" || (inside ? kind === "removed" : kind === "added");
      })
      .map(({ text }) => text)
      .join("\n");
  });
}

/** Changed lines with some of what is around them. */
export function excerpt(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  return lines.filter((_, k) =>
    lines.slice(Math.max(0, k - context), k + context + 1).some((line) => line.kind !== "same"),
  );
}
