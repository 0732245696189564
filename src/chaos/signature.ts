/**
 * Cases that no manager can tell apart. Two damaged texts that read as the same error lead to the same run, so a search
 * judges one of them. What counts is what every process reads from every version, not the bytes.
 */
import { wideHash } from "../base/hash.js";
import { canonicalJson, type Json } from "../base/json.js";
import type { Entry, Reading } from "../models/managers/contract.js";
import type { Run, Script } from "../scenario/run.js";

/** `exact`: a manager may look at the words of an error, so they count as well. */
export function signatureOf(run: Run, script: Script, exact: boolean): string {
  const versions = [script.documents, ...script.changes.map((change) => change.documents)];
  const readings = versions.map((documents) =>
    run.managers.map(({ manager, selves }) =>
      selves.map((self) => readingSignature(manager.read(documents, self), exact)).join("\n"),
    ),
  );
  const around = script.changes.map(({ atMs, version, cells, delivery, documents, repaired }) => [
    atMs,
    version,
    cells,
    delivery,
    // People repair what differs in any byte.
    documents.length === repaired.length && documents.every((doc, k) => doc.text === repaired[k]!.text),
  ]);
  const bypassed = [...script.bypassed].map(([manager, guards]) => [manager, ...guards]);
  return canonicalJson([
    readings,
    around,
    script.faults,
    script.skews,
    bypassed,
    script.approveAll,
    script.pinned,
  ] as unknown as Json);
}

const known = new WeakMap<Reading, readonly [exact: boolean, signature: string]>();

function readingSignature(reading: Reading, exact: boolean): string {
  const before = known.get(reading);
  if (before !== undefined && before[0] === exact) return before[1];
  const { own, entries } = reading;
  let signature = JSON.stringify([reading.version, reading.whole, reading.policy, reading.guards]);
  signature += entrySignature(own, exact);
  for (const name in entries) signature += ` ${name} ${entrySignature(entries[name]!, exact)}`;
  known.set(reading, [exact, signature]);
  return signature;
}

/** Entries are kept by document, so most of those of a case have been met before. */
const knownEntries = new WeakMap<object, readonly [exact: boolean, signature: number]>();

function entrySignature(entry: Entry | Reading["own"], exact: boolean): number {
  const before = knownEntries.get(entry);
  if (before !== undefined && before[0] === exact) return before[1];
  const told =
    entry.is === "unknown" ? ["unknown", entry.error.code, exact ? entry.error.message : ""] : entry;
  const signature = wideHash(JSON.stringify(told));
  knownEntries.set(entry, [exact, signature]);
  return signature;
}
