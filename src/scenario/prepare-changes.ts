/** Applies every change of a scenario once, in order, so that a run only has to look up the documents after it. */
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import { applyEdits } from "../models/config/edit.js";
import { editsForIntention } from "../models/config/intention.js";
import type { ChangeSpec, EditSpec, IntentionSpec } from "../models/config/spec.js";
import { ticketDocument } from "../models/config/ticket.js";
import type { CompiledFleet } from "../models/fleet/compile-fleet.js";
import type { Name } from "../models/fleet/spec.js";
import type { Doc, Ticket } from "../models/managers/contract.js";
import type { ManagerSpec } from "../models/managers/spec.js";
import type { RunChange } from "./run.js";
import type { Spec } from "./scenario.js";

export function prepareChanges(
  spec: Spec,
  managers: readonly ManagerSpec[],
  documents: readonly Doc[],
  fleet: CompiledFleet,
): Result<readonly RunChange[], readonly Issue[]> {
  const changes: RunChange[] = [];
  const issues: Issue[] = [];
  let actual = documents;
  let intended = documents;
  const order = spec.changes
    .map((change, index) => ({ change, index }))
    .sort((a, b) => a.change.atMs - b.change.atMs || a.index - b.index);
  for (const { change, index } of order) {
    const version = changes.length + 2;
    const ticket = ticketOf(change, changes.length + 1);
    const edits = editsOf(spec, change, index, issues);
    const wanted =
      spec.configuration.kind === "imported"
        ? literally(apply(intended, edits ?? [], version, null, []))
        : edit(spec, managers, intended, change.intend, version, issues);
    const done = edits === null ? edit(spec, managers, actual, change.intend, version, issues) : null;
    const literal = edits === null ? null : apply(actual, edits, version, index, issues);
    const withTicket = (docs: readonly Doc[]): readonly Doc[] =>
      ticket.removes.length === 0 ? docs : [...docs, { ...ticketDocument(ticket), version }];
    const next = withTicket(done === null ? literal! : done.actual);
    intended = withTicket(wanted.full);
    changes.push({
      spec: change,
      atMs: change.atMs,
      version,
      documents: next,
      repaired: intended,
      ticket,
      text: describe(change),
      defects: done === null ? [] : done.defects,
      ...effects(change.intend, fleet, managers),
      touched: touched(actual, next),
      cells: null,
      delivery: false,
    });
    actual = next;
  }
  return issues.length > 0 ? err(issues) : ok(changes);
}

/** Null: they follow from the intention. What an intention means in files of another format nobody can tell. */
function editsOf(
  { configuration }: Spec,
  { edits, intend }: ChangeSpec,
  change: number,
  issues: Issue[],
): readonly EditSpec[] | null {
  if (configuration.kind !== "imported" || edits !== null) return edits;
  if (intend.length > 0) {
    issues.push({
      code: "no-edits",
      severity: "error",
      path: `changes[${change}]`,
      message: `this change does not say how it edits the ${configuration.format} files`,
      expected: "`edits`, such as `{ text: files/PATH, replace: ..., with: ... }`",
      hint: "or `configuration: derived`: then documents and edits follow from what is intended",
    });
  }
  return [];
}

const literally = (documents: readonly Doc[]): Edited => ({
  actual: documents,
  full: documents,
  defects: [],
});

interface Edited {
  /** With the mistakes of the managers' versions. */
  readonly actual: readonly Doc[];
  /** Without them. */
  readonly full: readonly Doc[];
  readonly defects: readonly { readonly manager: Name; readonly defect: string; readonly text: string }[];
}

function edit(
  spec: Spec,
  managers: readonly ManagerSpec[],
  documents: readonly Doc[],
  intend: readonly IntentionSpec[],
  version: number,
  issues: Issue[],
): Edited {
  let actual = documents;
  let full = documents;
  const defects: { manager: Name; defect: string; text: string }[] = [];
  for (const intention of intend) {
    const plan = editsForIntention(intention, actual, spec.fleet, managers);
    actual = apply(actual, plan.edits, version, null, issues);
    full = apply(full, editsForIntention(intention, full, spec.fleet, managers).edits, version, null, issues);
    for (const item of plan.defects) {
      full = apply(full, item.edits, version, null, issues);
      defects.push({ manager: item.manager, defect: item.defect.id, text: item.text });
    }
  }
  return { actual, full, defects };
}

function apply(
  documents: readonly Doc[],
  edits: readonly EditSpec[],
  version: number,
  change: number | null,
  issues: Issue[],
): readonly Doc[] {
  const result = applyEdits(documents, edits, version);
  if (result.ok) return result.value;
  for (const issue of result.error) {
    issues.push(
      change === null
        ? issue
        : { ...issue, path: `changes[${change}].edits${issue.path === undefined ? "" : `: ${issue.path}`}` },
    );
  }
  return documents;
}

/** Permission to remove comes from what was declared, never from the edited text. */
function ticketOf(change: ChangeSpec, number: number): Ticket {
  const removes: Name[] = [];
  for (const intention of change.intend) {
    // Who renames something means it to live on: only a declared removal is permission to remove.
    if (intention.kind === "remove") removes.push(...intention.services);
  }
  return {
    id: `change-${number}`,
    removes,
    author: change.author,
    scope: change.scope,
    approvals: change.approvals,
  };
}

function describe(change: ChangeSpec): string {
  const parts = change.intend.map((intention) => {
    if (intention.kind === "rename") return `rename ${intention.service} to ${intention.to}`;
    if (intention.kind === "migrate") return `migrate ${intention.service} to ${intention.to}`;
    return `${intention.kind} ${intention.services.join(", ")}`;
  });
  if (parts.length === 0) parts.push("edit the configuration");
  return `${change.author} set out to ${parts.join(" and ")}`;
}

function effects(
  intend: readonly IntentionSpec[],
  fleet: CompiledFleet,
  managers: readonly ManagerSpec[],
): Pick<RunChange, "removes" | "adds" | "migrates"> {
  const index = (name: Name): readonly number[] => {
    const found = fleet.serviceIndex.get(name);
    return found === undefined ? [] : [found];
  };
  const removes: number[] = [];
  const adds: number[] = [];
  const migrates: { service: number; to: number }[] = [];
  for (const item of intend) {
    if (item.kind === "remove") removes.push(...item.services.flatMap(index));
    if (item.kind === "add") adds.push(...item.services.flatMap(index));
    if (item.kind === "rename") {
      removes.push(...index(item.service));
      adds.push(...index(item.to));
    }
    if (item.kind === "migrate") {
      const to = managers.findIndex((manager) => manager.name === item.to);
      for (const service of index(item.service)) migrates.push({ service, to });
    }
  }
  return { removes, adds, migrates };
}

function touched(before: readonly Doc[], after: readonly Doc[]): readonly string[] {
  const old = new Map(before.map((doc) => [doc.id, doc.text]));
  const ids = after.filter((doc) => old.get(doc.id) !== doc.text).map((doc) => doc.id);
  const left = new Set(after.map((doc) => doc.id));
  return [...ids, ...before.filter((doc) => !left.has(doc.id)).map((doc) => doc.id)];
}
