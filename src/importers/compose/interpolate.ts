/**
 * `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, `${NAME?message}`, `${NAME:+other}`,
 * `${NAME+other}` and `$$`, as compose puts them in. https://docs.docker.com/reference/compose-file/interpolation/
 */

export type Lookup = (name: string) => string | undefined;

export type InterpolationProblem =
  | { readonly kind: "invalid" }
  /** No value and no default: an empty text is taken. */
  | { readonly kind: "unset"; readonly name: string }
  /** The file demands a value; its message is not passed on, it may be one. */
  | { readonly kind: "required"; readonly name: string };

export interface Interpolated {
  readonly text: string;
  readonly problems: readonly InterpolationProblem[];
}

const nestingMax = 20;

export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes("$")) return { text, problems: [] };
  const problems: InterpolationProblem[] = [];
  return { text: substitute(text, lookup, problems, 0), problems };
}

function substitute(text: string, lookup: Lookup, problems: InterpolationProblem[], depth: number): string {
  let out = "";
  let at = 0;
  for (let next = text.indexOf("$"); next >= 0; next = text.indexOf("$", at)) {
    out += text.slice(at, next);
    const named = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(next + 1, next + 201));
    if (text[next + 1] === "$") {
      out += "$";
      at = next + 2;
    } else if (named !== null) {
      out += plain(named[0], lookup, problems);
      at = next + 1 + named[0].length;
    } else {
      const end = text[next + 1] === "{" ? closing(text, next + 2) : -1;
      if (end < 0 || depth > nestingMax) {
        problems.push({ kind: "invalid" });
        return out + text.slice(next);
      }
      out += braced(text.slice(next + 2, end), lookup, problems, depth);
      at = end + 1;
    }
  }
  return out + text.slice(at);
}

function plain(name: string, lookup: Lookup, problems: InterpolationProblem[]): string {
  const value = lookup(name);
  if (value === undefined) problems.push({ kind: "unset", name });
  return value ?? "";
}

/** Where the brace that is open at `from` is closed, past nested `${`. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let k = from; k < text.length; k++) {
    if (text[k] === "}" && --open === 0) return k;
    if (text[k] === "$" && text[k + 1] === "{") open++;
  }
  return -1;
}

function braced(inside: string, lookup: Lookup, problems: InterpolationProblem[], depth: number): string {
  const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(inside)?.[0];
  const sign = name === undefined ? null : /^(:?)([-?+])/.exec(inside.slice(name.length));
  if (name === undefined || (sign === null && name !== inside)) {
    problems.push({ kind: "invalid" });
    return "";
  }
  if (sign === null) return plain(name, lookup, problems);
  const value = lookup(name);
  const there = value !== undefined && (sign[1] === "" || value !== "");
  const rest = inside.slice(name.length + sign[0].length);
  if (sign[2] === "?") {
    if (!there) problems.push({ kind: "required", name });
    return there ? value : "";
  }
  if (sign[2] === "+") return there ? substitute(rest, lookup, problems, depth + 1) : "";
  return there ? value : substitute(rest, lookup, problems, depth + 1);
}
