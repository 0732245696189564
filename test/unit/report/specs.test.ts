/** Specifications of the charts: each stands alone, in colours that need no style sheet, and draws. */
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { specInLightColours, svgInLightColours } from "../../../src/report/light-colours.js";
import { drawCharts } from "../../../src/report/render-report.js";
import { specFiles } from "../../../src/report/specs.js";
import { modelOf } from "../../helpers/report-model.js";
import { scenarioFile } from "../../helpers/scenario.js";

describe("specifications", () => {
  it("of every chart that vega-lite drew compile and draw without the report", async () => {
    const charts = await drawCharts(modelOf(scenarioFile("duo-2025-02-13.yaml"), "legacy", "migrated-75"));
    const files = specFiles(charts);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        "restoration.vl.json",
        "took.crews.vl.json",
        "took.phases.vl.json",
        "heat.legacy.vl.json",
        "heat.migrated-75.vl.json",
      ]),
    );
    for (const [name, text] of files) {
      const spec = JSON.parse(text) as TopLevelSpec & Record<string, unknown>;
      expect(spec.$schema, name).toBe("https://vega.github.io/schema/vega-lite/v6.json");
      expect(spec["background"], name).toBe("#ffffff");
      expect(text, name).not.toContain("var(--");
      expect(JSON.stringify(spec), name).not.toContain('"url"');
      const view = new View(parse(compile(spec).spec), { renderer: "none" });
      const svg = await view.toSVG();
      expect(svg, name).toMatch(/<path [^>]*d="M/);
      view.finalize();
    }
  });
});

describe("colours", () => {
  it("replace variables where they are colours, and leave what users wrote", () => {
    const values = [{ name: "var(--ink)", colour: "var(--ink)" }];
    expect(specInLightColours({ a: ["var(--ink)"], data: { values } })).toEqual({
      a: ["#1c2024"],
      data: { values: [{ name: "var(--ink)", colour: "#1c2024" }] },
    });
    expect(svgInLightColours('<text fill="var(--bad)">var(--ink)</text>')).toBe(
      '<text fill="#c42942">var(--ink)</text>',
    );
  });
});
