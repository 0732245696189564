/** An ablation as a terminal shows it: one line a guard, then the sets that are enough, cheapest first. */
import { table } from "../base/text-table.js";
import type { Ablation } from "../chaos/ablate/ablate-result.js";
import { costText, counted, listed, methodLine } from "../report/prevented/ablation-words.js";
import type { Console } from "./console.js";

type Paint = Console["paint"];

const setsShown = 8;

export function ablationText(result: Ablation, paint: Paint): string {
  const { scenario, variant, traces, asItIs } = result;
  const what = asItIs
    ? traces.length === 1
      ? "what happened"
      : `what happened, and ${counted(traces.length - 1, "mutation")} of it`
    : `${counted(traces.length, "mutation")} of what happens`;
  const title = paint("bold", `${scenario.title} · ${variant}`);
  if (result.verdict === "nothing-to-stop")
    return `${title}\nNothing violates the gate here, so there is nothing for guards to stop.`;
  return [
    `${title}\nWould ${result.guards.length} guards have stopped ${what}?`,
    aloneTable(result, paint),
    ...sections(result, paint),
    methodLine(result),
  ].join("\n\n");
}

function aloneTable({ guards, traces, gate }: Ablation, paint: Paint): string {
  const header = ["guard", "stops it alone", "still violated", "removal asked for", "costs", "weight"];
  const rows = [...guards]
    .sort((a, b) => b.stops - a.stops || Number(b.progress) - Number(a.progress) || b.shapley - a.shapley)
    .map((row) => {
      const all = row.stops === traces.length;
      const stops = traces.length === 1 ? (all ? "yes" : "no") : `${row.stops} of ${traces.length}`;
      const left = row.left.filter((name) => gate.safety.includes(name));
      return [
        row.guard,
        all ? paint("green", stops) : row.stops === 0 ? paint("red", stops) : paint("yellow", stops),
        left.length === 0 ? "-" : left.length > 2 ? `${left.length} properties` : left.join(", "),
        row.progress ? "done" : paint("yellow", "never done"),
        costText(row),
        row.shapley.toFixed(3),
      ];
    });
  return table([header.map((name) => paint("bold", name)), ...rows], [5]);
}

function sections(result: Ablation, paint: Paint): readonly string[] {
  const { sufficient, stuck, redundant, storage } = result;
  const heading = (text: string): string => paint("bold", text);
  const found: string[] = [];
  if (sufficient.length === 0)
    found.push(paint("red", "No set of these guards keeps every property of the gate."));
  else
    found.push(
      [
        heading(`Smallest sets that are enough: ${sufficient.length}, cheapest first`),
        ...shown(
          sufficient,
          (set) => `${set.cheapest ? "*" : " "} ${listed(set.guards)}  (${costText(set)})`,
        ),
      ].join("\n"),
    );
  if (stuck.length > 0)
    found.push(
      [
        heading("Safe, but a removal that was approved is never done"),
        ...shown(stuck, (guards) => `  ${listed(guards)}`),
      ].join("\n"),
    );
  if (redundant.length > 0)
    found.push(
      [
        heading(`Still enough when any one of them is bypassed: ${redundant.length}, cheapest first`),
        ...shown(redundant, (set) => `${set.cheapest ? "*" : " "} ${listed(set.guards)}  (${costText(set)})`),
      ].join("\n"),
    );
  const moved = storage.filter((row) => row.inConfiguration === false);
  if (storage.length > 0) {
    const lines =
      moved.length === 0
        ? ["  it makes no difference for these sets"]
        : shown(moved, (row) => `  ${listed(row.guards)}: stops it only when kept outside`);
    found.push(
      [heading("Kept in the configuration that they protect, instead of outside"), ...lines].join("\n"),
    );
  }
  return found;
}

function shown<T>(items: readonly T[], line: (item: T) => string): readonly string[] {
  const more = items.length - setsShown;
  return [...items.slice(0, setsShown).map(line), ...(more > 0 ? [`  and ${more} more`] : [])];
}
