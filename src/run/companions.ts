/**
 * Runs to compare with: the script of a run with one thing different. The undamaged texts and staging are made by a
 * search, since only it knows what it damaged and where else the change would go.
 */
import { compareNatural } from "../base/order.js";
import { createParse, isMap, isNames } from "../models/config/parsed.js";
import type { FaultSpec } from "../models/config/spec.js";
import type { Name } from "../models/fleet/spec.js";
import type { CompanionKind } from "../models/judging/rule.js";
import type { Doc } from "../models/managers/contract.js";
import type { Run, RunChange, Script } from "../scenario/run.js";

/** Nothing is quiet, and nothing settles again, in less. */
const settlingMs = 30 * 60_000;
const restartMs = 60_000;
const reinstallMs = 10 * 60_000;

/** Null: there is no such run. */
export function companionRun(run: Run, script: Script, kind: CompanionKind): Script | null {
  switch (kind) {
    case "unchanged":
      return { ...script, changes: [] };
    case "repeated":
      return repeated(run, script);
    case "other-order":
      return inOtherOrder(run, script);
    case "restarted":
      return restarted(run, script);
    case "reinstalled":
      return reinstalled(run, script);
    default:
      return null;
  }
}

/** Half way between the last thing that happens and the end of the run; null where that leaves too little time. */
function quietAtMs(run: Run, script: Script): number | null {
  const { horizonMs } = run.spec;
  const happened = [
    ...script.changes.map((change) => change.atMs),
    ...script.faults.map((fault) => fault.atMs + fault.forMs),
    ...script.skews.map((skew) => skew.atMs),
  ];
  const lastMs = Math.max(0, ...happened);
  const leftMs = horizonMs - lastMs;
  return leftMs < 2 * settlingMs ? null : lastMs + Math.floor(leftMs / 2);
}

/** A delivery declares nothing: what may be removed is what its ledger of tickets says. */
export function delivery(like: RunChange, atMs: number, documents: readonly Doc[], text: string): RunChange {
  return {
    ...like,
    atMs,
    version: documents.reduce((highest, doc) => Math.max(highest, doc.version), 0),
    documents,
    ticket: { ...like.ticket, id: "delivery", removes: [] },
    text,
    defects: [],
    removes: [],
    adds: [],
    migrates: [],
    touched: documents.map((doc) => doc.id),
    delivery: true,
  };
}

function repeated(run: Run, script: Script): Script | null {
  const last = script.changes.at(-1);
  const atMs = quietAtMs(run, script);
  if (last === undefined || atMs === null) return null;
  // Another array with the same documents: they have to be read again to be found the same.
  const again = delivery(last, atMs, [...last.documents], "the last documents are delivered once more");
  return { ...script, changes: [...script.changes, again] };
}

const crashes = (run: Run, atMs: number, forMs: number): readonly FaultSpec[] =>
  run.managers.map(({ spec }) => ({ atMs, forMs, what: "crash", of: spec.name, gives: "error", in: null }));

function restarted(run: Run, script: Script): Script | null {
  const atMs = quietAtMs(run, script);
  if (atMs === null || run.managers.length === 0) return null;
  return { ...script, faults: [...script.faults, ...crashes(run, atMs, restartMs)] };
}

/** The managers go while the first change is being worked on; before they are back, people put its documents right. */
function reinstalled(run: Run, script: Script): Script | null {
  const index = script.changes.findIndex((change) => !change.delivery);
  const change = script.changes[index];
  if (change === undefined || run.managers.length === 0) return null;
  const roundMs = Math.min(...run.managers.map((manager) => manager.policy.reconcileMs));
  const atMs = change.atMs + roundMs + Math.floor(roundMs / 2);
  if (atMs + reinstallMs + settlingMs > run.spec.horizonMs) return null;
  const until = script.changes.slice(0, index + 1);
  const version = 1 + Math.max(...script.changes.map((item) => item.version));
  const there = new Set(change.documents);
  const meant = change.repaired.map((doc) =>
    there.has(doc) ? doc : { id: doc.id, version, text: doc.text },
  );
  const repair = delivery(change, atMs + reinstallMs / 2, meant, "the configuration is put right");
  return {
    ...script,
    changes: [...until, { ...repair, cells: null }],
    faults: [...script.faults.filter(keptUntil(atMs)), ...crashes(run, atMs, reinstallMs)],
  };
}

/** Later changes are left out, and so are lists that fail later: what they lead to is no intent that was kept. */
const keptUntil =
  (atMs: number) =>
  ({ what, ...fault }: FaultSpec): boolean =>
    fault.atMs < atMs || (what !== "source" && what !== "list");

/** The first two neighbours that write different documents, exchanged. */
function inOtherOrder(run: Run, script: Script): Script | null {
  const { changes } = script;
  for (let k = 0; k + 1 < changes.length; k++) {
    const first = changes[k]!;
    const second = changes[k + 1]!;
    if (!mayBeExchanged(run, first, second)) continue;
    const before = k === 0 ? script.documents : changes[k - 1]!.documents;
    const meantBefore = k === 0 ? run.documents : changes[k - 1]!.repaired;
    const early = written(first.documents, second.documents, first.version);
    const documents = overlaid(before, early);
    const meant = overlaid(meantBefore, written(first.repaired, second.repaired, first.version));
    const late = written(before, first.documents, second.version);
    const meantLate = written(meantBefore, first.repaired, second.version);
    const exchanged: readonly RunChange[] = [
      { ...second, atMs: first.atMs, version: first.version, documents, repaired: meant },
      {
        ...first,
        atMs: second.atMs,
        version: second.version,
        documents: overlaid(documents, late),
        repaired: overlaid(meant, meantLate),
      },
    ];
    return { ...script, changes: [...changes.slice(0, k), ...exchanged, ...changes.slice(k + 2)] };
  }
  return null;
}

/**
 * Changes that reach some cells only, or bring a whole configuration, do not commute with anything. Neither do one that
 * removes a service and one that writes what needs it: in one of the orders it comes too late.
 */
function mayBeExchanged(run: Run, first: RunChange, second: RunChange): boolean {
  if (first.delivery || second.delivery || first.cells !== null || second.cells !== null) return false;
  const touched = new Set(first.touched);
  return (
    first.touched.length > 0 &&
    second.touched.length > 0 &&
    !second.touched.some((id) => touched.has(id)) &&
    !writesWhatNeeds(second, namesRemoved(run, first)) &&
    !writesWhatNeeds(first, namesRemoved(run, second))
  );
}

const namesRemoved = ({ fleet }: Run, { removes }: RunChange): ReadonlySet<Name> =>
  new Set(removes.map((service) => fleet.serviceNames[service]!));

function writesWhatNeeds({ documents, touched }: RunChange, removed: ReadonlySet<Name>): boolean {
  if (removed.size === 0) return false;
  const parse = createParse(new Map());
  return documents.some((doc) => {
    if (!touched.includes(doc.id)) return false;
    const parsed = parse(doc);
    if (!("value" in parsed) || !isMap(parsed.value)) return false;
    const { needs } = parsed.value;
    return isNames(needs) && needs.some((name) => removed.has(name));
  });
}

interface Written {
  readonly documents: readonly Doc[];
  readonly deleted: ReadonlySet<string>;
}

/** What leads from one set of documents to the next, as of another version. */
function written(before: readonly Doc[], after: readonly Doc[], version: number): Written {
  const old = new Map(before.map((doc) => [doc.id, doc]));
  const left = new Set(after.map((doc) => doc.id));
  return {
    documents: after
      .filter((doc) => old.get(doc.id) !== doc)
      .map((doc) => (doc.version === version ? doc : { id: doc.id, version, text: doc.text })),
    deleted: new Set(before.filter((doc) => !left.has(doc.id)).map((doc) => doc.id)),
  };
}

function overlaid(documents: readonly Doc[], { documents: over, deleted }: Written): readonly Doc[] {
  const files = new Map(documents.filter((doc) => !deleted.has(doc.id)).map((doc) => [doc.id, doc]));
  for (const doc of over) files.set(doc.id, doc);
  return [...files.values()].sort((a, b) => compareNatural(a.id, b.id));
}
