/**
 * How wide a text is before anybody draws it. Widths are those of a common sans serif, rounded up: a line that is told to
 * fit does fit, whatever the letters are.
 */
import { clip, oneLine } from "../check/visible.js";

/** Share of the size of the letters. */
function widthOf(character: string): number {
  if (/[iIjlft.,:;'|! ()[\]]/.test(character)) return 0.37;
  if (/[mwMW@%—…]/.test(character)) return 1.02;
  if (/[A-Z&#+<=>~QOGND–]/.test(character)) return 0.8;
  if (/[\u0020-\u007e]/.test(character)) return 0.64;
  return character.codePointAt(0)! < 0x2e80 ? 0.85 : 1.05;
}

export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * size;

/** Cut with "…" where it is wider than `width`. */
export function fitLine(text: string, size: number, width: number): string {
  const line = clip(oneLine(text), 1_000);
  if (textWidth(line, size) <= width) return line;
  const left = width - textWidth("…", size);
  let used = 0;
  let kept = "";
  for (const character of line) {
    used += widthOf(character) * size;
    if (used > left) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Broken between words into at most `linesMax` lines; what does not fit ends in "…". */
export function fitLines(text: string, size: number, width: number, linesMax: number): readonly string[] {
  const lines: string[] = [];
  let rest = clip(oneLine(text), 1_000);
  while (rest !== "" && lines.length < linesMax) {
    if (lines.length === linesMax - 1 || textWidth(rest, size) <= width) {
      lines.push(fitLine(rest, size, width));
      break;
    }
    const words = rest.split(" ");
    let taken = 0;
    while (taken < words.length && textWidth(words.slice(0, taken + 1).join(" "), size) <= width) taken++;
    lines.push(taken === 0 ? fitLine(words[0]!, size, width) : words.slice(0, taken).join(" "));
    rest = words.slice(Math.max(1, taken)).join(" ");
  }
  return lines;
}
