/** What `run` writes beside the page, the list of reports, and `report --compare`: as the program does it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Console } from "../../../src/cli/console.js";
import { writeAll } from "../../../src/cli/files.js";
import { writeOverview } from "../../../src/cli/reports-overview.js";
import { cli, temporaryFolder } from "../../helpers/cli.js";
import { estimateFileOf, told } from "../../helpers/estimate-result.js";
import { root } from "../../helpers/scenario.js";

const duo = join(root, "scenarios/duo-2025-02-13.yaml");
const small = join(root, "scenarios/fail-static.yaml");
const filesIn = (folder: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).map((name) => name.replaceAll("\\", "/")).sort();

describe("run --format", () => {
  const folder = temporaryFolder();

  it("writes each kind, and the list of reports", () => {
    const formats = "html,html-static,json,markdown,png,vega-lite";
    const names = ["legacy", "modern"].flatMap((name) => ["--variant", name]);
    const { code, err, out } = cli(["run", duo, ...names, "--out", folder, "--format", formats]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`All reports: ${join(folder, "index.html")}`);
    expect(filesIn(folder)).toEqual([
      "duo-2025-02-13",
      "duo-2025-02-13/charts",
      "duo-2025-02-13/charts/heat.legacy.vl.json",
      "duo-2025-02-13/charts/restoration.vl.json",
      "duo-2025-02-13/charts/took.crews.vl.json",
      "duo-2025-02-13/charts/took.phases.vl.json",
      "duo-2025-02-13/index.html",
      "duo-2025-02-13/result.json",
      "duo-2025-02-13/static.html",
      "duo-2025-02-13/summary.md",
      "duo-2025-02-13/summary.png",
      "index.html",
    ]);
  });

  it("the page without script says what the other says, and is small", () => {
    const html = readFileSync(join(folder, "duo-2025-02-13/static.html"), "utf8");
    expect(html).not.toContain("<script");
    expect(html).not.toContain("script-src");
    expect(html.length).toBeLessThan(600_000);
    expect(html).toContain("What would have prevented it");
  });

  it("refuses what it does not know", () => {
    const { code, err } = cli(["run", duo, "--format", "html,gif"]);
    expect([code, err.includes('"gif" is none of html, html-static, json')]).toEqual([2, true]);
  });
});

describe("the list of reports", () => {
  const console = (): { told: string[]; console: Console } => {
    const told: string[] = [];
    const quiet = new Console({ quiet: true, json: false, color: false });
    quiet.warn = (text) => void told.push(text);
    return { told, console: quiet };
  };

  it("has everything that lies there, and says what it could not read", async () => {
    const out = temporaryFolder();
    expect(cli(["run", small, "--out", out, "--quiet"])).toMatchObject({ code: 0, out: "", err: "" });
    const estimate = `${JSON.stringify(estimateFileOf([told]))}\n`;
    for (const name of ["a10", "a9", "broken", "foreign", ".hidden"]) mkdirSync(join(out, name));
    writeFileSync(join(out, "a10/estimate.json"), estimate);
    writeFileSync(join(out, "a9/estimate.json"), estimate);
    writeFileSync(join(out, "broken/result.json"), '{"scenario":{},"variants":[]}');
    writeFileSync(join(out, "broken/check.json"), "{");
    writeFileSync(join(out, "foreign/notes.txt"), "x");
    const first = console();
    await writeOverview(out, first.console);
    const page = readFileSync(join(out, "index.html"), "utf8");
    expect([...page.matchAll(/<code>([^<]*)<\/code>/g)].map(([, name]) => name)).toEqual([
      "a9",
      "a10",
      "fail-static",
    ]);
    expect(page).toContain("broken/check.json: this is no JSON</li>");
    expect(page).toMatch(/<li>broken\/result\.json: [^<]+<\/li>/);
    expect(page).toContain("1 other folder without a report.");
    await writeOverview(out, first.console);
    expect(readFileSync(join(out, "index.html"), "utf8")).toBe(page);
    expect(first.told).toEqual([]);
  });

  it("does not write over a page of somebody else", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "index.html"), "<!doctype html><title>My home page</title>");
    const { told, console: quiet } = console();
    await writeOverview(out, quiet);
    expect(readFileSync(join(out, "index.html"), "utf8")).toContain("My home page");
    expect(told.join()).toMatch(/index\.html: warning not-ours: this page is not the list of reports/);
  });
});

describe("report --compare", () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder, name);

  it("lays two results side by side, as a table, a page and JSON", () => {
    for (const [name, variant] of [
      ["before", "reads-an-error-as-empty"],
      ["after", "keeps-what-it-knew"],
    ] as const) {
      cli(["run", small, "--variant", variant, "--out", path(name), "--format", "json", "--quiet"]);
      const file = path(`${name}/fail-static/result.json`);
      writeFileSync(path(`${name}.json`), readFileSync(file, "utf8").replaceAll(variant, "x"));
    }
    const { code, out, err } = cli(["report", "--compare", "before.json", "after.json"], folder);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^x +12 → 0 +−12 +39m → – +−39m +122,953 → 0 +−122,953 +1 fixed, 3 no longer violated/m,
    );
    expect(out).toContain("fixed: x fail-static");
    expect(out).toContain("Report: compare.html");
    expect(readFileSync(path("compare.html"), "utf8")).toContain("before and after");
    const machine = cli(["report", "--compare", "before.json", "after.json", "--json"], folder);
    expect(JSON.parse(machine.out)).toMatchObject({
      kind: "before-and-after",
      before: "before.json",
      variants: [{ name: "x", sameTrace: false }],
    });
  });

  it("puts two estimates side by side without calling it a test", () => {
    writeFileSync(path("e.json"), JSON.stringify(estimateFileOf([told])));
    const { code, out } = cli(["report", "--compare", "e.json", "e.json", "--out", "estimates.html"], folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^legacy +before +8h \(7h 46m to 8h 19m\)/m);
    expect(out).toContain("Overlap is no test");
  });

  it("refuses one file, two kinds, and what is neither, with everything that is wrong", () => {
    const refuse = (files: readonly string[], pattern: RegExp): void => {
      const { code, err } = cli(["report", "--compare", ...files, "--out", "no.html"], folder);
      expect([code, existsSync(path("no.html"))]).toEqual([2, false]);
      expect(err).toMatch(pattern);
    };
    refuse(["e.json"], /error two-files: --compare takes two files, and got 1/);
    refuse(
      ["before.json", "e.json"],
      /e\.json: error mixed-files: this is an estimate, but the first file is a result/,
    );
    writeFileSync(path("check.json"), '{"kind":"check"}');
    refuse(
      ["check.json", "nowhere.json"],
      /check\.json: error result-file: this is a check[\s\S]*nowhere\.json: error no-file/,
    );
  });
});

describe("writing files", () => {
  it("writes texts and bytes, also into folders, and leaves nothing where one of them fails", () => {
    const folder = temporaryFolder();
    const bytes = Uint8Array.from([0, 255, 128]);
    const files = new Map<string, Iterable<string | Uint8Array>>([
      ["a.txt", ["one ", "two"]],
      ["charts/b.bin", ["<", bytes, ">"]],
    ]);
    expect(writeAll(join(folder, "out"), files)).toEqual({ ok: true, value: null });
    expect(filesIn(join(folder, "out"))).toEqual(["a.txt", "charts", "charts/b.bin"]);
    expect([...readFileSync(join(folder, "out/charts/b.bin"))]).toEqual([60, 0, 255, 128, 62]);
    writeFileSync(join(folder, "file"), "");
    const wrong = writeAll(
      folder,
      new Map([
        ["new/a.txt", ["x"]],
        ["file/b.txt", ["x"]],
      ]),
    );
    expect(!wrong.ok && wrong.error.message).toBe("a part of this path is a file");
    expect(filesIn(folder)).toEqual(["file", "out", "out/a.txt", "out/charts", "out/charts/b.bin"]);
  });
});
