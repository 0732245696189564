/** What a folder on disk becomes: links, loops, binaries, encodings, sizes, numbers. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { readTree } from "../../../src/cli/read-tree.js";
import type { Tree } from "../../../src/importers/contract.js";
import { temporaryFolder } from "../../helpers/cli.js";

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const root = join(temporaryFolder(), "root");
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function read(root: string, limits?: Parameters<typeof readTree>[2], folders = [""]): Tree {
  const tree = readTree(root, folders, limits);
  if (!tree.ok) throw new Error(tree.error.code);
  return tree.value;
}

it("files come in canonical order, without what tools keep", () => {
  const root = folderOf({
    b10: "x",
    b9: "x",
    "a/c": "x",
    ".git/x": "x",
    "a/node_modules/x": "x",
    ".env": "A=1",
  });
  expect([...read(root).files.keys()]).toEqual([".env", "a/c", "b9", "b10"]);
});

it("a byte order mark is no part of a text", () => {
  expect(read(folderOf({ a: Buffer.from("\ufeffx") })).files.get("a")!.text).toBe("x");
});

it("what is no text, no UTF-8, or too large is named with the reason", () => {
  const root = folderOf({
    bin: Buffer.from([1, 0, 2]),
    latin: Buffer.from([0x66, 0xfc, 0x72]),
    big: "x".repeat(101),
    ok: "x",
  });
  const tree = read(root, { files: 100, fileBytes: 100, bytes: 10_000 });
  expect(tree.unread).toEqual([
    { path: "big", why: "size" },
    { path: "bin", why: "binary" },
    { path: "latin", why: "encoding" },
  ]);
  expect([...tree.files.keys()]).toEqual(["ok"]);
});

it("links are followed inside the root and told; nothing outside is read", () => {
  const root = folderOf({ "real/a": "text" });
  writeFileSync(join(root, "../secret"), "secret");
  symlinkSync("real/a", join(root, "to-file"));
  symlinkSync("real", join(root, "to-folder"));
  symlinkSync("../secret", join(root, "out"));
  symlinkSync("/dev/null", join(root, "mask"));
  symlinkSync("nowhere", join(root, "dangling"));
  symlinkSync("self", join(root, "self"));
  symlinkSync("..", join(root, "real/up"));
  const tree = read(root);
  expect([...tree.files].map(([path, { text }]) => [path, text])).toEqual([
    ["real/a", "text"],
    ["to-file", "text"],
    ["to-folder/a", "text"],
  ]);
  expect(tree.unread).toEqual([
    { path: "dangling", why: "unreadable" },
    { path: "out", why: "outside-root" },
    { path: "real/up", why: "link-loop" },
    { path: "self", why: "link-loop" },
    { path: "to-folder/up", why: "link-loop" },
  ]);
  expect(tree.links!.get("mask")).toBe("/dev/null");
  expect(tree.links!.get("to-file")).toBe("real/a");
  expect(JSON.stringify([...tree.files.values()])).not.toContain("secret");
});

it("a root that is a link itself is read", () => {
  const root = folderOf({ a: "x" });
  symlinkSync(root, join(root, "../link"));
  expect([...read(join(root, "../link")).files.keys()]).toEqual(["a"]);
});

it("a pipe is never opened", () => {
  const root = folderOf({ a: "x" });
  execFileSync("mkfifo", [join(root, "pipe")]);
  expect(read(root).unread).toEqual([{ path: "pipe", why: "unreadable" }]);
});

it("ten thousand files are fine; more than the limit is refused as a whole", () => {
  const root = folderOf(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, k) => [`d${k % 100}/f${k}.conf`, "x=1\n"])),
  );
  expect(read(root).files.size).toBe(10_000);
  const refused = readTree(root, [""], { files: 9_999, fileBytes: 100, bytes: 1_000_000 });
  expect(refused.ok ? "" : refused.error.code).toBe("too-many-files");
  const heavy = readTree(root, [""], { files: 20_000, fileBytes: 100, bytes: 1_000 });
  expect(heavy.ok ? "" : heavy.error.code).toBe("too-many-files");
});

it("what is no folder is told", () => {
  const root = folderOf({ a: "x" });
  for (const [path, code] of [
    ["a", "no-folder"],
    ["nix", "no-file"],
  ]) {
    const refused = readTree(join(root, path!));
    expect(refused.ok ? "" : refused.error.code).toBe(code);
  }
});

it("several folders are read, and nothing beside them", () => {
  const root = folderOf({ "a/x": "x", "b/y": "y", "c/z": "z" });
  symlinkSync("../b/y", join(root, "a/inside"));
  symlinkSync("../c/z", join(root, "a/outside"));
  const tree = read(root, undefined, ["a", "b"]);
  expect([...tree.files.keys()]).toEqual(["a/inside", "a/x", "b/y"]);
  expect(tree.unread).toEqual([{ path: "a/outside", why: "outside-root" }]);
});
