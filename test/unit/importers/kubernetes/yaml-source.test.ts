/** Texts become values that know where they stand, whatever the text is. */
import { expect, test } from "vitest";
import { parseYaml } from "../../../../src/importers/kubernetes/yaml-source.js";

const origin = { file: "a.yaml", line: 1, column: 1 };
const parse = (text: string) => parseYaml(text, origin);

test("every document of a text, with places that count from 1; empty ones are left out", () => {
  const { documents, problem } = parse("# nothing\n---\na:\n  - b: 1\n---\n---\nc: true\n");
  expect(problem).toBeNull();
  expect(documents.map(({ value }) => value)).toEqual([{ a: [{ b: 1 }] }, { c: true }]);
  expect(documents[0]!.locate(["a", 0, "b"])).toEqual({ file: "a.yaml", line: 4, column: 5 });
  expect(documents[1]!.locate(["c"])).toEqual({ file: "a.yaml", line: 7, column: 1 });
  expect(documents[1]!.locate(["c", "d"])).toBeNull();
});

test("a text within a text begins after the indentation of its first line", () => {
  const [document] = parse("patch: |-\n\n    kind: X\n").documents;
  expect(document!.origin(["patch"])).toMatchObject({ line: 2 });
  const [inline] = parse("- patch: |\n    kind: X\n").documents;
  expect(inline!.origin([0, "patch"])).toEqual({ file: "a.yaml", line: 2, column: 5 });
  const inner = parseYaml("kind: X\n", inline!.origin([0, "patch"])!);
  expect(inner.documents[0]!.locate(["kind"])).toEqual({ file: "a.yaml", line: 2, column: 5 });
});

test("merge keys and aliases unfold; what is written wins over what is merged", () => {
  const { documents } = parse("base: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\nsame: *b\n");
  expect(documents[0]!.value).toEqual({ base: { x: 1, y: 2 }, more: { x: 1, y: 3 }, same: { x: 1, y: 2 } });
  expect(documents[0]!.locate(["same", "y"])).toMatchObject({ line: 1 });
});

test("aliases that unfold without end are a problem and no heap", () => {
  const levels = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (const [i, name] of [..."bcdefghij"].entries()) {
    const before = "abcdefghij"[i]!;
    levels.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(", ")}]`);
  }
  expect(parse(levels.join("\n")).problem).toMatchObject({ kind: "aliases" });
});

test.each([
  ["brackets", "[".repeat(20_000)],
  ["dashes", "- ".repeat(5_000)],
  ["explicit keys", `a: 1\nb:\n  ${"? ".repeat(20_000)}x`],
  ["entries and keys", `${" ".repeat(3)}${"- ? ".repeat(5_000)}`],
  ["a mapping in a mapping", Array.from({ length: 400 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
])("%s without end are a problem and no overflow", (_, text) => {
  expect(parse(text).problem).not.toBeNull();
});

test.each([
  ["as a value", "kind: Secret\nname: {{ .Values.name }}\n", 2, 7],
  ["around lines", "{{- range .Values.list }}\nkind: X\n{{ end }}\n", 1, 1],
])("a template %s is told apart from YAML, with its line", (_, text, line, column) => {
  expect(parse(text).problem).toMatchObject({ kind: "template", at: { line, column } });
});

test("braces in quotes and in blocks of text are no template", () => {
  expect(parse('a: "{{ .name }}"\nb: |\n  {{ $labels.name }}\n').problem).toBeNull();
});

test.each([
  ["a key twice", "a: 1\na: 2\n", 2],
  ["a broken mapping", "a:\n  b: [\n", 3],
])("%s is a syntax error with its place", (_, text, line) => {
  const { problem, documents } = parse(text);
  expect(problem).toMatchObject({ kind: "syntax", at: { file: "a.yaml", line } });
  expect(documents).toEqual([]);
});

test("__proto__ is a key like any other", () => {
  const { value } = parse("__proto__: {polluted: true}\n").documents[0]!;
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
