/** YAML texts to placed values: aliases resolved, merge keys (`<<`) applied, bounded. */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Place, TreeFile } from "./contract.js";
import type { Finding } from "./issues.js";
import type { Placed, PlacedEntry } from "./placed-value.js";
import { templateLine, templateMessage } from "./template-line.js";

/** Nodes of one file after aliases: more than any file of people, far less than an alias bomb. */
const nodesMax = 200_000;
const depthMax = 200;
const charactersMax = 4_000_000;

export interface YamlProblem extends Finding {
  readonly at: Place;
}

export interface ReadYaml {
  /** Null: the file holds nothing, or nothing that can be understood. */
  readonly value: Placed | null;
  readonly problems: readonly YamlProblem[];
}

/** What was read, by path and text: the same files come again when a change of one of them is judged. */
const cache = new Map<string, ReadYaml>();
const cachedMax = 512;

export function readYaml(file: TreeFile): ReadYaml {
  const key = `${file.path}\u0000${file.text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const read = parse(file);
  if (cache.size >= cachedMax) cache.clear();
  cache.set(key, read);
  return read;
}

/** In words of ours: the parser's own may quote the text, which may hold secrets. */
const messages: Readonly<Record<string, string>> = {
  BAD_INDENT: "the indentation does not fit",
  BLOCK_AS_IMPLICIT_KEY: "a mapping begins where a value was expected",
  MISSING_CHAR: "a closing sign is missing",
  MULTIPLE_DOCS: "a second document begins here; one a file is read",
  MULTILINE_IMPLICIT_KEY: "a key goes over several lines",
  TAB_AS_INDENT: "a tab is no indentation",
  UNEXPECTED_TOKEN: "this is not expected here",
  BAD_ALIAS: "this alias has no name",
};

function parse({ path, text }: TreeFile): ReadYaml {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const nothing = (code: string, message: string): ReadYaml => ({
    value: null,
    problems: [{ at: { file: path, line: 1, column: 1 }, code, message }],
  });
  if (text.length > charactersMax) return nothing("too-large", "this file is too large");
  let document: ReturnType<typeof parseDocument>;
  try {
    // The parser compares every key with every other; the walker below looks them up.
    document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      merge: false,
      uniqueKeys: false,
    });
  } catch {
    return nothing("yaml", "this nests too deeply to be read"); // the parser is recursive
  }
  if (document.errors.length > 0) {
    const template = templateLine(text);
    if (template !== null)
      return { value: null, problems: [{ at: place(template), code: "template", message: templateMessage }] };
    const problems = document.errors.map((error): YamlProblem => {
      return { at: place(error.pos[0]), code: "yaml", message: messages[error.code] ?? "this is no YAML" };
    });
    return { value: null, problems };
  }
  if (!isNode(document.contents)) return { value: null, problems: [] };
  const walker = new Walker(place);
  const value = walker.value(document.contents, 0);
  if (walker.full) return nothing("alias-bomb", "this file holds too much once its aliases are put in");
  const template = walker.problems.find(({ code }) => code === "template");
  return template === undefined
    ? { value, problems: walker.problems }
    : { value: null, problems: [template] };
}

class Walker {
  readonly problems: YamlProblem[] = [];
  full = false;
  private nodes = 0;
  private readonly anchors = new Map<string, { readonly value: Placed; readonly nodes: number }>();

  constructor(private readonly place: (offset: number) => Place) {}

  value(node: unknown, depth: number): Placed {
    const at = this.place(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    const none: Placed = { is: "scalar", value: null, at, tag: null };
    if (++this.nodes > nodesMax) this.full = true;
    if (this.full || !isNode(node)) return none;
    if (isAlias(node)) return this.alias(node.source, at, none);
    const before = this.nodes;
    const value = depth > depthMax ? this.tooDeep(at, none) : this.content(node, at, depth);
    if ("anchor" in node && typeof node.anchor === "string")
      this.anchors.set(node.anchor, { value, nodes: this.nodes - before + 1 });
    return value;
  }

  private alias(name: string, at: Place, none: Placed): Placed {
    const target = this.anchors.get(name);
    if (target === undefined) {
      this.problems.push({ at, code: "alias", message: `the alias "${name}" has no anchor before it` });
      return none;
    }
    this.nodes += target.nodes;
    if (this.nodes > nodesMax) this.full = true;
    return target.value;
  }

  private tooDeep(at: Place, none: Placed): Placed {
    this.problems.push({ at, code: "too-deep", message: "this nests too deeply" });
    return none;
  }

  private content(node: unknown, at: Place, depth: number): Placed {
    const tag = (node as { tag?: string }).tag ?? null;
    if (isSeq(node))
      return { is: "list", items: node.items.map((item) => this.value(item, depth + 1)), at, tag };
    if (!isMap(node)) {
      const value = isScalar(node) ? node.value : null;
      return { is: "scalar", value: plain(value), at, tag };
    }
    const own = new Map<string, PlacedEntry>();
    const merged: Placed[] = [];
    for (const { key, value } of node.items) {
      // `{{ name }}` is a mapping with a mapping for a key: valid YAML, and never meant.
      if (isMap(key))
        this.problems.push({
          at: this.place(node.range?.[0] ?? 0),
          code: "template",
          message: templateMessage,
        });
      const text = isScalar(key) ? String(key.value ?? "") : "";
      const entry = {
        at: this.place(isNode(key) ? (key.range?.[0] ?? 0) : 0),
        value: this.value(value, depth + 1),
      };
      if (text === "<<")
        for (const one of entry.value.is === "list" ? entry.value.items : [entry.value]) merged.push(one);
      else {
        if (own.has(text))
          this.problems.push({ at: entry.at, code: "duplicate-key", message: "this key is there twice" });
        own.set(text, entry);
      }
    }
    return { is: "map", entries: withMerged(own, merged), at, tag };
  }
}

/** Own keys win, then the earlier of the merged mappings: https://yaml.org/type/merge.html */
function withMerged(
  own: Map<string, PlacedEntry>,
  merged: readonly Placed[],
): ReadonlyMap<string, PlacedEntry> {
  for (const value of merged) {
    if (value.is !== "map") continue;
    for (const [key, entry] of value.entries) if (!own.has(key)) own.set(key, entry);
  }
  return own;
}

const plain = (value: unknown): string | number | boolean | null =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : value === null || value === undefined
      ? null
      : String(value);
