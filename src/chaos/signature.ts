/**
 * Cases that no manager can tell apart. Two damaged texts that read as the same error lead to the same run, so a search
 * judges one of them. What counts is what every process reads from every version, not the bytes.
 */
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
  const error = ({ error: { code, message } }: Extract<Entry, { is: "unknown" }>): Json =>
    exact ? [code, message] : code;
  const entry = (item: Entry): Json =>
    item.is === "unknown" ? ["unknown", error(item)] : (item as unknown as Json);
  const { own, entries } = reading;
  const signature = JSON.stringify([
    reading.version,
    reading.whole,
    own.is === "unknown" ? ["unknown", error(own)] : own,
    Object.entries(entries).map(([name, item]) => [name, entry(item)]),
    reading.policy,
    reading.guards,
  ]);
  known.set(reading, [exact, signature]);
  return signature;
}
