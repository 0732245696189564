/** The text of a scenario: YAML 1.2 to plain data, and from a path back to line and column. */
import { type Document, isAlias, isMap, isNode, isPair, LineCounter, parseDocument } from "yaml";
import type { Issue } from "../base/issue.js";
import type { Json } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";

/** Characters; larger files are refused before they are parsed. */
export const sourceSizeMax = 4_000_000;
/** Uses of one anchor's content, counted through nested aliases: far more than people write. */
const aliasesMax = 100;

export type Path = readonly (string | number)[];

export class Source {
  constructor(
    readonly file: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
    readonly value: Json,
  ) {}

  /** Place of a value, or of its nearest parent that is in the text. `key`: of the key instead of the value. */
  position(path: Path, key = false): { line: number; column: number } {
    for (let length = path.length; length >= 0; length--) {
      const offset = this.offsetOf(path.slice(0, length), key && length === path.length);
      if (offset !== undefined) {
        const { line, col } = this.lines.linePos(offset);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  }

  has(path: Path): boolean {
    return this.document.hasIn(path);
  }

  private offsetOf(path: Path, key: boolean): number | undefined {
    if (path.length === 0) return this.document.contents?.range?.[0] ?? undefined;
    if (key || typeof path.at(-1) === "string") {
      const parent =
        path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
      if (isMap(parent)) {
        const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(path.at(-1)));
        const node = key ? pair?.key : pair?.value;
        if (isNode(node) && node.range !== undefined && node.range !== null) return node.range[0];
      }
    }
    const node = this.document.getIn(path, true);
    return isNode(node) && !isAlias(node) && node.range !== null && node.range !== undefined
      ? node.range[0]
      : undefined;
  }
}

/** Where the parser's own words speak to programmers. */
const yamlMessages: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "this key is there twice",
  MULTIPLE_DOCS: "a second document begins here; a scenario is one document a file",
};

/** Every way in which a text is not a scenario at all. */
export function readSource(text: string, file: string): Result<Source, readonly Issue[]> {
  const fail = (code: string, message: string, more: Partial<Issue> = {}): Result<Source, readonly Issue[]> =>
    err([{ code, severity: "error", file, message, ...more }]);
  if (text.length > sourceSizeMax) {
    return fail("too-large", `the file has ${text.length} characters`, {
      expected: `at most ${sourceSizeMax}`,
    });
  }
  if (text.trim() === "") {
    return fail("empty", "the file is empty", {
      line: 1,
      column: 1,
      hint: "`fleetquake init` writes one to start from",
    });
  }
  if (text.includes("\u0000")) return fail("not-text", "this is not a text file", { line: 1, column: 1 });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return err(
      document.errors.map((error): Issue => {
        const { line, col } = lines.linePos(error.pos[0]);
        const duplicate = error.code === "DUPLICATE_KEY";
        return {
          code: duplicate ? "duplicate-key" : "yaml",
          severity: "error",
          file,
          line,
          column: col,
          message: yamlMessages[error.code] ?? error.message,
          ...(duplicate ? { hint: "keep one of them" } : {}),
        };
      }),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: aliasesMax });
  } catch {
    return fail("alias-bomb", "the aliases of this file expand to too much", {
      line: 1,
      column: 1,
      expected: `at most ${aliasesMax} uses of an anchor`,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? "a list" : value === null ? "nothing but comments" : "a single value";
    return fail("not-a-map", `the file holds ${what}`, {
      line: 1,
      column: 1,
      expected: "a mapping with title, regions, services, ...",
    });
  }
  return ok(new Source(file, document, lines, value as Json));
}
