/** `%(name)s` in values of supervisord: Python's formatting with a mapping. */

export interface Expanded {
  readonly text: string;
  /** Null: fine. Otherwise supervisord refuses its whole configuration. */
  readonly problem: string | null;
  /** Variables of the environment that were asked for and are not known here. */
  readonly unknown: readonly string[];
}

const conversion = /^%(?:\(([^)]*)\))?([-+ #0]*\d*(?:\.\d+)?)([diouxXeEfFgGcrsa%])/;

export function expand(text: string, names: ReadonlyMap<string, string | number>): Expanded {
  const unknown: string[] = [];
  let out = "";
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("%", at);
    if (next < 0) return { text: out + text.slice(at), problem: null, unknown };
    out += text.slice(at, next);
    const found = conversion.exec(text.slice(next, next + 300));
    if (found === null)
      return { text: out, problem: "a % that is no %(name)s has to be written %%", unknown };
    const [all, name, width, type] = found as unknown as [string, string | undefined, string, string];
    at = next + all.length;
    if (type === "%" && name === undefined) {
      out += "%";
      continue;
    }
    if (name === undefined)
      return { text: out, problem: "a % that is no %(name)s has to be written %%", unknown };
    const value = names.get(name);
    if (value === undefined && name.startsWith("ENV_")) unknown.push(name.slice(4));
    else if (value === undefined)
      return {
        text: out,
        problem: `%(${name})s names nothing; known are ${[...names.keys()].join(", ")}, ENV_...`,
        unknown,
      };
    else if ("diouxXeEfFgGc".includes(type) && typeof value !== "number")
      return { text: out, problem: `%(${name})${type} wants a number`, unknown };
    else out += padded(String(value), width);
  }
  return { text: out, problem: null, unknown };
}

/** Of the formats of numbers only widths matter for names: `%(process_num)02d`. */
function padded(text: string, format: string): string {
  const width = Number(/\d+/.exec(format.replace(/^[-+ #]*/, ""))?.[0] ?? 0);
  return text.padStart(Math.min(width, 100), format.startsWith("0") ? "0" : " ");
}
