/** Compressed rows of integers: row i is `values[start[i]] .. values[start[i + 1] - 1]`. */
export interface Rows {
  readonly start: Int32Array;
  readonly values: Int32Array;
}

/** An Int32Array that grows at its end. */
export class Int32List {
  length = 0;
  private values = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  toArray(): Int32Array {
    return this.values.slice(0, this.length);
  }
}

/** Turns rows around: row v of the result holds the rows that v occurs in, ascending. `width`: how many values exist. */
export function transpose(rows: Rows, width: number): Rows {
  const start = new Int32Array(width + 1);
  for (const value of rows.values) start[value + 1]!++;
  for (let i = 0; i < width; i++) start[i + 1]! += start[i]!;
  const next = start.slice(0, width);
  const values = new Int32Array(rows.values.length);
  for (let row = 0; row + 1 < rows.start.length; row++) {
    for (let i = rows.start[row]!; i < rows.start[row + 1]!; i++) values[next[rows.values[i]!]!++] = row;
  }
  return { start, values };
}
