/** Annotations, Markdown and the terminal: golden where people read them, and safe whatever the names are. */
import { join } from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";
import { describe, expect, it } from "vitest";
import { cellWidth, table, wrap } from "../../../../src/base/text-table.js";
import { githubAnnotations } from "../../../../src/report/check/github.js";
import { checkMarkdown } from "../../../../src/report/check/markdown.js";
import { type Style, terminalReport } from "../../../../src/report/check/terminal.js";
import { clip, visible } from "../../../../src/report/check/visible.js";
import { checkFileOf, clean, empty, hostile, violated } from "../../../helpers/check-result.js";
import { root } from "../../../helpers/scenario.js";

const golden = (name: string): string => join(root, "test/golden/check", name);
const plain = (_: Style, text: string): string => text;
const colour = (style: Style, text: string): string => styleText(style, text, { validateStream: false });
const everything = checkFileOf(violated, clean, empty);
/** Controls, and characters that turn the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

describe("annotations", () => {
  it("are as before (npx vitest run -u writes them anew)", async () => {
    await expect(githubAnnotations(everything)).toMatchFileSnapshot(golden("annotations.txt"));
  });

  it("stay one command a line whatever a name holds", () => {
    const lines = githubAnnotations(checkFileOf(hostile)).trimEnd().split("\n");
    expect(lines).toHaveLength(hostile.findings.length + hostile.baseViolates.length);
    for (const line of lines) {
      const [, properties, message] = /^::(?:error|warning) (.*?)::(.*)$/.exec(line)!;
      expect(properties!.split(",").every((item) => /^(file|line|col|title)=[^,:]*$/.test(item))).toBe(true);
      expect(`${properties}${message}`).not.toMatch(/%(?!25|0A|0D|3A|2C)/);
      expect(line).not.toMatch(unseen);
      expect(line.length).toBeLessThan(16_000);
    }
  });

  it("put errors first, since a job shows only some", () => {
    const levels = githubAnnotations(everything).match(/^::\w+/gm)!;
    expect(levels.lastIndexOf("::error")).toBeLessThan(levels.indexOf("::warning"));
  });
});

describe("the summary in Markdown", () => {
  it("is as before", async () => {
    await expect(checkMarkdown(everything)).toMatchFileSnapshot(golden("summary.md"));
  });

  it("keeps what users write inside of cells, lines and blocks", () => {
    const text = checkMarkdown(checkFileOf(hostile));
    expect(text).not.toMatch(unseen);
    const lines = text.split("\n");
    for (const line of lines.filter((item) => item.startsWith("| "))) {
      expect(line.replaceAll("\\|", "").match(/\|/g)).toHaveLength(9);
    }
    // Outside of blocks of code there is no markup but ours.
    let fence: string | null = null;
    for (const line of lines) {
      const ticks = /^`{3,}/.exec(line)?.[0];
      if (fence === null && ticks !== undefined) fence = ticks;
      else if (fence !== null) {
        if (line === fence) fence = null;
      } else {
        const outside = line.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
        expect(outside).not.toMatch(/<|https?:\/\/|@|[^\\]\[/);
        if (line.startsWith("#")) expect(line).toMatch(/^##(?:# \d+\.)? /);
      }
    }
    expect(fence).toBeNull();
  });
});

describe("the terminal", () => {
  it("is as before, without colours", async () => {
    const text = everything.results.map((result) => terminalReport(result, { paint: plain })).join("\n\n\n");
    await expect(`${text}\n`).toMatchFileSnapshot(golden("terminal.txt"));
  });

  it("colours add nothing but colours", () => {
    const painted = terminalReport(violated, { paint: colour });
    expect(stripVTControlCharacters(painted)).toBe(terminalReport(violated, { paint: plain }));
    expect(painted).toContain(colour("red", "-    5    - deprecated-app"));
    expect(painted).toContain(colour("green", '+    5    - "#REF!"'));
  });

  it.each([60, 80, 100, 200])("fits into %i columns but for commands and files to copy", (columns) => {
    for (const result of [violated, clean, empty]) {
      const lines = terminalReport(result, { paint: plain, columns }).split("\n");
      const long = lines.filter((line) => cellWidth(line) > columns);
      expect(long.filter((line) => !/^ {3}(replay|saved) /.test(line))).toEqual([]);
    }
  });

  it("no name reaches the terminal as a control", () => {
    const text = terminalReport(hostile, { paint: plain });
    expect(text).not.toMatch(unseen);
    expect(text).toContain("\\u001b[31mred");
    expect(text.length).toBeLessThan(60_000);
  });

  it("tells only so many findings in full", () => {
    const text = terminalReport(violated, { paint: plain, findings: 1 });
    expect(text.match(/^ {3}cause /gm)).toHaveLength(1);
    expect(text.match(/^ {3}replay /gm)).toHaveLength(violated.findings.length);
  });
});

describe("text", () => {
  it("visible shows what cannot be seen and leaves what can", () => {
    expect(visible("a\u0000b\u200bc\u202ed\ud800e\u00a0f\u{e0041}\r\n\t")).toBe(
      "a\\u0000b\\u200bc\\u202ed\\ud800e\\u00a0f\\u{e0041}\n\t",
    );
    const harmless = "Größe, 東京, שלום, 👩‍🚀, e\u0301";
    expect(visible(harmless)).toBe(harmless);
    expect(visible(visible("\u0000"))).toBe(visible("\u0000"));
  });

  it("clip counts characters and never cuts one", () => {
    expect(clip("👍👍👍", 3)).toBe("👍👍👍");
    expect(clip("👍👍👍👍", 3)).toBe("👍👍…");
  });

  it("cells are counted as a terminal shows them", () => {
    expect(["abc", "東京", "👍", "e\u0301", "\u001b[31mred\u001b[39m"].map(cellWidth)).toEqual([
      3, 4, 2, 1, 3,
    ]);
    expect(
      table(
        [
          ["東京", "1"],
          ["a", "22"],
        ],
        [1],
      ),
    ).toBe("東京   1\na     22");
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
    expect(wrap("", 4)).toEqual([""]);
  });
});
