/** Patterns of paths: `path.Match` of Go, in which `*` stays within a directory, with `**` for any number of directories. */
export function globMatches(pattern: string, path: string): boolean {
  return matchSteps(pattern.replace(/^\.?\/+|\/+$/g, "").split("/"), path.split("/"));
}

function matchSteps(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length === 0) return path.length === 0;
  const [first, ...rest] = pattern;
  if (first === "**") {
    for (let i = 0; i <= path.length; i++) if (matchSteps(rest, path.slice(i))) return true;
    return false;
  }
  return path.length > 0 && matchStep(first!, path[0]!) && matchSteps(rest, path.slice(1));
}

/** One step: `*`, `?` and classes, without regular expressions, which could take for ever. */
function matchStep(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let back = 0;
  while (t < text.length) {
    const one = pattern[p] === "*" ? 0 : matchOne(pattern, p, text[t]!);
    if (one > 0) {
      p += one;
      t++;
    } else if (pattern[p] === "*") {
      star = p++;
      back = t;
    } else if (star !== -1) {
      p = star + 1;
      t = ++back;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** How many signs of the pattern match one sign; 0: they do not. */
function matchOne(pattern: string, at: number, sign: string): number {
  const first = pattern[at];
  if (first === undefined) return 0;
  if (first === "?") return 1;
  const end = first === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (end === -1) return first === sign ? 1 : 0;
  const not = pattern[at + 1] === "^" || pattern[at + 1] === "!";
  const inside = pattern.slice(at + (not ? 2 : 1), end);
  let found = false;
  for (let i = 0; i < inside.length; i++) {
    if (inside[i + 1] === "-" && i + 2 < inside.length) {
      if (inside[i]! <= sign && sign <= inside[i + 2]!) found = true;
      i += 2;
    } else if (inside[i] === sign) found = true;
  }
  return found === not ? 0 : end - at + 1;
}
