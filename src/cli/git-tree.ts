/** A folder as it was at a revision of its Git repository, as a `Tree`: read from the objects, nothing is checked out. */
import { spawnSync } from "node:child_process";
import type { Issue } from "../base/issue.js";
import { compareNatural } from "../base/order.js";
import { err, ok, type Result } from "../base/result.js";
import type { Tree, TreeFile, UnreadFile } from "../importers/contract.js";
import { textOf } from "./tree-text.js";

const outputMax = 500_000_000;

function git(folder: string, args: readonly string[], input?: string): Result<Buffer, string> {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", folder, ...args], {
    maxBuffer: outputMax,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined)
    return err((error as NodeJS.ErrnoException).code === "ENOENT" ? "git is not installed" : error.message);
  return status === 0 ? ok(stdout) : err(stderr.toString("utf8").trim().split("\n")[0] ?? "git failed");
}

/** `A..B`: from A to B; `A...B`: from where B left A; no B: the files as they are. Null: none of these. */
export function revisionsOf(
  range: string,
): { readonly from: string; readonly to: string | null; readonly fork: boolean } | null {
  const match = /^([^.\s][^\s]*?)(\.{2,3})([^.\s][^\s]*)?$/.exec(range);
  // A revision that begins with a dash would be an option of git.
  if (match === null || match[1]!.startsWith("-") || match[3]?.startsWith("-")) return null;
  return { from: match[1]!, to: match[3] ?? null, fork: match[2] === "..." };
}

/** The commit that a revision names; with `fork` the one at which the other left it. */
export function commitOf(folder: string, revision: string, fork: string | null): Result<string, Issue> {
  const args =
    fork === null
      ? ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]
      : ["merge-base", revision, fork];
  const answer = git(folder, args);
  if (answer.ok) return ok(answer.value.toString("utf8").trim());
  return err({
    code: "revision",
    severity: "error",
    file: folder,
    message: `git knows no commit "${revision}" here${answer.error === "" ? "" : `: ${answer.error}`}`,
    hint: "--change takes A..B, for instance main..HEAD; a shallow clone has no other commits",
  });
}

/** Everything below `folder` at a commit; paths are relative to the folder. Links lead to nothing here. */
export function readGitTree(folder: string, commit: string): Result<Tree, Issue> {
  const fail = (message: string): Result<Tree, Issue> =>
    err({ code: "git", severity: "error", file: folder, message });
  const listed = git(folder, ["ls-tree", "-r", "-z", commit, "."]);
  if (!listed.ok) return fail(listed.error);
  const blobs = listed.value
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const match = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
      return match === null ? [] : [{ mode: match[1]!, id: match[2]!, path: match[3]! }];
    })
    .sort((a, b) => compareNatural(a.path, b.path));
  const contents = git(folder, ["cat-file", "--batch"], `${blobs.map(({ id }) => id).join("\n")}\n`);
  if (!contents.ok) return fail(contents.error);
  const files = new Map<string, TreeFile>();
  const unread: UnreadFile[] = [];
  const links = new Map<string, string>();
  let at = 0;
  for (const { path, mode } of blobs) {
    const end = contents.value.indexOf(10, at);
    const size = Number(contents.value.subarray(at, end).toString("utf8").split(" ")[2]);
    const bytes = contents.value.subarray(end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    if (mode === "120000") {
      links.set(path, bytes.toString("utf8"));
      continue;
    }
    const text = textOf(bytes);
    if (text.ok) files.set(path, { path, text: text.value });
    else unread.push({ path, why: text.error });
  }
  return ok({ files, unread, links });
}
