/** JUnit: well-formed whatever the names are, and what a build server counts is what was found. */
import { describe, expect, it } from "vitest";
import { junit } from "../../../../src/report/check/junit.js";
import { checkFileOf, clean, empty, hostile, violated } from "../../../helpers/check-result.js";

/** Strict where XML is: names, quoted attributes, nesting, only characters that may be there. Null where all is well. */
function mistake(xml: string): string | null {
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  if (illegal !== null) return `character ${illegal[0].charCodeAt(0)}`;
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')) return "no declaration";
  const token =
    /<(\/?)([a-z][\w-]*)((?:\s+[a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|#\d+);)*")*)\s*(\/?)>|((?:[^<&>]|&(?:amp|lt|gt|quot|#\d+);)+)/y;
  token.lastIndex = xml.indexOf("\n") + 1;
  const open: string[] = [];
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) return `not XML: ${xml.slice(at, at + 80)}`;
    const [, end, name, attributes = "", empty, text] = match;
    if (text !== undefined) {
      if (open.length === 0 && text.trim() !== "") return `text outside: ${text}`;
      continue;
    }
    const names = [...attributes.matchAll(/([a-z]+)="/g)].map(([, key]) => key);
    if (new Set(names).size < names.length) return `attribute twice: ${attributes}`;
    if (end === "/") {
      if (open.pop() !== name) return `closes ${name}`;
    } else if (empty === "") open.push(name!);
  }
  return open.length === 0 ? null : `open: ${open.join(" ")}`;
}

const count = (xml: string, pattern: RegExp): number => [...xml.matchAll(pattern)].length;

describe("JUnit", () => {
  it.each([
    ["violated", checkFileOf(violated)],
    ["clean", checkFileOf(clean)],
    ["empty", checkFileOf(empty)],
    ["hostile", checkFileOf(hostile)],
    ["several", checkFileOf(violated, clean, empty, hostile)],
    ["none", checkFileOf()],
  ])("%s is well-formed, and its counts are those of its elements", (_, file) => {
    const xml = junit(file);
    expect(mistake(xml)).toBeNull();
    const [, tests, failures, errors, skipped] =
      /<testsuites .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml)!;
    expect([tests, failures, errors, skipped].map(Number)).toEqual([
      count(xml, /<testcase /g),
      count(xml, /<failure /g),
      count(xml, /<error /g),
      count(xml, /<skipped /g),
    ]);
  });

  it("the check of well-formedness finds mistakes", () => {
    const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
    for (const wrong of [
      "<a>",
      "<a></b>",
      '<a b="<"/>',
      "<a>&</a>",
      "<a>\u0001</a>",
      '<a b="1" b="2"/>',
      "<a>]]></a>",
    ])
      expect(mistake(head + wrong), wrong).not.toBeNull();
  });

  it("a violation of the gate fails with everything needed to understand and repeat it", () => {
    const xml = junit(checkFileOf(violated));
    const failure = /<failure [^>]*no longer named.*?<\/failure>/s.exec(xml)![0];
    expect(failure).toContain('type="violated"');
    for (const part of ["    -   - push", "+1m  legacy no longer finds push", "replay: fleetquake check"])
      expect(failure).toContain(part);
  });

  it("no verdict is no success, what does not apply is skipped, what only reports passes and says so", () => {
    const xml = junit(checkFileOf(violated, empty));
    expect(xml).toContain('<failure type="never-exercised" message="never-exercised: no case was judged">');
    expect(xml).toContain('<error type="out-of-budget"');
    expect(xml).toContain('<skipped message="not-applicable: the scenario has no variant of one region');
    expect(xml).toMatch(
      /<testcase name="black-start"[^>]*>\n<system-out>violation, reported only black-start-1/,
    );
    expect(xml).toMatch(/<testcase name="fail-static"[^>]*>\n<system-out>hazard fail-static-1/);
  });
});
