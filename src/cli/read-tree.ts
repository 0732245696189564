/** A folder to a `Tree`: every text file in it, in canonical order, and why others have no text. */
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import type { Issue } from "../base/issue.js";
import { compareNatural } from "../base/order.js";
import { err, ok, type Result } from "../base/result.js";
import type { Tree, TreeFile, UnreadFile } from "../importers/contract.js";
import { textOf } from "./tree-text.js";

/** Folders of tools: what is in them is not written by people. */
const skipped = new Set([".git", ".hg", ".svn", "node_modules"]);
const depthMax = 64;

export interface TreeLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly bytes: number;
}

const limitsDefault: TreeLimits = { files: 50_000, fileBytes: 4_000_000, bytes: 400_000_000 };

/**
 * What `folders`, relative to `root`, hold; nothing outside of them is read, whatever links say. Fails where one of them is no
 * folder, or where they hold more than the limits.
 */
export function readTree(
  root: string,
  folders: readonly string[] = [""],
  limits: TreeLimits = limitsDefault,
): Result<Tree, Issue> {
  const fail = (code: string, message: string, hint?: string): Result<Tree, Issue> =>
    err({ code, severity: "error", file: root, message, ...(hint === undefined ? {} : { hint }) });
  let real: string[];
  try {
    real = folders.map((folder) => realpathSync(join(root, folder)));
    if (!real.every((path) => statSync(path).isDirectory())) return fail("no-folder", "this is no folder");
  } catch {
    return fail("no-file", "there is no such file or folder");
  }
  const reader = new Reader(real, limits);
  for (const [k, folder] of folders.entries()) reader.folder(folder, real[k]!, [real[k]!]);
  return reader.full
    ? fail(
        "too-many-files",
        `this folder holds more than ${limits.files} files or ${limits.bytes / 1_000_000} MB`,
        "point at the part of it that holds the configuration",
      )
    : ok(reader.tree());
}

class Reader {
  full = false;
  private readonly files = new Map<string, TreeFile>();
  private readonly unread: UnreadFile[] = [];
  private readonly links = new Map<string, string>();
  private entries = 0;
  private bytes = 0;

  constructor(
    private readonly roots: readonly string[],
    private readonly limits: TreeLimits,
  ) {}

  /** `path` in the tree, where it really is, and the real folders that lead here. */
  folder(path: string, real: string, above: readonly string[]): void {
    let names: string[];
    try {
      names = readdirSync(real);
    } catch {
      this.give(path, "unreadable");
      return;
    }
    for (const name of names.sort(compareNatural)) {
      if (this.full) return;
      if (skipped.has(name)) continue;
      this.entry(path === "" ? name : `${path}/${name}`, join(real, name), above);
    }
  }

  private entry(path: string, at: string, above: readonly string[]): void {
    if (++this.entries > this.limits.files) {
      this.full = true;
      return;
    }
    try {
      const why = this.read(path, at, above);
      if (why !== null) this.give(path, why);
    } catch (error) {
      this.give(path, (error as NodeJS.ErrnoException).code === "ELOOP" ? "link-loop" : "unreadable");
    }
  }

  /** Why it has no text; null: it has, it is a folder, or it is meant to have none. */
  private read(path: string, at: string, above: readonly string[]): UnreadFile["why"] | null {
    let stat: Stats = lstatSync(at);
    let real = at;
    if (stat.isSymbolicLink()) {
      const target = readlinkSync(at);
      this.links.set(path, target.split(sep).join("/"));
      if (target === "/dev/null") return null; // how systemd masks a unit
      real = realpathSync(at);
      if (!this.inside(real)) return "outside-root";
      stat = statSync(real);
    }
    if (stat.isDirectory()) {
      if (above.includes(real) || above.length > depthMax) return "link-loop";
      this.folder(path, real, [...above, real]);
      return null;
    }
    // Reading a pipe or a device could wait for ever.
    return stat.isFile() ? this.file(path, real, stat.size) : "unreadable";
  }

  private file(path: string, real: string, size: number): UnreadFile["why"] | null {
    if (size > this.limits.fileBytes) return "size";
    const bytes = readFileSync(real);
    this.bytes += bytes.length;
    if (this.bytes > this.limits.bytes) this.full = true;
    const text = textOf(bytes);
    if (!text.ok) return text.error;
    this.files.set(path, { path, text: text.value });
    return null;
  }

  private inside(real: string): boolean {
    return this.roots.some((root) => {
      const way = relative(root, real);
      return way !== ".." && !way.startsWith(`..${sep}`);
    });
  }

  private give(path: string, why: UnreadFile["why"]): void {
    this.unread.push({ path, why });
  }

  tree(): Tree {
    const byPath = <T>(entries: Iterable<readonly [string, T]>): Map<string, T> =>
      new Map([...entries].sort(([a], [b]) => compareNatural(a, b)));
    return {
      files: byPath(this.files),
      unread: this.unread.sort((a, b) => compareNatural(a.path, b.path)),
      links: byPath(this.links),
    };
  }
}
