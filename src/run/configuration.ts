/** The configuration as it is delivered: the current documents, and what each manager gets of them under faults. */

import { isFile } from "../models/config/files.js";
import { plainDocument } from "../models/config/parsed.js";
import type { FaultSpec } from "../models/config/spec.js";
import type { Name } from "../models/fleet/spec.js";
import type { Doc } from "../models/managers/contract.js";
import type { Run, RunChange, Script } from "../scenario/run.js";

const unavailable: readonly Doc[] = [{ id: "(source)", version: 0, text: "", fault: "error" }];
const nothing: readonly Doc[] = [];

export class Configuration {
  documents: readonly Doc[];
  private previous: readonly Doc[];
  /** Version of the documents; grows with every change and repair. */
  version = 1;
  /** Event that brought the current documents. */
  event = -1;
  /** Index of the change that the documents come from; -1: the first configuration or a repair. */
  change = -1;
  private script: Script;
  private readonly cells: readonly Name[];
  /** By cell, where a delivery reached only some of them; null: all have `documents`. */
  private byCell: Map<Name, readonly Doc[]> | null = null;
  private readonly faults = new Map<Name, FaultSpec>();
  private readonly partial = new WeakMap<readonly Doc[], readonly Doc[]>();

  constructor(run: Run) {
    this.script = run;
    this.documents = run.documents;
    this.previous = run.documents;
    this.cells = [...new Set(run.managers.flatMap((manager) => manager.cells.map((cell) => cell.name)))];
  }

  reset(script: Script): void {
    this.script = script;
    this.documents = script.documents;
    this.previous = script.documents;
    this.version = 1;
    this.event = -1;
    this.change = -1;
    this.byCell = null;
    this.faults.clear();
  }

  /** `cells` null: everywhere; otherwise the other cells keep what they have. */
  replace(
    documents: readonly Doc[],
    change: number,
    event: number,
    cells: readonly Name[] | null = null,
  ): void {
    if (cells === null) this.byCell = null;
    else {
      const before = this.byCell;
      const had = (cell: Name): readonly Doc[] => before?.get(cell) ?? this.documents;
      this.byCell = new Map(this.cells.map((cell) => [cell, cells.includes(cell) ? documents : had(cell)]));
    }
    this.previous = this.documents;
    this.documents = documents;
    this.version++;
    this.change = change;
    this.event = event;
  }

  /** The change that the current documents come from; null: the first configuration, or a repair. */
  get source(): RunChange | null {
    return this.script.changes[this.change] ?? null;
  }

  setFault(manager: Name, fault: FaultSpec | null): void {
    if (fault === null) this.faults.delete(manager);
    else this.faults.set(manager, fault);
  }

  /** What the manager of a cell gets when it fetches now. `reachable` false: what it reads from is down. */
  fetch(manager: Name, cell: Name, reachable: boolean): readonly Doc[] {
    if (!reachable) return unavailable;
    const documents = this.byCell?.get(cell) ?? this.documents;
    const fault = this.faults.get(manager);
    if (fault === undefined) return documents;
    if (fault.gives === "error") return unavailable;
    if (fault.gives === "empty") return nothing;
    if (fault.gives === "stale") return this.previous;
    return this.firstPart(documents);
  }

  /** The list as it arrives when only the first page comes through; tickets are a ledger of their own. */
  private firstPart(documents: readonly Doc[]): readonly Doc[] {
    let part = this.partial.get(documents);
    if (part === undefined) {
      const isListed = (doc: Doc): boolean => doc.id.startsWith("applications/") || isFile(doc);
      const listed = documents.filter(isListed);
      const kept = new Set(listed.slice(0, Math.ceil(listed.length / 2)));
      part = documents.filter((doc) => !isListed(doc) || kept.has(doc));
      part = part.map((doc) => (kept.has(doc) ? { ...plainDocument(doc), fault: "partial" as const } : doc));
      this.partial.set(documents, part);
    }
    return part;
  }
}
