/** `configuration: { import, root }`: what is asked of whoever reads folders, and what a run makes of the files. */
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import { err, ok } from "../../../src/base/result.js";
import { supervisord } from "../../../src/importers/supervisord/supervisord.js";
import { foreignFormat } from "../../../src/importers/understand.js";
import { buildRun, type Catalogue } from "../../../src/scenario/build-run.js";
import { formatScenario } from "../../../src/scenario/format.js";
import type { FolderRequest, ReadFolder } from "../../../src/scenario/imported-folder.js";
import { parseScenario } from "../../../src/scenario/parse.js";
import type { Run } from "../../../src/scenario/run.js";
import type { Scenario } from "../../../src/scenario/scenario.js";
import { catalogue } from "../../helpers/catalogue.js";
import { traceOf } from "../../helpers/scenario.js";

const conf = "[supervisord]\n\n[program:a]\ncommand=/a\n\n[program:b]\ncommand=/b\n";
const text = `fleetquake: 1
title: Two programs
regions: { here: { members: [here-1] } }
services:
  a: { manager: supervisord, deploy: 1m }
  b: { manager: supervisord, deploy: 1m }
managers: { supervisord: { model: supervisord/update } }
configuration: { import: supervisord, root: ./host }
`;

const one: ReadFolder = () => ok({ documents: { "supervisord.conf": conf }, links: {} });
const withFormats: Catalogue = { ...catalogue, formats: [foreignFormat(supervisord)] };

function parsed(source: string, readFolder?: ReadFolder): Scenario {
  const result = parseScenario(source, "x.yaml", readFolder === undefined ? {} : { readFolder });
  if (!result.ok) throw new Error(result.error.map(formatIssue).join("\n"));
  return result.value.scenario;
}

function runOf(source: string): Run {
  const built = buildRun("x", parsed(source, one).variants[0]!, withFormats);
  if (!built.ok) throw new Error(built.error.map(formatIssue).join("\n"));
  return built.value;
}

const problems = (source: string, from: Catalogue, readFolder?: ReadFolder): readonly string[] => {
  const built = buildRun("x", parsed(source, readFolder).variants[0]!, from);
  return built.ok ? [] : built.error.map(({ code, path }) => `${code} ${path}`);
};

const removed = (run: Run): readonly string[] =>
  traceOf(run).events.flatMap((event) => (event.e === "removed" ? [event.service] : []));

describe("the folder", () => {
  it("is asked for once for the scenario and once for a variant with one of its own", () => {
    const asked: FolderRequest[] = [];
    const source = `${text}variants:
  plain: {}
  other: { configuration: { import: supervisord, root: ./other, entry: [a.conf], variables: { N: "1" } } }
`;
    const scenario = parsed(source, (request) => {
      asked.push(request);
      return ok({ documents: { "supervisord.conf": `; ${request.root}\n${conf}` }, links: { l: "m" } });
    });
    expect(asked).toEqual([
      { format: "supervisord", root: "./host", entry: [], variables: {}, profiles: [] },
      { format: "supervisord", root: "./other", entry: ["a.conf"], variables: { N: "1" }, profiles: [] },
    ]);
    expect(scenario.variants.map(({ spec }) => spec.configuration)).toMatchObject([
      { kind: "imported", root: "./host", links: { l: "m" } },
      { kind: "imported", documents: [{ id: "supervisord.conf", text: `; ./other\n${conf}` }] },
    ]);
  });

  it("is read no more once the files stand beside it: what is written is what was read", () => {
    const scenario = parsed(text, one);
    const never: ReadFolder = () => err({ code: "asked", severity: "error", message: "asked" });
    const again = parsed(formatScenario(scenario), never);
    expect(again.variants).toEqual(scenario.variants);
    expect(formatScenario(again)).toBe(formatScenario(scenario));
  });

  it("that cannot be read is an issue at its place", () => {
    const readFolder: ReadFolder = () => err({ code: "no-file", severity: "error", message: "not there" });
    const result = parseScenario(text, "x.yaml", { readFolder });
    expect(result.ok ? [] : result.error.map(formatIssue)).toEqual([
      expect.stringMatching(/^x\.yaml:8:45: error no-file: not there/),
    ]);
  });

  it("needs somebody who reads it, and a catalogue that knows the format", () => {
    expect(problems(text, withFormats)).toEqual(["unread configuration.root"]);
    expect(problems(text, catalogue, one)).toEqual(["unknown-format configuration.import"]);
  });
});

describe("a run", () => {
  it("begins with the files as documents, and takes nothing away", () => {
    const run = runOf(text);
    expect(run.documents).toEqual([{ id: "files/supervisord.conf", version: 1, text: conf }]);
    expect(removed(run)).toEqual([]);
  });

  it("takes away what a change takes out of the files", () => {
    const edit = `{ text: files/supervisord.conf, replace: "[program:b]", with: ";[program:b]" }`;
    const comment = `{ text: files/supervisord.conf, replace: "command=/b", with: ";command=/b" }`;
    const change = `changes:\n  - at: 5m\n    edits: [${edit}, ${comment}]\n`;
    expect(removed(runOf(text + change))).toEqual(["b"]);
  });

  it("keeps everything on a change that supervisord refuses", () => {
    const edit = `{ text: files/supervisord.conf, replace: "command=/b", with: "numprocs=many" }`;
    expect(removed(runOf(`${text}changes:\n  - { at: 5m, edits: [${edit}] }\n`))).toEqual([]);
  });

  it("is not made of what does not fit the files", () => {
    const without = text.replace("  b: {", "  c: {");
    expect(problems(without, withFormats, one)).toEqual(["not-described services.c"]);
    const another = text.replace("managers: {", "managers: { x: { model: pruning },");
    expect(problems(another, withFormats, one)).toEqual(["not-described managers.x"]);
    const stored = text.replace(
      "supervisord/update }",
      "supervisord/update, guards: { stored: in-configuration } }",
    );
    expect(problems(stored, withFormats, one)).toEqual(["stored-guards managers.supervisord.guards.stored"]);
    const mute = `${text}changes:\n  - { at: 5m, intend: { remove: [b] } }\n`;
    expect(problems(mute, withFormats, one)).toEqual(["no-edits changes[0]"]);
    const lost = `${text}changes:\n  - { at: 5m, edits: [{ text: files/x.conf, replace: a, with: b }] }\n`;
    expect(problems(lost, withFormats, one)).toEqual([
      expect.stringMatching(/^no-such-document changes\[0\]/),
    ]);
  });
});
