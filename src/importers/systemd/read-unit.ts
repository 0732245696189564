/**
 * The dialect of unit files: sections, `Key=value`, comments with # and ; at the start of a line, a backslash at the end
 * joins the next line, comments in between are passed over. https://www.freedesktop.org/software/systemd/man/systemd.syntax
 */
import type { Place, TreeFile } from "../contract.js";

export interface UnitSetting {
  readonly section: string;
  readonly key: string;
  /** Joined lines, without spaces around. */
  readonly value: string;
  readonly at: Place;
}

export interface UnitText {
  readonly settings: readonly UnitSetting[];
  /** Lines that systemd passes over with a warning. */
  readonly passedOver: readonly { readonly at: Place; readonly message: string }[];
}

export function readUnit({ path, text }: TreeFile): UnitText {
  const settings: UnitSetting[] = [];
  const passedOver: { at: Place; message: string }[] = [];
  let section: string | null = null;
  for (const { line, at } of joined(path, text)) {
    const header = /^\[([^\]]*)\]$/.exec(line);
    const equals = line.indexOf("=");
    if (header !== null) section = header[1]!;
    else if (section === null) passedOver.push({ at, message: "this stands before any section" });
    else if (equals < 1) passedOver.push({ at, message: "this is neither a section nor Key=value" });
    // X- sections and keys are for others.
    else if (!section.startsWith("X-"))
      settings.push({ section, key: line.slice(0, equals).trim(), value: line.slice(equals + 1).trim(), at });
  }
  return { settings, passedOver };
}

function joined(path: string, text: string): readonly { readonly line: string; readonly at: Place }[] {
  const lines: { line: string; at: Place }[] = [];
  let open: { parts: string[]; at: Place } | null = null;
  const close = (): void => {
    if (open !== null) lines.push({ line: open.parts.join(" ").trim(), at: open.at });
    open = null;
  };
  text.split(/\r\n|\n|\r/).forEach((raw, k) => {
    const line = raw.trim();
    if (line.startsWith("#") || line.startsWith(";")) return;
    if (line === "") {
      close();
      return;
    }
    const more = line.endsWith("\\");
    const at: Place = { file: path, line: k + 1, column: raw.length - raw.trimStart().length + 1 };
    open ??= { parts: [], at };
    open.parts.push(more ? line.slice(0, -1).trimEnd() : line);
    if (!more) close();
  });
  close();
  return lines;
}

/** Words of a list, quotes taken off. */
export const words = (value: string): readonly string[] =>
  [...value.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );

export const isYes = (value: string): boolean => /^(1|yes|y|true|t|on)$/i.test(value);
export const isNo = (value: string): boolean => /^(0|no|n|false|f|off)$/i.test(value);
