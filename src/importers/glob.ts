/**
 * Shell patterns over the paths of a tree: `*`, `?` and `[...]` within one part of a path; a leading dot is matched by a dot
 * only. No regular expressions: a pattern with many stars would take for ever.
 */

type Token = { readonly is: "star" } | { readonly is: "one"; readonly fits: (sign: string) => boolean };

function tokensOf(part: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let k = 0; k < part.length; k++) {
    const sign = part[k]!;
    // A bracket right after the opening one, or after `!`, is a member of the set.
    const end = sign === "[" ? part.indexOf("]", k + (part[k + 1] === "!" ? 3 : 2)) : -1;
    if (sign === "*") tokens.push({ is: "star" });
    else if (sign === "?") tokens.push({ is: "one", fits: () => true });
    else if (end > 0) {
      tokens.push({ is: "one", fits: memberOf(part.slice(k + 1, end)) });
      k = end;
    } else tokens.push({ is: "one", fits: (other) => other === sign });
  }
  return tokens;
}

function memberOf(set: string): (sign: string) => boolean {
  const not = set.startsWith("!");
  const members = not ? set.slice(1) : set;
  return (sign) => {
    for (let k = 0; k < members.length; k++) {
      const range = members[k + 1] === "-" && k + 2 < members.length;
      const last = range ? members[k + 2]! : members[k]!;
      if (sign >= members[k]! && sign <= last) return !not;
      if (range) k += 2;
    }
    return not;
  };
}

/** The last star takes as much as is needed: at most length times length steps. */
function fitsPart(tokens: readonly Token[], hidden: boolean, name: string): boolean {
  if (name.startsWith(".") && !hidden) return false;
  let token = 0;
  let sign = 0;
  let star = -1;
  let from = 0;
  while (sign < name.length) {
    const now = tokens[token];
    if (now?.is === "one" && now.fits(name[sign]!)) {
      token++;
      sign++;
    } else if (now?.is === "star") {
      star = token++;
      from = sign;
    } else if (star >= 0) {
      token = star + 1;
      sign = ++from;
    } else return false;
  }
  while (tokens[token]?.is === "star") token++;
  return token === tokens.length;
}

/** Paths that a pattern without a leading slash matches, in the order given. */
export function matching(pattern: string, paths: Iterable<string>): readonly string[] {
  const parts = pattern.split("/").map((part) => ({ tokens: tokensOf(part), hidden: part.startsWith(".") }));
  return [...paths].filter((path) => {
    const names = path.split("/");
    return (
      names.length === parts.length &&
      names.every((name, k) => fitsPart(parts[k]!.tokens, parts[k]!.hidden, name))
    );
  });
}
