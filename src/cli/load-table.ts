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

export interface Loads {
  readonly variants: readonly string[];
  readonly services: readonly ServiceLoad[];
}

/** Variants with the same figures together; those without a capacity are left out. */
export function loadsOf(variants: readonly Variant[]): readonly Loads[] {
  const blocks = new Map<string, { variants: string[]; services: readonly ServiceLoad[] }>();
  for (const { name, spec } of variants) {
    const fleet = compileFleet(spec.fleet);
    if (!hasCapacity(fleet)) continue;
    const services = serviceLoads(fleet, spec.demand);
    const key = JSON.stringify(services);
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, { variants: [name], services });
    else block.variants.push(name);
  }
  return [...blocks.values()];
}

export const loadTable = (console: Console, loads: readonly Loads[]): string =>
  loads
    .map(({ variants, services }) => {
      const heading = header.map((cell) => console.paint("bold", cell));
      const text = table([heading, ...services.map((load) => rowOf(console, load))], [1, 2, 3, 6]);
      return loads.length === 1 ? text : `${variants.join(", ")}:\n${text}`;
    })
    .join("\n\n");

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
