/** Single edits of files: which there are, where, and what they make of a tree. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tree } from "../../../../src/importers/contract.js";
import { singleEdits } from "../../../../src/importers/judge/single-edits.js";
import { applyEdit, editOps } from "../../../../src/importers/judge/tree-edit.js";

const treeOf = (files: Readonly<Record<string, string>>): Tree => ({
  files: new Map(Object.entries(files).map(([path, text]) => [path, { path, text }])),
  unread: [],
});
const text = `kind: List
items:
  - name: a
    prune: true
  # a comment

  - name: b
`;
const editsOf = (files: Readonly<Record<string, string>>, matters?: Parameters<typeof singleEdits>[2]) => [
  ...singleEdits(treeOf(files), Object.keys(files), matters),
];
const changed = (op: string, line: number): string | null | undefined =>
  editsOf({ "a.yaml": text }).find((edit) => edit.op === op && edit.at.line === line)?.changes[0]?.text;

describe("single edits", () => {
  it("of every kind", () => {
    const ops = new Set(editsOf({ "d/a.yaml": text, "d/b.yaml": "- ./a.yaml\n" }).map(({ op }) => op));
    expect([...ops].toSorted()).toEqual(Object.keys(editOps).toSorted());
  });

  it("take a line, an entry with what is below it, the rest of the file", () => {
    expect(changed("drop-line", 4)).toBe(text.replace("    prune: true\n", ""));
    expect(changed("drop-entry", 3)).toBe(text.replace("  - name: a\n    prune: true\n", ""));
    expect(changed("drop-entry", 2)).toBe("kind: List\n");
    expect(changed("truncate", 7)).toBe(text.replace("  - name: b\n", ""));
  });

  it("turn switches, misspell names, move a line", () => {
    expect(changed("flip-switch", 4)).toBe(text.replace("true", "false"));
    expect(changed("misspell", 3)).toBe(text.replace("name: a", "name: a-x"));
    expect(changed("indent", 7)).toBe(text.replace("  - name: b", "   - name: b"));
  });

  it("leave comments and blank lines alone", () => {
    expect(editsOf({ "a.yaml": text }).filter(({ at }) => at.line === 5 || at.line === 6)).toEqual([]);
  });

  it("retire what other files list, with the lines that list it", () => {
    const files = {
      "apps/a/x.yaml": "x: 1\n",
      "apps/a/y.yaml": "y: 1\n",
      "apps/list.yaml": "- ./a/x.yaml\n- ./b\n",
    };
    const [whole] = editsOf(files).filter(({ op, subject }) => op === "retire" && subject === "apps/a/");
    expect(whole!.changes).toEqual([
      { path: "apps/a/x.yaml", text: null },
      { path: "apps/a/y.yaml", text: null },
      { path: "apps/list.yaml", text: "- ./b\n" },
    ]);
  });

  it("never show what may be a secret", () => {
    const secret =
      "kind: Secret\nmetadata:\n  name: db\nstringData:\n  user: hunter1\n  blob: |\n    hunter+2/3\n    hunter6\n";
    const compose =
      "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=hunter4\n      API_KEY: hunter5\n";
    const subjects = editsOf({ "a.yaml": secret, "b.yaml": compose }).map(({ subject }) => subject);
    expect(subjects.join("\n")).not.toContain("hunter");
    expect(subjects).toContain("name: db");
    expect(subjects).toContain("- POSTGRES_PASSWORD=…");
  });

  it("know sections of ini files", () => {
    const ini = "[program:a]\ncommand=a\n[program:b]\ncommand=b\n";
    const dropped = editsOf({ "x.conf": ini }).find(({ op, at }) => op === "drop-entry" && at.line === 1);
    expect(dropped?.changes[0]?.text).toBe("[program:b]\ncommand=b\n");
  });

  it("go into an entry only where it matters", () => {
    const all = editsOf({ "a.yaml": text });
    const fewer = editsOf({ "a.yaml": text }, ({ at }) => at.line !== 3);
    expect(all.length).toBeGreaterThan(fewer.length);
    expect(fewer.filter(({ at }) => at.line === 4)).toEqual([]);
    expect(fewer.some(({ op, at }) => op === "drop-entry" && at.line === 3)).toBe(true);
  });

  it("change what they say and nothing else, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a: 1", "- b", "  c: true", "", "# d", "[e]", "\tf", 'g: "')),
        (lines) => {
          const file = lines.join("\n");
          for (const edit of editsOf({ "a.yaml": file, "b.yaml": "x: y" })) {
            for (const change of edit.changes) {
              if (change.path.endsWith(".bak")) continue;
              const before = change.path === "a.yaml" ? file : "x: y";
              expect(change.text).not.toBe(before);
            }
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("a tree with an edit", () => {
  it("shares all other files, and has new ones in their place", () => {
    const tree = treeOf({ "a.yaml": "a: 1\n", "c.yaml": "c: 1\n" });
    const after = applyEdit(tree, {
      changes: [
        { path: "a.yaml", text: null },
        { path: "b.yaml", text: "b" },
      ],
    });
    expect([...after.files.keys()]).toEqual(["b.yaml", "c.yaml"]);
    expect(after.files.get("c.yaml")).toBe(tree.files.get("c.yaml"));
    expect([...tree.files.keys()]).toEqual(["a.yaml", "c.yaml"]);
  });
});
