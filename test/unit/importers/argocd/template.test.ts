/** Templates and patterns of ApplicationSets. */
import { expect, test } from "vitest";
import { globMatches } from "../../../../src/importers/argocd/glob.js";
import { render } from "../../../../src/importers/argocd/template.js";

const parameters = {
  path: {
    path: "apps/My_App",
    basename: "My_App",
    basenameNormalized: "my-app",
    segments: ["apps", "My_App"],
  },
  cluster: { name: "north", "a.b": "dotted" },
  "flat.key": "flat",
  empty: "",
  count: 3,
};

test.each([
  ["{{path}}", "apps/My_App"],
  ["{{ path.basename }}-x", "My_App-x"],
  ["{{path.basenameNormalized}}", "my-app"],
  ["{{path[0]}}", "apps"],
  ["{{cluster.name}}{{count}}", "north3"],
  ["{{cluster.a.b}} {{flat.key}}", "dotted flat"],
  ["{{unknown}}", "{{unknown}}"],
  ["{{cluster}}", "{{cluster}}"],
])("%s is %s", (text, expected) => {
  expect(render(text, parameters, false, new Set())).toBe(expected);
});

test.each([
  ["{{ .path.path }}", "apps/My_App"],
  ["{{- .cluster.name -}}", "north"],
  ["{{ index .path.segments 1 }}", "My_App"],
  ['{{ index .cluster "a.b" }}', "dotted"],
  ["{{ .path.basename | normalize }}", "my-app"],
  ["{{ normalize .path.basename }}", "my-app"],
  ['{{ .empty | default "other" }}', "other"],
  ['{{ .unknown | default "other" }}', "other"],
  ['{{ .path.basename | lower | replace "_" "-" }}', "my-app"],
  ['{{ trimPrefix "apps/" .path.path | upper }}', "MY_APP"],
  ['{{ printf "%s-%d" .cluster.name .count }}', "north-3"],
  ["{{ base .path.path }}", "My_App"],
  ["{{ .unknown }}", "{{ .unknown }}"],
  ["{{ if .x }}", "{{ if .x }}"],
  ["{{ sha256sum .count }}", "{{ sha256sum .count }}"],
])("%s is %s in Go", (text, expected) => {
  expect(render(text, parameters, true, new Set())).toBe(expected);
});

test("what is not understood is told", () => {
  const failed = new Set<string>();
  render("{{ if .x }}a{{ end }} {{ .count }}", parameters, true, failed);
  expect([...failed]).toEqual(["{{ if .x }}", "{{ end }}"]);
});

test.each([
  ["apps/*", "apps/a", true],
  ["apps/*", "apps/a/b", false],
  ["*", "apps", true],
  ["apps/**/config.json", "apps/config.json", true],
  ["apps/**/config.json", "apps/x/y/config.json", true],
  ["apps/[ab]x", "apps/bx", true],
  ["apps/[!a-c]x", "apps/bx", false],
  ["apps/?", "apps/ab", false],
  ["a*b*c", "aXbYbc", true],
  [`${"*a".repeat(40)}b`, "a".repeat(80), false],
])("%s matches %s: %s", (pattern, path, matches) => {
  expect(globMatches(pattern, path)).toBe(matches);
});
