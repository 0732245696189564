/** The charts of a report as Vega-Lite specifications that stand alone: people restyle them, or put them elsewhere. */
import { specInLightColours } from "./light-colours.js";
import type { Chart } from "./model.js";
import type { Charts } from "./page.js";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

/** File names (`heat.legacy.vl.json`) and texts; pictures that vega-lite did not draw have none. */
export function specFiles(charts: Charts): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (name: string, { title, description, spec }: Chart): void => {
    if (spec === undefined) return;
    const whole = { $schema: schema, title, description, ...spec, background: "var(--paper)" };
    files.set(`${name}.vl.json`, `${JSON.stringify(specInLightColours(whole), null, 1)}\n`);
  };
  for (const [name, item] of Object.entries(charts) as [string, Charts[keyof Charts]][]) {
    if (item === null) continue;
    if ("svg" in item) add(name, item);
    else for (const [variant, chart] of item) add(`${name}.${variant}`, chart);
  }
  return files;
}
