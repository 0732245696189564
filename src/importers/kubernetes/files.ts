/**
 * Files as an importer looks them up, and results that are kept until one of the files that they were made of is another.
 * A look-up is part of what a result depends on, also where nothing was found.
 */
import type { Tree, TreeFile } from "../contract.js";

export type Listing = readonly { readonly path: string; readonly file: TreeFile }[];

/** What a result depends on: files by path, and which files lie below directories. */
export interface LookUps {
  readonly files: ReadonlyMap<string, TreeFile | undefined>;
  readonly listings: ReadonlyMap<string, readonly TreeFile[]>;
}

export interface Files {
  get(path: string): TreeFile | undefined;
  /** Below a directory ("" for all), in canonical order. */
  under(directory: string): Listing;
  /** Whether what was looked up is still the same. Asking is no look-up. */
  holds(before: LookUps): boolean;
  /** What was looked up before is looked up again, by who uses what came of it. */
  note(before: LookUps): void;
  /** It is there and has no text: an image, an archive. */
  isUnread(path: string): boolean;
}

export function filesOf(tree: Tree): Files {
  let unread: Set<string> | null = null;
  const get = (path: string): TreeFile | undefined => tree.files.get(path);
  const under = (directory: string): Listing => {
    const prefix = directory === "" ? "" : `${directory}/`;
    const found: { path: string; file: TreeFile }[] = [];
    for (const [path, file] of tree.files) if (path.startsWith(prefix)) found.push({ path, file });
    return found;
  };
  return {
    get,
    under,
    holds: (before) => stillSame(before, get, under),
    note: () => {},
    isUnread(path) {
      unread ??= new Set(tree.unread.map((file) => file.path));
      return unread.has(path);
    },
  };
}

/** Whether look-ups give what they gave. */
export function stillSame(
  { files, listings }: LookUps,
  get: (path: string) => TreeFile | undefined,
  under: (directory: string) => Listing,
): boolean {
  for (const [path, file] of files) if (get(path) !== file) return false;
  for (const [directory, before] of listings) {
    const now = under(directory);
    if (now.length !== before.length) return false;
    for (let i = 0; i < before.length; i++) if (now[i]!.file !== before[i]) return false;
  }
  return true;
}

/** Files that note what was looked up. */
export class Noting implements Files, LookUps {
  readonly files = new Map<string, TreeFile | undefined>();
  readonly listings = new Map<string, readonly TreeFile[]>();
  constructor(private readonly inner: Files) {}

  get(path: string): TreeFile | undefined {
    const file = this.inner.get(path);
    this.files.set(path, file);
    return file;
  }

  under(directory: string): Listing {
    const found = this.inner.under(directory);
    if (!this.listings.has(directory)) {
      this.listings.set(
        directory,
        found.map(({ file }) => file),
      );
    }
    return found;
  }

  holds(before: LookUps): boolean {
    return this.inner.holds(before);
  }

  note(before: LookUps): void {
    for (const [path, file] of before.files) this.files.set(path, file);
    for (const [directory, listed] of before.listings) this.listings.set(directory, listed);
    this.inner.note(before);
  }

  isUnread(path: string): boolean {
    return this.inner.isUnread(path);
  }

  hasRead(path: string): boolean {
    return this.files.get(path) !== undefined;
  }
}

interface Entry<T> {
  readonly label: string;
  readonly lookUps: LookUps;
  readonly value: T;
}

/** Kept results of one kind. The key is held weakly; of each, the latest few are kept, so that thousands of variants of a file cost no memory. */
export class Kept<T> {
  private readonly entries = new WeakMap<object, Entry<T>[]>();
  private static readonly entriesMax = 6;

  /** What `make` gives, or what it gave for the same files. `label` tells results with the same key apart. */
  of(key: object, label: string, files: Files, make: (files: Files) => T): T {
    let entries = this.entries.get(key);
    if (entries === undefined) this.entries.set(key, (entries = []));
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]!;
      if (entry.label !== label || !files.holds(entry.lookUps)) continue;
      files.note(entry.lookUps);
      if (i > 0) entries.unshift(...entries.splice(i, 1));
      return entry.value;
    }
    const noting = new Noting(files);
    const value = make(noting);
    entries.unshift({ label, lookUps: { files: noting.files, listings: noting.listings }, value });
    if (entries.length > Kept.entriesMax) entries.pop();
    return value;
  }
}

/** A path relative to the root, of a directory and a path relative to it; null where it leads out of the root. */
export function join(directory: string, path: string): string | null {
  const parts: string[] = [];
  for (const part of `${directory}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else parts.push(part);
  }
  return parts.join("/");
}

export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
