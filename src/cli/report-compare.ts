/** `fleetquake report --compare`: two results or two estimates of before and after a change, as a page, JSON or a table. */
import { basename, dirname } from "node:path";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import { table } from "../base/text-table.js";
import { looksLikeCheck } from "../chaos/check-schema.js";
import { diffEstimates, type EstimateDiff } from "../estimate/replications/estimate-diff.js";
import { looksLikeEstimate, parseEstimate } from "../estimate/replications/estimate-file.js";
import type { EstimateFile } from "../estimate/replications/estimate-result.js";
import type { ResultFile } from "../trace/result.js";
import { diffResults, type ResultDiff } from "../trace/result-diff.js";
import { parseResult } from "../trace/result-file.js";
import type { Console } from "./console.js";
import { exitCode } from "./exit-code.js";
import { readTextFile, writeAll } from "./files.js";
import { sha256Base64 } from "./report-html.js";
import { version } from "./version.js";

const bytesMax = 1_000_000_000;
const defaultOut = "compare.html";

interface Options {
  readonly out?: string;
  readonly json: boolean;
}

type Saved =
  | { readonly kind: "result"; readonly file: string; readonly result: ResultFile }
  | { readonly kind: "estimate"; readonly file: string; readonly estimate: EstimateFile };

export async function reportCompare(
  files: readonly string[],
  options: Options,
  console: Console,
): Promise<number> {
  if (files.length !== 2) {
    console.issues([
      {
        code: "two-files",
        severity: "error",
        message: `--compare takes two files, and got ${files.length}`,
        expected: "before and after: two result.json, or two estimate.json",
      },
    ]);
    return exitCode.wrongInput;
  }
  const read = files.map(readSaved);
  const issues = read.flatMap((item) => (item.ok ? [] : item.error));
  const [before, after] = read.map((item) => (item.ok ? item.value : null));
  if (before != null && after != null && before.kind !== after.kind) {
    const message = `this is ${kindWord[after.kind]}, but the first file is ${kindWord[before.kind]}; only two of a kind can be compared`;
    issues.push({ code: "mixed-files", severity: "error", file: after.file, message });
  }
  if (issues.length > 0 || before == null || after == null) {
    console.issues(issues);
    return exitCode.wrongInput;
  }
  if (before.kind === "result" && after.kind === "result") {
    const diff = diffResults(before.result, after.result);
    const { visibleIn } = await import("../report/check/visible.js");
    const { renderCompare } = await import("../report/compare/compare-page.js");
    const html = await renderCompare({ version, before, after, diff, sha256Base64 });
    return finish(html, { before: before.file, after: after.file, ...diff }, options, console, () =>
      sayResults(visibleIn(diff), console),
    );
  }
  if (before.kind === "estimate" && after.kind === "estimate") {
    const diff = diffEstimates(before.estimate, after.estimate);
    const { visibleIn } = await import("../report/check/visible.js");
    const page = await import("../report/compare/estimates-page.js");
    const html = page.renderCompareEstimates({ version, before, after, diff, sha256Base64 });
    return finish(html, { before: before.file, after: after.file, ...diff }, options, console, () =>
      sayEstimates(visibleIn(diff), page.noTest, console),
    );
  }
  return exitCode.wrongInput;
}

const kindWord = { result: "a result", estimate: "an estimate" } as const;

function readSaved(file: string): Result<Saved, readonly Issue[]> {
  const text = readTextFile(file, bytesMax);
  if (!text.ok) return err([text.error]);
  if (looksLikeEstimate(text.value)) {
    const parsed = parseEstimate(text.value, file);
    return parsed.ok ? ok({ kind: "estimate", file, estimate: parsed.value }) : parsed;
  }
  if (looksLikeCheck(text.value)) {
    const message = "this is a check; results (result.json) and estimates (estimate.json) can be compared";
    return err([{ code: "result-file", severity: "error", file, message }]);
  }
  const parsed = parseResult(text.value, file);
  return parsed.ok ? ok({ kind: "result", file, result: parsed.value }) : parsed;
}

function finish(
  html: string,
  machine: object,
  options: Options,
  console: Console,
  say: () => Promise<void>,
): Promise<number> {
  const out = options.out ?? defaultOut;
  const written = writeAll(dirname(out), new Map([[basename(out), [html]]]));
  if (!written.ok) {
    console.issues([written.error]);
    return Promise.resolve(exitCode.wrongInput);
  }
  if (options.json) console.json({ fleetquake: version, kind: "before-and-after", ...machine });
  return say().then(() => {
    console.say(`\nReport: ${out}`);
    return exitCode.ok;
  });
}

async function sayResults(diff: ResultDiff, console: Console): Promise<void> {
  const { bothText, changeOf, figureCalled, verdictsInShort } = await import(
    "../report/compare/diff-words.js"
  );
  for (const note of diff.notes) console.say(console.paint("yellow", note));
  const figures = ["instances removed", "outage", "logins not served"] as const;
  const colour = { good: "green", bad: "red", warn: "yellow" } as const;
  const painted = (tone: keyof typeof colour | "", text: string): string =>
    tone === "" ? text : console.paint(colour[tone], text);
  const rows = diff.variants.map((variant) => [
    variant.name,
    ...figures.flatMap((figure) => {
      const item = figureCalled(variant, figure);
      const { tone, text } = changeOf(item);
      return [bothText(item), text === "same" ? "" : painted(tone, text)];
    }),
    painted(verdictsInShort(variant).tone, verdictsInShort(variant).text),
  ]);
  const header = ["variant", "removed", "", "outage", "", "logins not served", "", "verdicts"];
  if (rows.length === 0) console.say("No variant of the one has a name that the other knows.");
  else console.say(table([header.map((name) => (name === "" ? "" : console.paint("bold", name))), ...rows]));
  for (const { name, verdicts } of diff.variants)
    for (const { property, change, because } of verdicts)
      if (change === "newly violated" || change === "fixed")
        console.say(
          `${painted(change === "fixed" ? "good" : "bad", change)}: ${name} ${property}${change === "fixed" ? "" : `: ${because}`}`,
        );
  sayOneSided(diff, console);
}

async function sayEstimates(diff: EstimateDiff, noTest: string, console: Console): Promise<void> {
  const { figureOf, quantileOf, quantileText, rangeText } = await import("../report/estimate/words.js");
  const { thousands } = await import("../base/format-number.js");
  for (const note of diff.notes) console.say(console.paint("yellow", note));
  const sides = ["before", "after"] as const;
  const rows = diff.variants.flatMap((pair) =>
    sides.map((side) => {
      const result = pair[side];
      const times = [0.5, 0.9].map((q) =>
        quantileText(quantileOf(figureOf(result, "recovery"), q), result.horizonMs),
      );
      const { mean } = figureOf(result, "unserved-logins");
      return [
        side === "before" ? pair.name : "",
        side,
        ...times,
        `${thousands(mean.mean)} (${rangeText(mean, thousands)})`,
      ];
    }),
  );
  if (rows.length > 0) {
    const header = ["variant", "", "half within", "9 of 10 within", "logins that fail"];
    console.say(table([header.map((name) => (name === "" ? "" : console.paint("bold", name))), ...rows]));
  }
  sayOneSided(diff, console);
  console.say(noTest);
}

function sayOneSided(
  { onlyBefore, onlyAfter }: Pick<ResultDiff, "onlyBefore" | "onlyAfter">,
  console: Console,
): void {
  if (onlyBefore.length > 0) console.say(`only before: ${onlyBefore.join(", ")}`);
  if (onlyAfter.length > 0) console.say(`only after: ${onlyAfter.join(", ")}`);
}
