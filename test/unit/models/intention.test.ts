import { describe, expect, it } from "vitest";
import { runOf, scenarioOf, traceOf, verdictsOf } from "../../helpers/scenario.js";

const text = (change: string, defects = "[]"): string => `
fleetquake: 1
title: Intentions
regions: { eu: { members: [eu-1] } }
services:
  boss: { manager: m, placement: global }
  cache: { manager: m }
  extra: { manager: m }
  api: { manager: m, needs: [cache, extra] }
  web: { manager: m, needs: [{ service: cache, kind: soft }] }
managers: { m: { model: legacy, service: boss, deployedBy: people, defects: ${defects} } }
changes: [{ at: 1m, author: x, approvals: [{ by: y, covers: [cache, extra] }], ${change} }]
`;
const documentsAfter = (change: string, defects?: string) => {
  const run = runOf(scenarioOf(text(change, defects)));
  return Object.fromEntries(run.changes[0]!.documents.map((doc) => [doc.id, doc.text]));
};

describe("what an intention edits", () => {
  it("removes the document, the reference in the own entry, and what others need of it", () => {
    const documents = documentsAfter("intend: { remove: [cache, extra] }");
    expect(Object.keys(documents)).not.toContain("applications/cache.yaml");
    expect(documents["managers/m.yaml"]).not.toMatch(/cache|extra/);
    expect(documents["applications/api.yaml"]).toContain("needs: []");
    expect(documents["tickets/change-1.yaml"]).toContain('"removes":["cache","extra"]');
  });

  it("leaves the reference in the own entry where the version has the defect, and repairs it afterwards", () => {
    const defects = "[{ id: d, after: removal, does: leave-reference-in-own-entry }]";
    const run = runOf(scenarioOf(text("intend: { remove: [extra] }", defects)));
    const own = (documents: (typeof run.changes)[0]["documents"]) =>
      documents.find((doc) => doc.id === "managers/m.yaml")!.text;
    expect(own(run.changes[0]!.documents)).toContain("extra");
    expect(own(run.changes[0]!.repaired)).not.toContain("extra");
    expect(run.changes[0]!.defects).toHaveLength(1);
  });

  it("does not tell managers of soft needs", () => {
    expect(documentsAfter("intend: { update: [web] }")["applications/web.yaml"]).toContain("needs: []");
  });

  it("an edited text creates no ticket, whatever it removes", () => {
    const trace = traceOf(
      runOf(scenarioOf(text("edits: [{ delete: applications/web }, { delete: managers/m#/manages/4 }]"))),
    );
    expect(trace.header.tickets).toEqual([]);
    expect(verdictsOf(trace)).toMatchObject({ "no-collateral-removal": "violated" });
  });
});
