/** What a repository risks, for a terminal: the change first, then one row a rule of an owner, the worst first. */
import { wrap } from "../../base/text-table.js";
import type {
  RepositoryFile,
  ToldChange,
  ToldHazard,
  ToldOutcome,
} from "../../importers/judge/repository-result.js";
import type { Style } from "../check/terminal.js";
import { clip, oneLine, visibleIn } from "../check/visible.js";
import { blastText, editText, hazardTitle, placeText, recoveryText } from "./told.js";

export interface RepositoryTextOptions {
  readonly paint: (style: Style, text: string) => string;
  readonly columns: number;
  /** Hazards told in full; the others get one line. */
  readonly full: number;
}

const consequencesTold = 8;
const directTold = 6;

export function repositoryText(original: RepositoryFile, options: RepositoryTextOptions): string {
  const file = visibleIn(original);
  const { paint, columns } = options;
  const lines = [
    paint("bold", clip(`${file.root} · ${file.format}`, columns)),
    ...wrap(countsText(file), columns),
  ];
  if (file.change !== null) lines.push("", ...changeBlock(file.change, options));
  const open = file.hazards.filter(({ status }) => status !== "ignored");
  const ignored = file.hazards.length - open.length;
  if (file.counts.edits > 0) {
    lines.push("", paint("bold", "What a single small change could do"));
    if (open.length === 0)
      lines.push(paint("green", "None of them takes anything away that serves somebody."));
    const told = new Map<string, number>();
    for (const [k, hazard] of open.entries()) {
      lines.push(...hazardBlock(hazard, k + 1, k < options.full, options));
      if (k < options.full) lines.push(...adviceOnce(hazard, k + 1, told, columns));
    }
  }
  if (ignored > 0) lines.push("", `${ignored} more ${ignored === 1 ? "is" : "are"} in the ignore file.`);
  if (file.stoppedBy !== "end") lines.push("", paint("yellow", "Stopped early: not every change was tried."));
  return lines.join("\n");
}

function countsText({ counts, managers }: RepositoryFile): string {
  const by = managers.map(({ name, preset }) => `${name} (${preset})`).join(", ");
  const unknown = counts.needsUnknown === 0 ? "" : `; needs unknown for ${counts.needsUnknown} of them`;
  const tried =
    counts.edits === 0
      ? ""
      : ` ${counts.edits} single changes tried: ${counts.harmless} take nothing away, ${counts.refused} are refused in part.`;
  return `${counts.services} services of ${counts.items} items in ${counts.files} files, by ${by === "" ? "no manager" : by}${unknown}.${tried}`;
}

function changeBlock(change: ToldChange, { paint, columns }: RepositoryTextOptions): readonly string[] {
  const harmless = change.consequences.length === 0;
  const lines = [
    paint(
      "bold",
      `The change ${oneLine(change.range)} (${change.files} file${change.files === 1 ? "" : "s"})`,
    ),
    ...wrap(harmless ? "takes nothing away." : `takes away ${blastText(change.blast)}.`, columns).map(
      (line) => paint(harmless ? "green" : "red", line),
    ),
    ...outcomeLines(change, columns),
  ];
  if (change.recovery !== null)
    lines.push(...indented(`Back again: ${recoveryText(change.recovery)}.`, columns));
  for (const { title, kept } of change.orphaned.slice(0, consequencesTold)) {
    const why = kept === null ? "nobody prunes it" : `${kept.text} at ${placeText(kept.at)} keeps it`;
    lines.push(...indented(`${title} is no longer described and stays: ${why}.`, columns));
  }
  for (const { title, because } of change.refused)
    lines.push(
      ...indented(`${title} cannot be read any more and changes nothing: ${oneLine(because)}`, columns),
    );
  if (!harmless) lines.push(...adviceLines(change.advice, columns));
  return lines;
}

function hazardBlock(
  hazard: ToldHazard,
  number: number,
  full: boolean,
  { paint, columns }: RepositoryTextOptions,
): readonly string[] {
  const { worst, strikes, owner, settings, direct, recovery, status } = hazard;
  const colour = worst.blast.managers.length > 0 ? "red" : "yellow";
  const known = status === "known" ? " (known)" : "";
  const title = `${number}. ${oneLine(hazardTitle(hazard))}${known}`;
  const reach = `${strikes} single change${strikes === 1 ? "" : "s"}, at worst ${blastText(worst.blast)}`;
  if (!full) return [clip(`${paint(colour, title)}: ${reach}`, columns + 20)];
  const shown = direct.slice(0, directTold).join(", ");
  const others = direct.length > directTold ? `, and ${direct.length - directTold} more` : "";
  return [
    "",
    paint(colour, clip(title, columns)),
    ...indented(`${reach}.`, columns),
    ...indented(
      `By ${settings.length === 0 ? owner.title : settings.map(({ text, at }) => `${text} at ${placeText(at)}`).join(", ")}.`,
      columns,
    ),
    ...indented(`Goes first: ${shown}${others}.`, columns),
    ...indented(`Worst: ${placeText(worst.at)}. ${editText(worst.op, worst.subject)}:`, columns),
    ...outcomeLines(worst, columns),
    ...(recovery === null ? [] : indented(`Back again: ${recoveryText(recovery)}.`, columns)),
  ];
}

function outcomeLines({ consequences, more }: ToldOutcome, columns: number): readonly string[] {
  const left = more + Math.max(0, consequences.length - consequencesTold);
  return [
    ...consequences
      .slice(0, consequencesTold)
      .flatMap(({ text, item }) =>
        wrap(`${oneLine(text)} (${placeText(item.at)})`, columns - 7).map(
          (line, k) => `     ${k === 0 ? "- " : "  "}${line}`,
        ),
      ),
    ...(left > 0 ? [`     - and ${left} more`] : []),
  ];
}

/** Most hazards of a repository are stopped by the same. */
function adviceOnce(
  { advice }: ToldHazard,
  number: number,
  told: Map<string, number>,
  columns: number,
): readonly string[] {
  const key = advice.map(({ setting }) => setting).join("\n");
  const before = told.get(key);
  if (before !== undefined) return [`   Stopped by: as in ${before}.`];
  told.set(key, number);
  return adviceLines(advice, columns);
}

const adviceLines = (advice: ToldHazard["advice"], columns: number): readonly string[] =>
  advice.flatMap(({ setting, where }) => indented(`Stopped by: ${setting} (${where})`, columns));

const indented = (text: string, columns: number): readonly string[] =>
  wrap(oneLine(text), columns - 3).map((line) => `   ${line}`);
