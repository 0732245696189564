/** The edit that did it: the guilty line is found from the causes of the run, in incidents of different kinds. */
import { describe, expect, it } from "vitest";
import { type ToldChange, toldChanges } from "../../../src/trace/told-changes.js";
import { runOf, scenarioFile, traceOf } from "../../helpers/scenario.js";

function changesIn(file: string): readonly ToldChange[] {
  const run = runOf(scenarioFile(file));
  return toldChanges(run, traceOf(run));
}

/** Document, sign and text of every marked line. */
const guiltyIn = (changes: readonly ToldChange[]): readonly string[] =>
  changes.flatMap(({ documents }) =>
    documents.flatMap(({ id, lines }) =>
      lines.filter(({ guilty }) => guilty).map(({ kind, text }) => `${id} ${kind} ${text.trim()}`),
    ),
  );

describe("the line that did it", () => {
  it.each([
    // A reference that the edit left behind, in a document that nobody touched.
    ["duo-2025-02-13.yaml", "managers/legacy.yaml same - deprecated-app", true],
    ["herd-at-restoration.yaml", "managers/deployer.yaml same - reports", true],
    // A reference to something that went by mistake: the intention had nothing to take out there.
    ["partial-rollout.yaml", "managers/deployer.yaml same - tokens", false],
    // An owner that went as asked, and what it owned with it.
    ["cascade-by-ownership.yaml", "applications/shop-app.yaml removed - shop", false],
    // An old name that is gone, where a new one was meant.
    ["rename-flux-3316.yaml", "applications/database.yaml removed name: database", false],
  ])("%s", (file, line, leftOut) => {
    const changes = changesIn(file);
    expect(guiltyIn(changes)).toEqual([line]);
    const root = changes.find((change) => change.root)!;
    expect(root.misread).not.toBeNull();
    expect(root.leftOut).toBe(leftOut);
    // It stands first, whatever else was edited.
    expect(root.documents[0]!.lines.some(({ guilty }) => guilty)).toBe(true);
    // Only what was left behind lies in a document that is as it was.
    expect(root.documents[0]!.untouched).toBe(line.includes(" same "));
  });

  it("is none where the cause was no edit", () => {
    const changes = changesIn("stale-observation.yaml");
    expect(changes.map(({ root }) => root)).toEqual([false, false]);
    expect(guiltyIn(changes)).toEqual([]);
    expect(changes.every(({ touched }) => touched > 0)).toBe(true);
  });

  it("names no document of the ledger of removals", () => {
    for (const { documents } of changesIn("duo-2025-02-13.yaml"))
      expect(documents.filter(({ id }) => id.startsWith("tickets/"))).toEqual([]);
  });
});
