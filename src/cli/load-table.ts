/** What every service with a capacity can bear, as `validate` shows it; one block for variants with the same figures. */
import { formatDuration } from "../base/duration.js";
import { thousands } from "../base/format-number.js";
import { table } from "../base/text-table.js";
import { hasCapacity, type ServiceLoad, serviceLoads } from "../models/demand/fleet-load.js";
import { compileFleet } from "../models/fleet/compile-fleet.js";
import type { Variant } from "../scenario/scenario.js";
import type { Console } from "./console.js";

const header = [
  "requests a second",
  "capacity",
  "usual",
  "hidden",
  "vulnerable",
  "state",
  "herd after 1h",
  "safe over",
];

/** Empty where nothing has a capacity. */
export function loadTable(console: Console, variants: readonly Variant[]): string {
  const blocks = new Map<string, string[]>();
  for (const { name, spec } of variants) {
    const fleet = compileFleet(spec.fleet);
    if (!hasCapacity(fleet)) continue;
    const rows = serviceLoads(fleet, spec.demand).map((load) => rowOf(console, load));
    const text = table([header.map((cell) => console.paint("bold", cell)), ...rows], [1, 2, 3, 6]);
    blocks.set(text, [...(blocks.get(text) ?? []), name]);
  }
  return [...blocks]
    .map(([text, names]) => (blocks.size === 1 ? text : `${names.join(", ")}:\n${text}`))
    .join("\n\n");
}

function rowOf(console: Console, load: ServiceLoad): string[] {
  const { service, capacity, usual, hidden, state, herd, safeWindowMs } = load;
  const colour = { stable: "green", safe: "green", vulnerable: "yellow", overloaded: "red" } as const;
  return [
    service,
    thousands(capacity),
    thousands(Math.round(usual)),
    thousands(Math.round(hidden)),
    hidden < capacity && state !== "safe"
      ? `${thousands(Math.round(hidden))} to ${thousands(capacity)}`
      : "never",
    console.paint(colour[state], state),
    thousands(Math.round(herd)),
    safeWindowMs === null ? "-" : formatDuration(1000 * Math.ceil(safeWindowMs / 1000)),
  ];
}
