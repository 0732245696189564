/**
 * The dialect that supervisord reads: RawConfigParser of Python 3 with `strict=False` and inline comments after ` ;` and ` #`.
 * Names of options are in small letters, a section that is there twice is one, the last value wins, a line that is indented
 * deeper continues the value. https://docs.python.org/3/library/configparser.html
 */
import type { Place, TreeFile } from "../contract.js";

export interface IniValue {
  readonly text: string;
  /** Of the name. */
  readonly at: Place;
}

export interface IniSection {
  readonly name: string;
  readonly at: Place;
  readonly options: Map<string, IniValue>;
  /** Folder of the file in which it stands: `%(here)s`. */
  readonly file: string;
}

export interface IniProblem {
  readonly at: Place;
  readonly message: string;
}

export interface Ini {
  readonly sections: readonly IniSection[];
  /** Any of these and Python gives up the whole file. */
  readonly problems: readonly IniProblem[];
}

interface State {
  section: IniSection | null;
  option: { name: string; lines: string[]; at: Place; indent: number } | null;
}

export function readIni({ path, text }: TreeFile): Ini {
  const sections: IniSection[] = [];
  const problems: IniProblem[] = [];
  const state: State = { section: null, option: null };
  const close = (): void => {
    const { section, option } = state;
    if (section !== null && option !== null)
      section.options.set(option.name, { text: option.lines.join("\n").trimEnd(), at: option.at });
    state.option = null;
  };
  text.split(/\r\n|\r|\n/).forEach((raw, k) => {
    const line = withoutComment(raw);
    const value = line.trim();
    const indent = raw.length - raw.trimStart().length;
    const at: Place = { file: path, line: k + 1, column: indent + 1 };
    if (value === "") {
      // An empty line belongs to a value that goes on after it; a comment does not.
      if (raw.trim() === "") state.option?.lines.push("");
      return;
    }
    if (state.option !== null && indent > state.option.indent) {
      state.option.lines.push(value);
      return;
    }
    close();
    const header = /^\[(.+)\]/.exec(value);
    if (header !== null) {
      state.section = { name: header[1]!, at, options: new Map(), file: path };
      sections.push(state.section);
      return;
    }
    if (state.section === null) {
      problems.push({ at, message: "this stands before any section" });
      return;
    }
    const sign = value.search(/[=:]/);
    const name = value.slice(0, Math.max(0, sign)).trimEnd().toLowerCase();
    if (name === "") problems.push({ at, message: "this is neither a section nor `name = value`" });
    else state.option = { name, lines: [value.slice(sign + 1).trimStart()], at, indent };
  });
  close();
  return { sections, problems };
}

/** `;` and `#` begin a comment at the start of a line, and after a space. */
function withoutComment(line: string): string {
  for (let k = 0; k < line.length; k++) {
    const sign = line[k];
    if ((sign === ";" || sign === "#") && (k === 0 || /\s/.test(line[k - 1]!))) return line.slice(0, k);
  }
  return line;
}

/** Sections of several files as one: a later one adds to an earlier one of its name, and wins. */
export function mergeSections(sections: readonly IniSection[]): ReadonlyMap<string, IniSection> {
  const merged = new Map<string, IniSection>();
  for (const section of sections) {
    const known = merged.get(section.name);
    if (known === undefined) merged.set(section.name, { ...section, options: new Map(section.options) });
    else for (const [name, value] of section.options) known.options.set(name, value);
  }
  return merged;
}
