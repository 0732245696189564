/**
 * From a reading to what the manager wants: where the axes error, failMode and mapping show. The result keeps apart
 * what is wanted, what a ticket removed, what to leave alone, and what an error turned into a removal.
 */
import { compareNatural } from "../../base/order.js";
import type { Name } from "../fleet/spec.js";
import type { Entry, EntrySpec, Reading, Reason, Self, Ticket } from "./contract.js";
import type { DurableMemory } from "./memory.js";
import type { Policy } from "./policy.js";

export interface Desired {
  readonly wanted: ReadonlyMap<Name, EntrySpec>;
  readonly ticketed: ReadonlyMap<Name, Ticket>;
  /** Entries in error that the policy reads as removals, with the error. */
  readonly failed: ReadonlyMap<Name, Reason>;
  /** Names that must not be touched this time, whatever else is known. */
  readonly handsOff: ReadonlySet<Name>;
  /** Set when an error made everything not wanted: the reason that every omission then carries. */
  readonly emptied: Reason | null;
  /** Set when the manager's own entry is read as "remove me". */
  readonly ownRemoved: Reason | null;
  /** Set when nothing at all may be done. */
  readonly halted: Reason | null;
  /** Everything that it holds back, for people. */
  readonly waitingOn: readonly Reason[];
  readonly manages: readonly Name[];
}

const errorReason = (about: Name, message: string): Reason => ({ code: "error", text: message, about });

/** What the manager takes as its list when its own entry cannot be read and the policy keeps what it knew. */
function knownManages(memory: DurableMemory, reading: Reading, self: Self): readonly Name[] {
  if (memory.manages !== null) return memory.manages;
  return Object.keys(reading.entries)
    .filter((name) => name !== self.service)
    .sort(compareNatural);
}

interface Draft {
  wanted: Map<Name, EntrySpec>;
  ticketed: Map<Name, Ticket>;
  failed: Map<Name, Reason>;
  handsOff: Set<Name>;
  emptied: Reason | null;
  ownRemoved: Reason | null;
  halted: Reason | null;
  waitingOn: Reason[];
  manages: readonly Name[];
}

export function desiredState(policy: Policy, memory: DurableMemory, reading: Reading, self: Self): Desired {
  const draft: Draft = {
    wanted: new Map(),
    ticketed: new Map(),
    failed: new Map(),
    handsOff: new Set(),
    emptied: null,
    ownRemoved: null,
    halted: null,
    waitingOn: [],
    manages: [],
  };
  if (reading.whole === "unreadable") {
    const reason = errorReason("configuration", "the configuration could not be read");
    if (policy.failMode === "destructive") {
      draft.emptied = reason;
    } else {
      draft.manages = knownManages(memory, reading, self);
      for (const [name, entry] of Object.entries(memory.good)) draft.wanted.set(name, entry);
      draft.waitingOn.push(reason);
    }
    return draft;
  }
  readOwnEntry(draft, policy, memory, reading, self);
  const errors = readEntries(draft, policy, memory, reading, self);
  if (errors > 0 && policy.error === "haltAll") {
    draft.halted = draft.waitingOn[0] ?? errorReason("configuration", "an entry is in error");
  }
  if (draft.emptied !== null) draft.wanted.clear();
  if (reading.whole === "partial" && policy.failMode === "static") keepOmitted(draft, memory, reading);
  return draft;
}

/** The own entry in error: the one place where a manager can decide about itself. */
function readOwnEntry(
  draft: Draft,
  policy: Policy,
  memory: DurableMemory,
  reading: Reading,
  self: Self,
): void {
  if (reading.own.is === "present") {
    draft.manages = reading.own.spec.manages;
    return;
  }
  const reason = errorReason(self.service ?? self.manager, reading.own.error.message);
  draft.waitingOn.push(reason);
  draft.manages = knownManages(memory, reading, self);
  if (policy.error === "treatEmpty") {
    draft.manages = [];
    draft.emptied = reason;
  } else if (policy.error === "haltAll") {
    draft.halted = reason;
  } else if (policy.error === "removeEntry" && policy.selfManagement === "self") {
    draft.ownRemoved = reason;
  }
}

/** Sorts every entry into wanted, ticketed, failed or hands off; returns the number of entries in error. */
function readEntries(
  draft: Draft,
  policy: Policy,
  memory: DurableMemory,
  reading: Reading,
  self: Self,
): number {
  const managed = new Set(draft.manages);
  let errors = 0;
  for (const [name, entry] of Object.entries(reading.entries)) {
    if (entry.is === "removed") {
      draft.ticketed.set(name, entry.ticket);
    } else if (entry.is === "present") {
      if (managed.has(name)) draft.wanted.set(name, entry.spec);
    } else if (name === self.service && reading.own.is === "unknown") {
      keepOwnService(draft, policy, memory, name);
    } else {
      errors++;
      readFailedEntry(draft, policy, memory, name, entry);
    }
  }
  return errors;
}

function keepOwnService(draft: Draft, policy: Policy, memory: DurableMemory, name: Name): void {
  const good = memory.good[name];
  if (policy.error === "lastKnownGoodEntry" && good !== undefined) draft.wanted.set(name, good);
  else if (draft.ownRemoved === null) draft.handsOff.add(name);
}

function readFailedEntry(
  draft: Draft,
  policy: Policy,
  memory: DurableMemory,
  name: Name,
  entry: Extract<Entry, { is: "unknown" }>,
): void {
  const reason = errorReason(name, entry.error.message);
  draft.waitingOn.push(reason);
  const good = memory.good[name];
  switch (policy.error) {
    case "removeEntry":
      draft.failed.set(name, reason);
      return;
    case "treatEmpty":
      draft.emptied ??= reason;
      return;
    case "lastKnownGoodEntry":
      if (good !== undefined) draft.wanted.set(name, good);
      else draft.handsOff.add(name);
      return;
    default:
      draft.handsOff.add(name);
  }
}

/** A partial document list under a static fail mode: what is not in it is unknown, not gone. */
function keepOmitted(draft: Draft, memory: DurableMemory, reading: Reading): void {
  const reason = errorReason("configuration", "only a part of the configuration could be read");
  for (const [name, good] of Object.entries(memory.good)) {
    if (reading.entries[name] === undefined) draft.wanted.set(name, good);
  }
  draft.waitingOn.push(reason);
}
