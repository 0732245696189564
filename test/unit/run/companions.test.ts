/** Companions are the run with one thing different, and nothing else. */
import { describe, expect, it } from "vitest";
import { companionKinds } from "../../../src/models/judging/rule.js";
import { companionRun } from "../../../src/run/companions.js";
import { fleetWith } from "../../helpers/property-scenarios.js";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

const runWith = (happens: string, model = "modern") => runOf(scenarioOf(fleetWith(model, { happens })));

const one = "changes: [{ at: 10m, author: x, intend: { update: [old] } }]";
const two = `changes:
  - { at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }
  - { at: 60m, author: z, intend: { update: [spare] } }`;
const texts = (documents: readonly { readonly id: string; readonly text: string }[]) =>
  documents.map(({ id, text }) => [id, text]);

describe("companions", () => {
  const run = runWith(two);

  it("leave the script as it is", () => {
    const before = JSON.stringify([run.changes, run.faults, run.documents]);
    for (const kind of companionKinds) companionRun(run, run, kind);
    expect(JSON.stringify([run.changes, run.faults, run.documents])).toBe(before);
  });

  it("unchanged: no change", () => {
    expect(companionRun(run, run, "unchanged")).toEqual({ ...run, changes: [] });
  });

  it("repeated: the last documents once more, which permit nothing new", () => {
    const { changes } = companionRun(run, run, "repeated")!;
    expect(changes).toHaveLength(3);
    expect(changes[2]!.documents).toEqual(changes[1]!.documents);
    expect(changes[2]!.ticket.removes).toEqual([]);
    expect(changes[2]!.delivery).toBe(true);
    expect(changes[2]!.atMs).toBeGreaterThan(changes[1]!.atMs);
  });

  it("other-order: the second change first, and the same texts in the end", () => {
    const { changes } = companionRun(run, run, "other-order")!;
    expect(changes.map((change) => change.text)).toEqual([run.changes[1]!.text, run.changes[0]!.text]);
    expect(changes.map((change) => change.version)).toEqual([2, 3]);
    expect(changes.map((change) => change.atMs)).toEqual(run.changes.map((change) => change.atMs));
    expect(texts(changes[1]!.documents)).toEqual(texts(run.changes[1]!.documents));
    expect(texts(changes[1]!.repaired)).toEqual(texts(run.changes[1]!.repaired));
    const first = new Map(changes[0]!.documents.map((doc) => [doc.id, doc]));
    expect(first.has("applications/old.yaml")).toBe(true);
    expect(first.get("applications/spare.yaml")!.version).toBe(2);
    expect(Math.max(...changes[0]!.documents.map((doc) => doc.version))).toBe(2);
    expect(Math.max(...changes[1]!.documents.map((doc) => doc.version))).toBe(3);
  });

  it("other-order: none for one change, or for two of the same document", () => {
    expect(companionRun(runWith(one), runWith(one), "other-order")).toBe(null);
    const same = runWith(`${one.slice(0, -1)}, { at: 60m, author: y, intend: { update: [old] } }]`);
    expect(companionRun(same, same, "other-order")).toBe(null);
  });

  it("other-order: none where one change removes what the other one's service needs", () => {
    const needing = (needs: string) =>
      runWith(`changes:
  - { at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }
  - { at: 60m, author: z, edits: [{ set: applications/spare, to: { name: spare, manager: m, needs: [${needs}] } }] }`);
    expect(companionRun(needing("old"), needing("old"), "other-order")).toBe(null);
    expect(companionRun(needing(""), needing(""), "other-order")).not.toBe(null);
  });

  it("reinstalled: a list that fails once the managers are back is no matter of what they had kept", () => {
    const happens = `${one}
faults: [{ at: 5m, for: 2h, what: list, of: m, gives: partial }, { at: 15m, for: 10m, what: source, of: m, gives: error }]`;
    const failing = runWith(happens);
    const { faults } = companionRun(failing, failing, "reinstalled")!;
    expect(faults.map(({ what }) => what)).toEqual(["list", "crash"]);
  });

  it("restarted and reinstalled: every manager goes and comes back", () => {
    for (const kind of ["restarted", "reinstalled"] as const) {
      const { faults } = companionRun(run, run, kind)!;
      expect(faults.map(({ what, of }) => `${what} ${of}`)).toEqual(["crash m"]);
      expect(faults[0]!.forMs).toBeGreaterThan(0);
    }
    const { changes } = companionRun(run, run, "reinstalled")!;
    expect(texts(changes.at(-1)!.documents)).toEqual(texts(run.changes[0]!.repaired));
  });

  it("none where the run leaves no time", () => {
    const late = runWith(one.replace("10m", "11h50m"));
    for (const kind of ["repeated", "restarted", "reinstalled"] as const)
      expect(companionRun(late, late, kind)).toBe(null);
  });
});

describe("a manager that ends itself", () => {
  const managerEvents = (model: string) =>
    traceOf(runWith(two, model)).events.flatMap((event) =>
      event.e === "manager" ? [`${event.state}${event.text === undefined ? "" : "!"}`] : [],
    );

  it("is started again by people, who put right what it could not use", () => {
    expect(managerEvents("exiting")).toEqual(["down!", "boot"]);
  });

  it("takes nothing with it", () => {
    const gone = traceOf(runWith(two, "exiting")).events.filter((event) => event.e === "removed");
    expect(gone.every((event) => event.service === "old")).toBe(true);
  });

  it("is there and does nothing once it is wedged", () => {
    const { events } = traceOf(runWith(two, "wedging"));
    const at = events.findIndex((event) => event.e === "manager" && event.state === "wedged");
    expect(at).toBeGreaterThan(0);
    expect(events.slice(at).some((event) => event.e === "execute" || event.e === "read")).toBe(false);
  });
});
