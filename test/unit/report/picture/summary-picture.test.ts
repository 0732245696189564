/** The picture for a chat message: its size, its words, and that no name leaves the frame. */
import { describe, expect, it } from "vitest";
import { fontOptions, loadRasteriser } from "../../../../src/cli/rasterise.js";
import { pictureSize, summaryPicture } from "../../../../src/report/picture/summary-picture.js";
import { fitLine, fitLines, textWidth } from "../../../../src/report/picture/text-fit.js";
import { hostileModel, modelOf } from "../../../helpers/report-model.js";
import { scenarioFile } from "../../../helpers/scenario.js";

const textsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);

async function rasteriser() {
  const loaded = await loadRasteriser();
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
}

describe("summary.png", () => {
  it("has the title, the verdict, the figures, the curves and the command, in colours of its own", async () => {
    const svg = await summaryPicture(modelOf(scenarioFile("fail-static.yaml")));
    const texts = textsOf(svg);
    expect(texts).toEqual(
      expect.arrayContaining([
        "A source that cannot be read",
        "3 of 5 gate properties violated",
        "39m",
        "2 of 2",
        "Regions in which each capability works",
        "Buying",
        "fleetquake run fail-static.yaml --seed 1",
        "fleetquake 0.1.0, seed 1",
      ]),
    );
    expect(svg).not.toContain("var(--");
    const png = (await rasteriser())(svg);
    const view = new DataView(png.buffer, png.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([2 * pictureSize.width, 2 * pictureSize.height]);
    expect(Buffer.from((await rasteriser())(svg)).equals(Buffer.from(png))).toBe(true);
  });

  it("tells what happened where there are no curves", async () => {
    const svg = await summaryPicture(modelOf(scenarioFile("fail-static.yaml"), "keeps-what-it-knew"));
    expect(textsOf(svg).join(" ")).toContain("Nothing was removed, and no capability was impaired.");
  });

  it("keeps hostile names as text inside of the frame", async () => {
    const svg = await summaryPicture(hostileModel());
    expect(svg).not.toMatch(/<(script|img|foreignObject)/);
    expect(textsOf(svg)).toContain("Regions in which each capability works");
    const { Resvg } = await import("@resvg/resvg-js");
    const box = new Resvg(svg, { font: fontOptions() }).getBBox()!;
    expect([box.x, box.y, box.width, box.height]).toEqual([0, 0, pictureSize.width, pictureSize.height]);
  });

  it("marks letters that its font has not", async () => {
    const model = modelOf(scenarioFile("fail-static.yaml"), "keeps-what-it-knew");
    const title = "\u0634\u0628\u0643\u0629 Größe, Москва \ud83d\udd25";
    const result = { ...model.result, scenario: { ...model.result.scenario, title } };
    const texts = textsOf(await summaryPicture({ ...model, result }));
    expect(texts).toContain("\ufffd\ufffd\ufffd\ufffd Größe, Москва \ufffd");
  });
});

describe("a text that has to fit", () => {
  it("is cut with a sign, between letters or between words", () => {
    expect(fitLine("short", 10, 200)).toBe("short");
    const cut = fitLine("W".repeat(10_000), 20, 300);
    expect(cut.endsWith("…")).toBe(true);
    expect(textWidth(cut, 20)).toBeLessThanOrEqual(300);
    const lines = fitLines("one two three four five six seven eight nine ten", 20, 150, 2);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe("one two");
    expect(lines[1]!.endsWith("…")).toBe(true);
    expect(fitLines("", 20, 150, 2)).toEqual([]);
  });
});
