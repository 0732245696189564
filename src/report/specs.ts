/** The charts of a report as Vega-Lite specifications that stand alone: people restyle them, or put them elsewhere. */
import { specInLightColours } from "./light-colours.js";
import type { Chart } from "./model.js";
import type { Charts } from "./page.js";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

/** File names (`heat.legacy.vl.json`) and texts; pictures that vega-lite did not draw have none. */
export function specFiles(charts: Charts): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  collect("", charts);
  return files;

  /** Charts of a section, or of every variant, stand in objects and maps of their own. */
  function collect(name: string, item: unknown): void {
    if (item === null || typeof item !== "object") return;
    if ("svg" in item || "svgs" in item) {
      if (isDescribed(item)) add(name, item);
      return;
    }
    const parts = item instanceof Map ? [...item] : Object.entries(item);
    for (const [key, part] of parts) collect(name === "" ? key : `${name}.${key}`, part);
  }

  function add(name: string, { title, description, spec }: Described): void {
    const whole = { $schema: schema, title, description, ...spec, background: "var(--paper)" };
    files.set(`${name}.vl.json`, `${JSON.stringify(specInLightColours(whole), null, 1)}\n`);
  }
}

type Described = Pick<Required<Chart>, "title" | "description" | "spec">;

const isDescribed = (item: object): item is Described => "spec" in item && item.spec !== undefined;
