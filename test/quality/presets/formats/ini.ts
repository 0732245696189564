/** As supervisor reads: adds to `into`, where a section or key that comes again goes on or replaces. Returns the first bad line. */
export function readIni(text: string, into: Map<string, Map<string, string>>): string | null {
  let section: Map<string, string> | null = null;
  for (const line of text.split("\n")) {
    if (line.trim() === "" || /^\s*[;#]/.test(line)) continue;
    const header = /^\[([^\]]+)\]\s*$/.exec(line);
    const pair = /^([\w.]+)\s*[=:]\s*(.*)$/.exec(line);
    if (header !== null) {
      section = into.get(header[1]!) ?? new Map();
      into.set(header[1]!, section);
    } else if (pair !== null && section !== null) section.set(pair[1]!, pair[2]!);
    else return line;
  }
  return null;
}

export interface UnitFile {
  /** Every value of every key, by `Section.Key`, in order; an empty value forgets those before it. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** As systemd reads: lines that it does not understand are skipped, and drop-ins are read after the unit. */
export function readUnit(...texts: readonly string[]): UnitFile {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    let section = "";
    for (const line of text.split("\n")) {
      const header = /^\[([^\]]+)\]\s*$/.exec(line);
      const pair = /^(\w+)=(.*)$/.exec(line);
      if (header !== null) section = header[1]!;
      else if (pair !== null) {
        const key = `${section}.${pair[1]}`;
        values.set(key, pair[2] === "" ? [] : [...(values.get(key) ?? []), pair[2]!]);
      }
    }
  }
  return { values };
}
