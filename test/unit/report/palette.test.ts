/** Colours that everybody can read and tell apart, as numbers: contrast of WCAG 2.2, and distances under missing cones. */
import { describe, expect, it } from "vitest";
import { darkPalette, lightPalette } from "../../../src/report/palette.js";
import { contrast, difference, visions } from "../../helpers/colour-vision.js";

const series = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];
const states = ["c1", "c2", "c3", "c4"];

describe.each([
  ["light", lightPalette],
  ["dark", darkPalette],
])("the %s theme", (_, palette) => {
  const faint = (pairs: readonly (readonly [string, string])[], atLeast: number): readonly string[] =>
    pairs
      .filter(([ink, ground]) => contrast(palette[ink]!, palette[ground]!) < atLeast)
      .map(([ink, ground]) => `${ink} on ${ground}: ${contrast(palette[ink]!, palette[ground]!).toFixed(2)}`);

  it("has text that can be read on whatever it stands on", () => {
    const inks = ["ink", "soft", "bad", "warn", "good", "link"];
    const pairs = inks.flatMap((ink) => [[ink, "paper"] as const, [ink, "panel"] as const]);
    const tags = ["bad", "warn", "good"].flatMap((tone) => [
      [tone, `${tone}-soft`] as const,
      ["ink", `${tone}-soft`] as const,
    ]);
    expect(faint([...pairs, ...tags], 4.5)).toEqual([]);
  });

  it("has lines and areas that stand out", () => {
    expect(
      faint(
        series.flatMap((name) => [[name, "paper"] as const, [name, "panel"] as const]),
        4.5,
      ),
    ).toEqual([]);
    // Adjacent steps of the scale differ in lightness, which nobody lacks.
    const steps = ["h1", "h2", "h3", "h4", "h5"];
    for (const [k, step] of steps.slice(1).entries())
      expect(contrast(palette[step]!, palette[steps[k]!]!)).toBeGreaterThan(1.25);
    expect(contrast(palette["h5"]!, palette["paper"]!)).toBeGreaterThan(4.5);
  });

  it.each(visions)("keeps series apart with %s", (vision) => {
    const near = series.flatMap((a, k) =>
      series.slice(k + 1).flatMap((b) => {
        const apart = difference(palette[a]!, palette[b]!, vision);
        const wanted = states.includes(a) && states.includes(b) ? 18 : 11;
        return apart < wanted ? [`${a} ${b}: ${apart.toFixed(1)}`] : [];
      }),
    );
    expect(near).toEqual([]);
    for (const [a, b] of [
      ["bad", "good"],
      ["bad", "warn"],
      ["warn", "good"],
    ] as const)
      expect(difference(palette[a]!, palette[b]!, vision), `${a} ${b}`).toBeGreaterThan(11);
  });
});
