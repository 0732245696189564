/**
 * Which small change of the files would make a manager take services away, and how many: every single edit is read by the
 * importer and judged; what goes by the same rule of the same owner is one row.
 */
import { fingerprint } from "../../base/hash.js";
import { compareNatural } from "../../base/order.js";
import type { Imported, Importer, ImportOptions, ItemId, Tree } from "../contract.js";
import {
  byFirstCause,
  consequencesOf,
  managersHit,
  type Outcome,
  type Rule,
  type Standing,
} from "./consequences.js";
import { sameGraph } from "./same-graph.js";
import { type Part, singleEdits } from "./single-edits.js";
import { applyEdit, type FileChange, type TreeEdit } from "./tree-edit.js";

/** What one outcome costs. Services: items that run. */
export interface Blast {
  /** Services that are taken away, and those that go down with them. */
  readonly services: number;
  readonly taken: number;
  /** Services over all services that the files describe; 0 to 1. */
  readonly share: number;
  /** Volumes and the like that are deleted. */
  readonly data: number;
  /** Managers that go, and managers that can no longer read what they are to do. */
  readonly managers: readonly string[];
  readonly blind: readonly string[];
}

/** What one edit takes away by one rule of one owner, and what follows from that. */
export interface Strike {
  readonly edit: TreeEdit;
  readonly blast: Blast;
  readonly outcome: Outcome;
}

/** All edits by which the same owner takes something away by the same rule. */
export interface Hazard {
  /** Stays the same when lines move, and when other edits lead to it; another one once a manager is among what goes. */
  readonly fingerprint: string;
  readonly owner: ItemId;
  readonly rule: Rule;
  /** The items that go first, over all strikes, in canonical order. */
  readonly direct: readonly ItemId[];
  readonly strikes: number;
  readonly worst: Strike;
}

export function blastOf(standing: Standing, outcome: Outcome): Blast {
  const { byId, imported } = standing;
  const hit = outcome.consequences.filter(({ item }) => byId.get(item)?.runs === true);
  const all = imported.items.filter((item) => item.runs).length;
  return {
    services: hit.length,
    taken: hit.filter(({ fate }) => fate !== "down").length,
    share: all === 0 ? 0 : hit.length / all,
    data: outcome.consequences.filter(({ item, fate }) => fate === "deleted" && byId.get(item)?.data === true)
      .length,
    managers: outcome.managersGone,
    blind: outcome.managersBlind,
  };
}

/** Nothing that serves anybody, holds data or manages goes. */
export const isHarmless = ({ services, data, managers, blind }: Blast): boolean =>
  services === 0 && data === 0 && managers.length === 0 && blind.length === 0;

/** The worst first: managers that go, then services, then managers that cannot read, then data. */
export const byBlast = (a: Blast, b: Blast): number =>
  b.managers.length - a.managers.length ||
  b.services - a.services ||
  b.blind.length - a.blind.length ||
  b.data - a.data;

/** What came of some of the edits: plain data, handed from thread to thread. */
export interface Tally {
  /** Edits tried, those that take nothing away, and those after which an owner understood less. */
  tried: number;
  harmless: number;
  refused: number;
  readonly rows: Map<string, Row>;
}

export const emptyTally = (): Tally => ({ tried: 0, harmless: 0, refused: 0, rows: new Map() });

/** Tries edits one by one and keeps one row a rule of an owner. */
export class HazardSearch {
  readonly tally = emptyTally();

  constructor(
    private readonly tree: Tree,
    private readonly standing: Standing,
    private readonly importer: Importer,
    private readonly options: ImportOptions,
  ) {}

  /** Every single edit of the files; what nobody reads is not tried line by line. */
  edits(part?: Part): Generator<TreeEdit> {
    const { imported } = this.standing;
    return singleEdits(this.tree, imported.reads, (edit) => !sameGraph(imported, this.read(edit)), part);
  }

  private last: { readonly changes: TreeEdit["changes"]; readonly after: Imported } | null = null;

  /** An entry that is dropped is asked for twice in a row: does it matter, and what does it do. */
  private read({ changes }: Pick<TreeEdit, "changes">): Imported {
    if (this.last?.changes !== changes) this.last = { changes, after: this.readAnew(changes) };
    return this.last.after;
  }

  /** By path and way of being broken: half of all edits make a file that cannot be parsed, and all those are alike. */
  private readonly broken = new Map<string, Imported>();

  private readAnew(changes: TreeEdit["changes"]): Imported {
    const after = applyEdit(this.tree, { changes });
    const [{ path }] = changes as [FileChange];
    const file = changes.length === 1 ? after.files.get(path) : undefined;
    const way = file === undefined ? null : (this.importer.broken?.(file) ?? null);
    if (way === null) return this.importer.read(after, this.options);
    const key = `${way} ${path}`;
    let known = this.broken.get(key);
    if (known === undefined) this.broken.set(key, (known = this.importer.read(after, this.options)));
    return known;
  }

  try(edit: TreeEdit): Blast {
    const { tally } = this;
    tally.tried++;
    const after = this.read(edit);
    const outcome = consequencesOf(this.standing, after);
    if (outcome.refused.length > this.standing.imported.refused.size) tally.refused++;
    const blast = blastOf(this.standing, outcome);
    if (isHarmless(blast)) tally.harmless++;
    else this.note(edit, outcome);
    return blast;
  }

  private note(edit: TreeEdit, outcome: Outcome): void {
    for (const [key, { rule, owner, consequences }] of byFirstCause(outcome)) {
      const part: Outcome = {
        ...outcome,
        consequences,
        ...managersHit(this.standing, consequences),
      };
      const blast = blastOf(this.standing, part);
      if (isHarmless(blast)) continue;
      const direct = consequences.filter(({ through }) => through === owner).map(({ item }) => item);
      // The texts are not needed any more, and there are thousands of them.
      const strike: Strike = { edit: { ...edit, changes: [] }, blast, outcome: part };
      add(this.tally.rows, key, { owner, rule, direct: new Set(direct), strikes: 1, worst: strike });
    }
  }
}

interface Row {
  readonly owner: ItemId;
  readonly rule: Rule;
  readonly direct: Set<ItemId>;
  strikes: number;
  worst: Strike;
}

function add(rows: Map<string, Row>, key: string, more: Row): void {
  const row = rows.get(key);
  if (row === undefined) {
    rows.set(key, more);
    return;
  }
  for (const item of more.direct) row.direct.add(item);
  row.strikes += more.strikes;
  // Of equal ones the first, whichever thread found it.
  const worse = byBlast(more.worst.blast, row.worst.blast) || more.worst.edit.order - row.worst.edit.order;
  if (worse < 0) row.worst = more.worst;
}

export function addTally(all: Tally, more: Tally): void {
  all.tried += more.tried;
  all.harmless += more.harmless;
  all.refused += more.refused;
  for (const [key, row] of more.rows) add(all.rows, key, row);
}

/** The worst first; equal ones by owner and rule. */
export const hazardsOf = (imported: Imported, { rows }: Tally): readonly Hazard[] =>
  [...rows.values()]
    .map(({ owner, rule, direct, strikes, worst }) => ({
      fingerprint: fingerprintOf(imported, owner, rule, worst.blast.managers),
      owner,
      rule,
      direct: [...direct].sort(compareNatural),
      strikes,
      worst,
    }))
    .sort(
      (a, b) =>
        byBlast(a.worst.blast, b.worst.blast) ||
        compareNatural(a.owner, b.owner) ||
        compareNatural(a.rule, b.rule),
    );

const fingerprintOf = (
  { format }: Imported,
  owner: ItemId,
  rule: Rule,
  managers: readonly string[],
): string => fingerprint([format, owner, rule, ...managers].join(" "));
