/**
 * Where the rows of a chart lie, in pixels. Names have any length and the chart is drawn where nobody can measure
 * text, so it is wrapped by an estimate: beside the marks on a wide screen, above them on a narrow one.
 */

export interface Size {
  readonly id: "wide" | "narrow";
  /** Of the whole picture. */
  readonly width: number;
  /** Beyond the end of the axis: half a number of the axis, or a value in words. */
  readonly right: number;
  readonly labelsAbove: boolean;
  readonly ticks: number;
}

export const sizes: readonly Size[] = [
  { id: "wide", width: 960, right: 76, labelsAbove: false, ticks: 8 },
  { id: "narrow", width: 288, right: 20, labelsAbove: true, ticks: 4 },
];

export const fontSize = 12;
const lineHeight = 15;
/** Of a line of a label, in lower-case letters. */
const lineUnits = 40;
/** Pixels of a lower-case letter, rather too many, and of the space around labels. */
const unitWidth = 6.8;
const labelSpace = 22;
/** Room for half of the first number of the axis. */
const leftMin = 12;
const linesMax = 3;

export interface Row {
  readonly label: string;
  /** Follows the label where there is no room beside the marks. */
  readonly value?: string;
  /** Height of its marks. */
  readonly height: number;
  /** Room before it that sets it apart from what is above. */
  readonly gap?: number;
}

export interface PlacedRow {
  /** Top of its marks. */
  readonly top: number;
}

export interface PlacedLine {
  readonly text: string;
  /** Middle of the line. */
  readonly y: number;
}

export interface Layout {
  readonly rows: readonly PlacedRow[];
  readonly lines: readonly PlacedLine[];
  /** Room for labels to the left of the marks. */
  readonly left: number;
  readonly height: number;
}

const between = 10;

export function layOut(rows: readonly Row[], { labelsAbove }: Size): Layout {
  const placed: PlacedRow[] = [];
  const lines: PlacedLine[] = [];
  let y = between / 2;
  for (const { label, value, height, gap = 0 } of rows) {
    y += gap;
    const text = wrapped(labelsAbove && value !== undefined ? `${label}: ${value}` : label);
    const textHeight = text.length * lineHeight;
    const rowHeight = labelsAbove ? textHeight + 2 + height : Math.max(textHeight, height);
    const textTop = labelsAbove ? y : y + (rowHeight - textHeight) / 2;
    lines.push(...text.map((line, k) => ({ text: line, y: textTop + (k + 0.5) * lineHeight })));
    placed.push({ top: labelsAbove ? y + textHeight + 2 : y + (rowHeight - height) / 2 });
    y += rowHeight + between;
  }
  const longest = Math.max(0, ...lines.map(({ text }) => unitsOfText(text)));
  const left = labelsAbove ? leftMin : Math.ceil(labelSpace + longest * unitWidth);
  return { rows: placed, lines, left, height: y - between / 2 };
}

/** In lower-case letters: capitals are wider, and the letters of some scripts twice as wide. */
const unitsOf = (character: string): number =>
  character.codePointAt(0)! >= 0x1100 ? 2 : /[\p{Lu}@%&mw]/u.test(character) ? 1.4 : 1;

const unitsOfText = (text: string): number =>
  [...text].reduce((sum, character) => sum + unitsOf(character), 0);

/** Lines that fit, broken at spaces where there are some; what does not fit in three is cut with a sign. */
export function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let units = 0;
  for (const word of text.split(/\s+/)) {
    const size = unitsOfText(word);
    if (line !== "" && units + 1 + size > lineUnits) {
      lines.push(line);
      [line, units] = ["", 0];
    }
    if (line !== "") [line, units] = [`${line} `, units + 1];
    for (const character of word) {
      const more = unitsOf(character);
      if (units + more > lineUnits) {
        lines.push(line);
        [line, units] = ["", 0];
      }
      [line, units] = [line + character, units + more];
    }
  }
  lines.push(line);
  if (lines.length <= linesMax) return lines;
  return [...lines.slice(0, linesMax - 1), `${lines[linesMax - 1]!.slice(0, -1).trimEnd()}…`];
}
