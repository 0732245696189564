/** index.html of the folder of reports: made of what lies in it, every time that something is written there. */
import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Issue } from "../base/issue.js";
import { compareNatural } from "../base/order.js";
import type { Result } from "../base/result.js";
import { parseCheck } from "../chaos/check-schema.js";
import { parseEstimate } from "../estimate/replications/estimate-file.js";
import type { ReportFolder } from "../report/overview/entry.js";
import { parseResult } from "../trace/result-file.js";
import type { Console } from "./console.js";
import { readTextFile, writeAll } from "./files.js";
import { sha256Base64 } from "./report-html.js";
import { version } from "./version.js";

const bytesMax = 100_000_000;
const pageName = "index.html";

/** What goes wrong is a warning: the reports themselves are written. */
export async function writeOverview(out: string, console: Console): Promise<void> {
  const { overviewTitle, renderOverview } = await import("../report/overview/overview-page.js");
  const { pageNames } = await import("../report/overview/entry.js");
  const page = join(out, pageName);
  if (existsSync(page) && !beginOf(page).includes(`<title>${overviewTitle}</title>`)) {
    console.issues([
      {
        code: "not-ours",
        severity: "warning",
        file: page,
        message: "this page is not the list of reports; it is left as it is",
        hint: "choose another folder with --out to have a list of the reports",
      },
    ]);
    return;
  }
  const leftOut: string[] = [];
  const folders: ReportFolder[] = [];
  let others = 0;
  for (const name of foldersIn(out)) {
    const before = leftOut.length;
    const folder = readFolder(out, name, pageNames, leftOut);
    if (folder !== null) folders.push(folder);
    else if (leftOut.length === before) others++;
  }
  const html = renderOverview({ version, folders, leftOut, others, sha256Base64 });
  const written = writeAll(out, new Map([[pageName, [html]]]));
  if (written.ok) console.say(`All reports: ${page}`);
  else console.issues([{ ...written.error, severity: "warning" }]);
}

const foldersIn = (out: string): readonly string[] =>
  readdirSync(out, { withFileTypes: true })
    .filter((item) => item.isDirectory() && !item.name.startsWith("."))
    .map((item) => item.name)
    .sort(compareNatural);

/** Null: it holds nothing that we write, or nothing that could be read; the latter goes to `leftOut`. */
function readFolder(
  out: string,
  name: string,
  pageNames: readonly string[],
  leftOut: string[],
): ReportFolder | null {
  const read = <T>(
    file: string,
    parse: (text: string, path: string) => Result<T, readonly Issue[]>,
  ): T | null => {
    const path = join(out, name, file);
    if (!existsSync(path)) return null;
    const text = readTextFile(path, bytesMax);
    const parsed = text.ok
      ? parse(text.value, `${name}/${file}`)
      : ({ ok: false, error: [text.error] } as const);
    if (parsed.ok) return parsed.value;
    // How an engine words what is wrong with a JSON differs from version to version; the page must not.
    leftOut.push(`${name}/${file}: ${parsed.error[0]!.message.replace(/^(this is no JSON): .*$/s, "$1")}`);
    return null;
  };
  const result = read("result.json", parseResult);
  const check = read("check.json", parseCheck);
  const estimate = read("estimate.json", parseEstimate);
  if (result === null && check === null && estimate === null) return null;
  const pages = pageNames.filter((file) => existsSync(join(out, name, file)));
  return { name, result, check, estimate, pages };
}

/** The title stands at the start of our pages; a large page of somebody else is not read for it. */
function beginOf(path: string): string {
  try {
    const handle = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(2_000);
      return bytes.toString("utf8", 0, readSync(handle, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return "";
  }
}
