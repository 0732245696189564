/** The list of reports: what it says of each, and that it is made of what lies there and of nothing else. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { entryOf, type ReportFolder } from "../../../../src/report/overview/entry.js";
import { overviewTitle, renderOverview } from "../../../../src/report/overview/overview-page.js";
import { checkFileOf, clean, nasty, violated } from "../../../helpers/check-result.js";
import { censored, estimateFileOf, hostileFile, told, unharmed } from "../../../helpers/estimate-result.js";
import { modelOf } from "../../../helpers/report-model.js";
import { scenarioFile } from "../../../helpers/scenario.js";

const folder = (name: string, parts: Partial<ReportFolder>): ReportFolder => ({
  name,
  result: null,
  check: null,
  estimate: null,
  pages: [],
  ...parts,
});
const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
const { result } = modelOf(scenarioFile("duo-2025-02-13.yaml"), "legacy", "modern");

describe("an entry", () => {
  it("of a run: verdict, outage, the other variants, the curve of the worst capability", () => {
    const entry = entryOf(folder("duo", { result, pages: ["index.html", "summary.png"] }));
    expect(entry).toMatchObject({ title: "Duo, 13 February 2025", date: "2025-02-13", wasRun: true });
    expect(entry.lines.map(({ of, tone, word }) => [of, tone, word])).toEqual([
      ["run", "bad", "4 of 5 gate properties violated"],
      ["variants", "", "as expected"],
    ]);
    expect(entry.lines[0]!.text).toMatch(/^legacy: outage of \d+h( \d+m)?, [\d,]+ logins not served$/);
    expect(entry.lines[1]!.text).toBe("1 other variant, 0 of them violated");
    expect(entry.pages.map(({ words }) => words)).toEqual(["report", "picture"]);
    const { steps, about } = entry.thumbnail!;
    expect(about).toMatch(/impaired in 81 regions from 18:00 UTC, all again by \d\d:\d\d UTC( \+1d)?$/);
    expect(steps[0]).toEqual([0, 1]);
    expect(steps[1]![1]).toBe(0);
    expect(steps.at(-1)![1]).toBe(1);
    for (const [k, [at]] of steps.entries()) expect(at).toBeGreaterThanOrEqual(steps[k - 1]?.[0] ?? 0);
  });

  it("of a run in which nothing was hurt has no curve", () => {
    const calm = modelOf(scenarioFile("duo-2025-02-13.yaml"), "modern").result;
    const entry = entryOf(folder("duo", { result: calm }));
    expect([entry.thumbnail, entry.lines.map(({ tone, text }) => [tone, text])]).toEqual([
      null,
      [["good", "modern: no outage"]],
    ]);
  });

  it("of checks and estimates: the headline of each, three at most", () => {
    const entry = entryOf(
      folder("x", {
        check: checkFileOf(violated, clean, violated, clean),
        estimate: estimateFileOf([told, unharmed, censored]),
      }),
    );
    expect(entry.lines.map(({ of, tone }) => [of, tone])).toEqual([
      ["check", "bad"],
      ["check", "good"],
      ["check", "bad"],
      ["check", ""],
      ["estimate", "bad"],
      ["estimate", ""],
      ["estimate", ""],
    ]);
    expect(entry.lines[3]!.word).toBe("1 more");
    expect(entry.lines[5]!.text).toBe("guarded: nothing was hurt");
    expect(entry.lines[4]!.text).toMatch(/^legacy: half of the outages are over within 8h \(/);
  });
});

describe("the page", () => {
  it("links what is there, says what was left out, and keeps names as text", () => {
    const page = renderOverview({
      version: "0.1.0",
      folders: [
        folder("duo", { result, pages: ["index.html", "check.html"] }),
        folder(`odd "name" & <b>`, { estimate: hostileFile, check: checkFileOf(), pages: ["estimate.html"] }),
      ],
      leftOut: [`broken/${nasty}: this is no JSON`],
      others: 2,
      sha256Base64,
    });
    expect(page).toContain(`<title>${overviewTitle}</title>`);
    expect([...page.matchAll(/href="(\.[^"]*)"/g)].map(([, href]) => href)).toEqual([
      "./duo/index.html",
      "./duo/index.html",
      "./duo/check.html",
      "./odd%20%22name%22%20%26%20%3Cb%3E/estimate.html",
      "./odd%20%22name%22%20%26%20%3Cb%3E/estimate.html",
    ]);
    expect(page).toContain("2 other folders without a report.");
    expect(page).not.toMatch(/<(script|img)|\u202e/);
  });
});
