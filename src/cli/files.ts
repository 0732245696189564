/** Reading and writing files; what goes wrong is an Issue with what to do about it. */
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";

const megabyte = 1_000_000;

const systemError = (error: unknown): { code: string; message: string } => {
  const { code, message } = error as NodeJS.ErrnoException;
  return { code: code ?? "", message: message ?? String(error) };
};

/** Text of a file of at most `maxBytes`; a larger one is refused before it is read. */
export function readTextFile(path: string, maxBytes = 4 * megabyte): Result<string, Issue> {
  const fail = (code: string, message: string, hint?: string): Result<string, Issue> =>
    err({ code, severity: "error", file: path, message, ...(hint === undefined ? {} : { hint }) });
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (error) {
    const { code, message } = systemError(error);
    if (code === "ENOENT") return fail("no-file", "there is no such file");
    if (code === "EACCES") return fail("not-readable", "this file may not be read");
    return fail("not-readable", message);
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory())
      return fail("directory", "this is a directory", "name a file in it, or several files");
    if (stat.size > maxBytes) {
      const size = Math.round(stat.size / megabyte);
      return fail("too-large", `this file has ${size} MB; at most ${maxBytes / megabyte} MB are read`);
    }
    return ok(readFileSync(handle, "utf8"));
  } catch (error) {
    return fail("not-readable", systemError(error).message);
  } finally {
    closeSync(handle);
  }
}

/** Reads a file that a scenario names: only from the scenario's own folder, never from above it. */
export function readBeside(scenarioFile: string): (relativePath: string) => Result<string, Issue> {
  const folder = dirname(resolve(scenarioFile));
  return (path) => {
    const target = resolve(folder, path);
    // Links count as where they lead.
    const real = existsSync(target) ? realpathSync(target) : target;
    const outside = [relative(folder, target), relative(realpathSync(folder), real)].some(
      (way, k) => (k === 0 || existsSync(target)) && (way.startsWith("..") || isAbsolute(way)),
    );
    if (isAbsolute(path) || outside) {
      return err({
        code: "outside",
        severity: "error",
        message: `${path} is outside the folder of the scenario`,
        hint: "copy it beside the scenario file",
      });
    }
    return readTextFile(target);
  };
}

/** What a file is written of: text or bytes, in pieces. */
export type Pieces = Iterable<string | Uint8Array>;

/**
 * Files of one folder and of folders in it (`charts/work.vl.json`): all of them or, when one cannot be written, none; a
 * reader never sees a half one.
 */
export function writeAll(folder: string, files: ReadonlyMap<string, Pieces>): Result<null, Issue> {
  const written: string[] = [];
  const made: string[] = [];
  const temporaryOf = (name: string): string =>
    join(folder, dirname(name), `.${basename(name)}.${process.pid}.tmp`);
  try {
    for (const path of new Set([...files.keys()].map((name) => join(folder, dirname(name))))) {
      if (!existsSync(path)) made.push(firstMissing(path));
      makeFolder(path);
    }
    for (const [name, pieces] of files) {
      const temporary = temporaryOf(name);
      written.push(temporary);
      writePieces(temporary, pieces);
    }
    for (const name of files.keys()) renameSync(temporaryOf(name), join(folder, name));
    return ok(null);
  } catch (error) {
    for (const path of [...written, ...made]) removeQuietly(path);
    return err(writeIssue(folder, error));
  }
}

/** Cleaning up after a failed write must not fail in turn. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // A part of the path is a file, or the folder is gone: there is nothing of ours left.
  }
}

/** With those above it, one by one: `recursive` of mkdir never returns where the system makes no folders (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(resolve(folder)));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (systemError(error).code !== "EEXIST") throw error;
  }
}

function firstMissing(folder: string): string {
  const parent = dirname(resolve(folder));
  return existsSync(parent) ? resolve(folder) : firstMissing(parent);
}

/** In chunks of about a megabyte: a trace never is one string. */
function writePieces(path: string, pieces: Pieces): void {
  const handle = openSync(path, "w");
  try {
    let chunk: string[] = [];
    let length = 0;
    const write = (bytes: Uint8Array): void => {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    };
    const flush = (): void => {
      write(Buffer.from(chunk.join(""), "utf8"));
      chunk = [];
      length = 0;
    };
    for (const piece of pieces) {
      if (typeof piece !== "string") {
        flush();
        write(piece);
        continue;
      }
      chunk.push(piece);
      length += piece.length;
      if (length > megabyte) flush();
    }
    flush();
  } finally {
    closeSync(handle);
  }
}

function writeIssue(folder: string, error: unknown): Issue {
  const { code, message } = systemError(error);
  const known: Readonly<Record<string, readonly [message: string, hint: string]>> = {
    EACCES: ["this folder may not be written to", "choose another one with --out"],
    EPERM: ["this folder may not be written to", "choose another one with --out"],
    EROFS: ["this file system is read-only", "choose another one with --out"],
    ENOSPC: ["the disk is full; nothing was written", "make room, or choose another disk with --out"],
    ENOENT: ["this folder cannot be made", "choose another one with --out"],
    ENOTDIR: ["a part of this path is a file", "choose another one with --out"],
    EEXIST: ["a part of this path is a file", "choose another one with --out"],
  };
  const [text, hint] = known[code] ?? [message, "choose another one with --out"];
  return { code: "not-writable", severity: "error", file: folder, message: text, hint };
}
