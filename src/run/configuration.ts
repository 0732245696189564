/** The configuration as it is delivered: the current documents, and what each manager gets of them under faults. */

import type { FaultSpec } from "../models/config/spec.js";
import type { Doc } from "../models/managers/contract.js";
import type { Run } from "../scenario/run.js";

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
  private readonly faults = new Map<string, FaultSpec>();
  private readonly partial = new Map<readonly Doc[], readonly Doc[]>();

  constructor(private readonly run: Run) {
    this.documents = run.documents;
    this.previous = run.documents;
  }

  reset(): void {
    this.documents = this.run.documents;
    this.previous = this.run.documents;
    this.version = 1;
    this.event = -1;
    this.change = -1;
    this.faults.clear();
  }

  replace(documents: readonly Doc[], change: number, event: number): void {
    this.previous = this.documents;
    this.documents = documents;
    this.version++;
    this.change = change;
    this.event = event;
  }

  setFault(manager: string, fault: FaultSpec | null): void {
    if (fault === null) this.faults.delete(manager);
    else this.faults.set(manager, fault);
  }

  /** What the manager gets when it fetches now. `reachable` false: what it reads from is down. */
  fetch(manager: string, reachable: boolean): readonly Doc[] {
    if (!reachable) return unavailable;
    const fault = this.faults.get(manager);
    if (fault === undefined) return this.documents;
    if (fault.gives === "error") return unavailable;
    if (fault.gives === "empty") return nothing;
    if (fault.gives === "stale") return this.previous;
    return this.firstPart(this.documents);
  }

  /** The list as it arrives when only the first page comes through; tickets are a ledger of their own. */
  private firstPart(documents: readonly Doc[]): readonly Doc[] {
    let part = this.partial.get(documents);
    if (part === undefined) {
      const applications = documents.filter((doc) => doc.id.startsWith("applications/"));
      const kept = new Set(applications.slice(0, Math.ceil(applications.length / 2)));
      part = documents.filter((doc) => !doc.id.startsWith("applications/") || kept.has(doc));
      part = part.map((doc) => (kept.has(doc) ? { ...doc, fault: "partial" as const } : doc));
      this.partial.set(documents, part);
    }
    return part;
  }
}
