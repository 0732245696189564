/**
 * Everything that can go wrong in one place of the files: lines and entries that go missing, files and directories that
 * do, cuts, indentation, switches, names. Text is taken as text, so that it works for every format and for broken files.
 */
import { compareNatural } from "../../base/order.js";
import type { Place, Tree, TreeFile } from "../contract.js";
import type { EditOp, TreeEdit } from "./tree-edit.js";

/**
 * In the order of files, lines and kinds of edits; `reads`: the files that matter. Where the files describe the same
 * without an entry as with it (`matters` says no), nobody reads what is below it: of the edits inside only one is made that
 * breaks the syntax, since the others change what nobody reads or break it as well.
 */
export function* singleEdits(
  tree: Tree,
  reads: readonly string[],
  matters: (edit: Unordered) => boolean = () => true,
  part: Part = whole,
): Generator<TreeEdit> {
  const files = reads.flatMap((path) => tree.files.get(path) ?? []);
  for (let f = part.index; f < files.length; f += part.of)
    yield* ordered(f, editsIn(files[f]!, files, matters));
  if (part.index === 0) yield* ordered(files.length, editsOfDirectories(files));
}

/** The edits of every `of`-th file, for one of several threads; the first one takes the directories. */
export interface Part {
  readonly index: number;
  readonly of: number;
}
const whole: Part = { index: 0, of: 1 };

/** More than a file has edits. */
const editsOfFileMax = 1e8;
type Unordered = Omit<TreeEdit, "order">;

function* ordered(file: number, edits: Iterable<Unordered>): Generator<TreeEdit> {
  let k = 0;
  for (const edit of edits) yield { ...edit, order: file * editsOfFileMax + k++ };
}

function* editsIn(
  file: TreeFile,
  files: readonly TreeFile[],
  matters: (edit: Unordered) => boolean,
): Generator<Unordered> {
  yield* editsOfFile(file);
  yield* retired(files, file.path, [file.path]);
  yield* editsOfLines(file, matters);
}

/** A tidy removal: what is taken away is listed no more by the files beside it. */
function* retired(files: readonly TreeFile[], path: string, paths: readonly string[]): Generator<Unordered> {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const lists = files.flatMap((file) => {
    if (paths.includes(file.path) || file.path.lastIndexOf("/") !== slash) return [];
    if (slash >= 0 && !file.path.startsWith(path.slice(0, slash + 1))) return [];
    const kept = linesOf(file.text).filter(({ text }) => !listsName(text, name));
    const text = kept.map(({ from, to }) => file.text.slice(from, to)).join("");
    return text === file.text ? [] : [{ path: file.path, text }];
  });
  if (lists.length === 0) return;
  const gone = paths.map((one) => ({ path: one, text: null }));
  const at = { file: lists[0]!.path, line: 1, column: 1 };
  yield { op: "retire", at, subject: paths.length === 1 ? path : `${path}/`, changes: [...gone, ...lists] };
}

/** `- ./name`, `- name/ks.yaml`. */
function listsName(line: string, name: string): boolean {
  const match = /^\s*- ["']?(?:\.\/)?([^"'#\s]+)["']?\s*(?:#.*)?$/.exec(line);
  return match !== null && (match[1] === name || match[1]!.startsWith(`${name}/`));
}

function* editsOfFile({ path, text }: TreeFile): Generator<Unordered> {
  const at = { file: path, line: 1, column: 1 };
  yield { op: "remove-file", at, subject: path, changes: [{ path, text: null }] };
  const renamed = { path: `${path}.bak`, text };
  yield { op: "rename-file", at, subject: path, changes: [{ path, text: null }, renamed] };
  if (text !== "") yield { op: "empty-file", at, subject: path, changes: [{ path, text: "" }] };
}

/** Directories with two files or more: with one it is the file. */
function* editsOfDirectories(files: readonly TreeFile[]): Generator<Unordered> {
  const inside = new Map<string, string[]>();
  for (const { path } of files) {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const directory = parts.slice(0, depth).join("/");
      inside.set(directory, [...(inside.get(directory) ?? []), path]);
    }
  }
  for (const [directory, paths] of [...inside].sort(([a], [b]) => compareNatural(a, b))) {
    if (paths.length < 2) continue;
    const at = { file: paths[0]!, line: 1, column: 1 };
    const changes = paths.map((path) => ({ path, text: null }));
    yield { op: "remove-directory", at, subject: `${directory}/`, changes };
    yield* retired(files, directory, paths);
  }
}

interface Line {
  /** Offset of its first and behind its last character, the line break included. */
  readonly from: number;
  readonly to: number;
  /** Without the line break. */
  readonly text: string;
  readonly indent: number;
  /** Nothing but space, or a comment. */
  readonly blank: boolean;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const to = end < 0 ? text.length : end + 1;
    const line = text.slice(from, end < 0 ? to : end).replace(/\r$/, "");
    const indent = line.length - line.trimStart().length;
    lines.push({ from, to, text: line, indent, blank: /^\s*([#;].*)?$/.test(line) });
    from = to;
  }
  return lines;
}

function* editsOfLines(file: TreeFile, matters: (edit: Unordered) => boolean): Generator<Unordered> {
  const { path, text } = file;
  const lines = linesOf(text);
  const secretive = holdsSecrets.test(text);
  /** Lines up to this one are below an entry that nobody reads. */
  let unread = -1;
  for (const [k, line] of lines.entries()) {
    if (line.blank || k <= unread) continue;
    const at: Place = { file: path, line: k + 1, column: line.indent + 1 };
    const subject = shown(line.text.trim(), secretive);
    const edit = (op: EditOp, changed: string): Unordered => ({
      op,
      at,
      subject,
      changes: [{ path, text: changed }],
    });
    const without = (until: number): string => text.slice(0, line.from) + text.slice(until);
    const instead = (changed: string): string =>
      text.slice(0, line.from) + changed + text.slice(line.from + line.text.length);
    const end = endOfEntry(lines, k);
    if (end > k) {
      const dropped = edit("drop-entry", without(lines[end]!.to));
      if (!matters(dropped)) unread = end;
      yield dropped;
    }
    yield edit("drop-line", without(line.to));
    if (k > 0 && beginsEntry(line)) yield edit("truncate", text.slice(0, line.from));
    if (end > k || beginsEntry(line)) yield edit("indent", instead(` ${line.text}`));
    const flipped = flip(line.text);
    if (flipped !== null) yield edit("flip-switch", instead(flipped));
    const misspelt = misspell(line.text);
    if (misspelt !== null) yield edit("misspell", instead(misspelt));
  }
}

/** A text without the entry that begins in a line (from 1), and what went. */
export function withoutEntry(text: string, line: number): { readonly left: string; readonly gone: string } {
  const lines = linesOf(text);
  const first = lines[line - 1];
  if (first === undefined) return { left: text, gone: "" };
  const { to } = lines[endOfEntry(lines, line - 1)]!;
  return { left: text.slice(0, first.from) + text.slice(to), gone: text.slice(first.from, to) };
}

/** A Secret of Kubernetes, or a file that SOPS has encrypted. */
const holdsSecrets = /^\s*["']?kind["']?\s*:\s*["']?Secret\b|^\s*["']?sops["']?\s*:/m;
const secretName = /pass|secret|token|credential|private|key\b|auth/i;

/** A line for people, without what may be a secret: in such files every value, elsewhere what a name tells to be one. */
function shown(line: string, secretive: boolean): string {
  const match = /^((?:- )?["']?[\w./-]+["']?\s*[:=]\s*)(\S.*)$/.exec(line);
  if (match === null) return secretive && !/^[\w./"' -]+:$|^---$/.test(line) ? "…" : line;
  const structure = /^["']?(?:apiVersion|kind|name|namespace)\b/.test(match[1]!.replace(/^- /, ""));
  return (secretive && !structure) || secretName.test(match[1]!) ? `${match[1]}…` : line;
}

/** An entry of a list, a key at the left, a section, another document. */
const beginsEntry = ({ text, indent }: Line): boolean =>
  /^\s*- /.test(text) ||
  /^---/.test(text) ||
  /^\[.*\]\s*$/.test(text) ||
  (indent === 0 && /^[^\s#-]/.test(text));

/** The last line that lies below line k; k itself where none does. Sections reach to the next one. */
function endOfEntry(lines: readonly Line[], k: number): number {
  const { indent, text } = lines[k]!;
  const section = /^\[.*\]\s*$/.test(text);
  let end = k;
  for (let next = k + 1; next < lines.length; next++) {
    const line = lines[next]!;
    if (line.blank) continue;
    if (section ? /^\[.*\]\s*$/.test(line.text) : line.indent <= indent) {
      // The entries of a list may stand as far to the left as the key that they belong to.
      const listBelow = !section && line.indent === indent && /^\s*- /.test(line.text) && /:\s*$/.test(text);
      if (!listBelow) break;
    }
    end = next;
  }
  return end;
}

const opposites: Readonly<Record<string, string>> = {
  true: "false",
  false: "true",
  yes: "no",
  no: "yes",
  on: "off",
  off: "on",
  enabled: "disabled",
  disabled: "enabled",
};

/** `prune: true` to `prune: false`; null where there is no switch. */
function flip(line: string): string | null {
  const match = /^(.*[:=]\s*["']?)(true|false|yes|no|on|off|enabled|disabled)(["']?\s*(#.*)?)$/.exec(line);
  return match === null ? null : `${match[1]}${opposites[match[2]!]}${match[3]}`;
}

/** Keys whose values name something else, or oneself. */
const naming = /^(\s*(?:- )?(?:name|namespace|path|file|ref|repoURL|targetNamespace)\s*:\s*)([^\s#"']+)(.*)$/;

/** `path: ./apps` to `path: ./apps-x`; entries of a list of paths as well. */
function misspell(line: string): string | null {
  const match = naming.exec(line) ?? /^(\s*- )([\w./-]+)(\s*)$/.exec(line);
  return match === null ? null : `${match[1]}${match[2]}-x${match[3]}`;
}
