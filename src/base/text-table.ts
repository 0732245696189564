/** Columns of text as a terminal shows them. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with this control.
const colour = /\u001b\[[0-9;]*m/g;
const withoutWidth = /\p{M}|\p{Cf}/u;
/** East Asian scripts and emoji take two cells. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** Cells that a text takes; colours take none. */
export function cellWidth(text: string): number {
  let cells = 0;
  for (const character of text.replace(colour, "")) {
    cells += withoutWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return cells;
}

/** Columns padded to their widest cell; numbers (columns of `right`) to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => cellWidth(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const space = " ".repeat(widths[column]! - cellWidth(cell));
          return right.includes(column) ? space + cell : cell + space;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Broken between words so that no line is wider than `cellsMax`; a word that is wider by itself is broken inside. */
export function wrap(text: string, cellsMax: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let cells = 0;
  const end = (): void => {
    lines.push(line);
    line = "";
    cells = 0;
  };
  for (const word of text.split(" ")) {
    const width = cellWidth(word);
    if (cells > 0 && cells + 1 + width > cellsMax) end();
    if (cells > 0) {
      line += " ";
      cells++;
    }
    for (const character of width > cellsMax ? word : [word]) {
      const step = cellWidth(character);
      if (cells > 0 && cells + step > cellsMax) end();
      line += character;
      cells += step;
    }
  }
  end();
  return lines;
}
