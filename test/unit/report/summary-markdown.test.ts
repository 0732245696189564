/** summary.md: what a job page shows, and that names of users stay inside of their cells. */
import { describe, expect, it } from "vitest";
import { summaryMarkdown } from "../../../src/report/summary-markdown.js";
import { hostileModel, modelOf } from "../../helpers/report-model.js";
import { scenarioFile } from "../../helpers/scenario.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** Tables of GitHub's Markdown: as many cells in every row as in the head. */
function tablesOf(text: string): readonly (readonly (readonly string[])[])[] {
  const tables: (readonly string[])[][] = [];
  let inside = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("|")) {
      if (!inside) tables.push([]);
      tables.at(-1)!.push(line.slice(1, -1).split(/(?<!\\)\|/));
    }
    inside = line.startsWith("|");
  }
  return tables;
}

function expectTables(text: string): void {
  for (const [head, rule, ...rows] of tablesOf(text)) {
    expect(rule!.every((cell) => /^-+:?$/.test(cell))).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of [rule!, ...rows]) expect(row).toHaveLength(head!.length);
  }
}

describe("summary.md", () => {
  const model = modelOf(scenarioFile("fail-static.yaml"));
  const text = summaryMarkdown(model, ["index.html"]);

  it("says the verdict first, then who was hurt and what happened, and how to repeat it", () => {
    expect(text.split("\n")[0]).toBe("## ❌ A source that cannot be read: 3 of 5 gate properties violated");
    expect(text.match(/^### .*/gm)).toEqual([
      "### Properties",
      "### The same change, the same luck, side by side",
      "### Who was hurt",
      "### What happened",
    ]);
    expect(text).toContain("- **39m** outage, +30m to +1h 9m\n");
    expect(text).toContain("| `no-collateral-removal` | yes | **violated** | +30m |");
    expect(text).toMatch(/^\| Buying \| 4 \| 4 \| 39m \| [\d,]+ \| \+1h 9m \| \+1h \d+m \|$/m);
    expect(text).toMatch(/^1\. \+30m: Fault: source of gitops gives error\.$/m);
    expect(text.endsWith("```sh\nfleetquake run fail-static.yaml --seed 1\n```\n")).toBe(true);
    expect(text).toContain("More: `index.html`.");
    expectTables(text);
  });

  it("tells every variant and every property", () => {
    for (const { name } of model.result.variants)
      expect(text).toMatch(new RegExp(`^\\| \`${name}\` \\|`, "m"));
    for (const { property } of model.variants[0]!.result.verdicts) expect(text).toContain(`\`${property}\``);
  });

  it("says so where nothing was hurt", () => {
    const calm = summaryMarkdown(modelOf(scenarioFile("fail-static.yaml"), "keeps-what-it-knew"));
    expect(calm).toContain("- **none** outage");
    expect(calm).toContain("No capability was impaired.");
    expect(calm).not.toContain("side by side");
  });

  it("keeps what users write inside of cells and blocks, and shortens it", () => {
    const hostile = summaryMarkdown(hostileModel());
    expect(hostile).not.toMatch(unseen);
    expectTables(hostile);
    let fence: string | null = null;
    for (const line of hostile.split("\n")) {
      expect(line.length).toBeLessThan(12_000);
      const ticks = /^`{3,}/.exec(line)?.[0];
      if (fence === null && ticks !== undefined) fence = ticks;
      else if (fence !== null) {
        if (line === fence) fence = null;
      } else {
        const outside = line
          .replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "")
          .replaceAll(/<\/?(details|summary)>/g, "");
        expect(outside).not.toMatch(/<|https?:\/\/|@|[^\\]\[/);
      }
    }
    expect(fence).toBeNull();
    expect(hostile).toContain("WWW…");
    expect(hostile.length).toBeLessThan(60_000);
  });
});
