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
import { singleEdits } from "./single-edits.js";
import { applyEdit, type TreeEdit } from "./tree-edit.js";

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

/** Tries edits one by one and keeps one row a rule of an owner. */
export class HazardSearch {
  private readonly rows = new Map<string, Row>();
  /** Edits tried, those that no file shows a difference for, and those that the importer refused to understand. */
  tried = 0;
  harmless = 0;
  refused = 0;

  constructor(
    private readonly tree: Tree,
    private readonly standing: Standing,
    private readonly importer: Importer,
    private readonly options: ImportOptions,
  ) {}

  /** Every single edit of the files; what nobody reads is not tried line by line. */
  edits(): Generator<TreeEdit> {
    const { imported } = this.standing;
    return singleEdits(this.tree, imported.reads, (edit) => !sameGraph(imported, this.read(edit)));
  }

  private last: { readonly edit: TreeEdit; readonly after: Imported } | null = null;

  private read(edit: TreeEdit): Imported {
    if (this.last?.edit !== edit) {
      this.last = { edit, after: this.importer.read(applyEdit(this.tree, edit), this.options) };
    }
    return this.last.after;
  }

  try(edit: TreeEdit): Blast {
    this.tried++;
    const after = this.read(edit);
    const outcome = consequencesOf(this.standing, after);
    if (outcome.refused.length > this.standing.imported.refused.size) this.refused++;
    const blast = blastOf(this.standing, outcome);
    if (isHarmless(blast)) this.harmless++;
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
      const strike: Strike = { edit, blast, outcome: part };
      let row = this.rows.get(key);
      if (row === undefined) {
        row = { owner, rule, direct: new Set(), strikes: 0, worst: strike };
        this.rows.set(key, row);
      }
      for (const { through, item } of consequences) if (through === owner) row.direct.add(item);
      row.strikes++;
      if (byBlast(blast, row.worst.blast) < 0) row.worst = strike;
    }
  }

  /** The worst first; equal ones by owner. */
  hazards(): readonly Hazard[] {
    return [...this.rows.values()]
      .map(({ owner, rule, direct, strikes, worst }) => ({
        fingerprint: fingerprintOf(this.standing.imported, owner, rule, worst.blast.managers),
        owner,
        rule,
        direct: [...direct].sort(compareNatural),
        strikes,
        worst,
      }))
      .sort((a, b) => byBlast(a.worst.blast, b.worst.blast) || compareNatural(a.owner, b.owner));
  }
}

interface Row {
  readonly owner: ItemId;
  readonly rule: Rule;
  readonly direct: Set<ItemId>;
  strikes: number;
  worst: Strike;
}

const fingerprintOf = (
  { format }: Imported,
  owner: ItemId,
  rule: Rule,
  managers: readonly string[],
): string => fingerprint([format, owner, rule, ...managers].join(" "));
