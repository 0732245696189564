import type { Action } from "../../../../src/models/managers/contract.js";
import { bootMemory, durableOf } from "../../../../src/models/managers/memory.js";
import {
  alsoRemoving,
  altered,
  inError,
  isRemoval,
  mapPlan,
  noted,
  noting,
  removing,
  withPlan,
} from "../alter.js";
import { bases } from "../bases.js";

import { type Bug, known, manager, minute, omitted, removedBy, sober, withEntries } from "./bug.js";

export const tickets: readonly Bug[] = [
  {
    name: "tickets-ignored",
    change: "tickets are not read at all",
    make: manager(altered(sober, { forced: { absence: "ignore" } })),
    base: bases.plain,
    expect: "approved-removal-progresses",
  },
  {
    name: "tickets-ignored-unapproved",
    change: "tickets without an approval are dropped for good instead of asked about",
    make: manager(altered(sober, { forced: { absence: "ignore" } })),
    base: bases.unasked.replace("approval: none", "approval: perRemoval"),
    expect: "removal-witnessed",
    alone: true,
  },
  {
    name: "ticket-of-another-service",
    change: "any ticket permits the removal of whatever is left out beside it",
    make: manager(
      alsoRemoving(sober, "explicit", (turn) =>
        Object.values(turn.reading.entries).some(({ is }) => is === "removed") ? omitted(turn) : [],
      ),
    ),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "ticket-that-expires",
    change: "a ticket that is still unanswered after ten minutes is forgotten",
    make: manager(
      altered(sober, {
        turn: (turn, memory) => {
          const since = noted<number>(memory, "since");
          if (since === undefined || turn.nowMs < since + 10 * minute) return turn;
          const entries = Object.entries(turn.reading.entries).filter(([, { is }]) => is !== "removed");
          return { ...turn, reading: withEntries(turn.reading, Object.fromEntries(entries)) };
        },
        step: (step, turn, memory) => {
          const seen = Object.values(turn.reading.entries).some(({ is }) => is === "removed");
          const since = noted<number>(memory, "since") ?? (seen ? turn.nowMs : undefined);
          return since === undefined ? step : noting(step, "since", since);
        },
      }),
    ),
    base: bases.baking,
    expect: "approved-removal-progresses",
  },
  {
    name: "tombstone-for-ever",
    change: "what was removed once is removed whenever it is seen again, wanted or not",
    make: manager(
      altered(sober, {
        step: (step, turn, memory) => {
          const before = noted<readonly string[]>(memory, "dead") ?? [];
          const now = step.propose.filter(isRemoval).map(({ target }) => target.service);
          const dead = [...new Set([...before, ...now])];
          const again = removing(
            turn,
            before.filter((name) => !now.includes(name)),
            "garbage",
          );
          const next = dead.length === before.length ? step : noting(step, "dead", dead);
          return again.length === 0 ? next : withPlan(next, [...again, ...next.propose]);
        },
      }),
    ),
    base: bases.plain,
    expect: "eventually-stable",
    alone: true,
  },
  {
    name: "newest-ticket-only",
    change:
      "only the tickets of the newest change are carried out, what still waits of earlier ones is dropped",
    make: manager(
      mapPlan(sober, (action, turn) =>
        isRemoval(action) &&
        (removedBy(turn, action.target.service)?.sinceVersion ?? 0) < turn.reading.version
          ? []
          : [action],
      ),
    ),
    base: bases.peersAsked,
    expect: "confluent",
  },
  {
    name: "version-check-too-strict",
    change: "a version that was read already counts as an old one, so nothing is ever tried a second time",
    make: manager(
      altered(sober, {
        step: (step, turn, memory) =>
          turn.reading.version <= durableOf(memory).version && turn.reading.version > 1
            ? withPlan(step, [])
            : step,
      }),
    ),
    base: bases.baking,
    expect: "approved-removal-progresses",
  },
  {
    name: "version-check-dropped",
    change: "an older version than the one that was read last is acted on",
    make: manager(altered(sober, { forced: { versioning: "none" } })),
    base: bases.fenced,
    expect: "fresh",
    alone: true,
  },
  {
    name: "epoch-ignored",
    change: "a deposed instance goes on, and its epoch is not looked at",
    make: manager(altered(sober, { forced: { versioning: "monotoneCas" } })),
    base: bases.fenced,
    expect: "fresh",
  },
  {
    name: "old-plan-retried",
    change: "a plan that was not carried out at once is tried again as it was, whatever is read meanwhile",
    make: manager(
      altered(sober, {
        step: (step, turn, memory) => {
          const before = noted<readonly Action[]>(memory, "plan") ?? [];
          const open = before.filter(
            ({ target }) => (turn.seen.services[target.service]?.running.length ?? 0) > 0,
          );
          const removals = step.propose.filter(isRemoval);
          const next = noting(step, "plan", open.length > 0 ? open : removals);
          return open.length === 0
            ? next
            : withPlan(next, [...open, ...step.propose.filter((action) => !isRemoval(action))]);
        },
      }),
    ),
    base: bases.fencedTwice,
    expect: "fresh",
  },
  {
    name: "plan-outlives-an-outage",
    change:
      "removals planned beside an error are kept, and carried out when the manager is back after a long time",
    make: manager(
      altered(sober, {
        boot: () => (durable) => ({ ...bootMemory(durable), volatile: { fresh: true } }),
        step: (step, turn, memory) => {
          const last = noted<number>(memory, "last") ?? turn.nowMs;
          const kept = noted<readonly string[]>(memory, "kept") ?? [];
          const away =
            noted<boolean>(memory, "fresh", "volatile") === true &&
            turn.nowMs - last > 6 * minute &&
            turn.nowMs - last < 20 * minute;
          const next = noting(
            noting(noting(step, "last", turn.nowMs), "kept", [...new Set([...kept, ...inError(turn)])]),
            "fresh",
            false,
            "volatile",
          );
          return away ? withPlan(next, [...removing(turn, kept, "garbage"), ...next.propose]) : next;
        },
      }),
    ),
    base: bases.plain,
    expect: "no-stale-intent",
    alone: true,
  },
  {
    name: "edit-takes-along",
    change:
      "an edit that removes a service takes along whatever has a name that begins like it; a full pass does not",
    make: manager(
      mapPlan(sober, (action, turn) => {
        const { service } = action.target;
        if (turn.why !== "edit" || !isRemoval(action)) return [action];
        const alike = known(turn).filter((name) => name.startsWith(`${service}-`));
        return [action, ...removing(turn, alike, action.cause)];
      }),
    ),
    base: bases.archive,
    expect: "no-collateral-removal",
    alone: true,
  },
  {
    name: "additions-dropped-beside-tickets",
    change: "what is added while tickets are in the ledger is never deployed",
    make: manager(
      mapPlan(sober, (action, turn) =>
        action.do === "deploy" && Object.values(turn.reading.entries).some(({ is }) => is === "removed")
          ? []
          : [action],
      ),
    ),
    base: bases.addition,
    expect: "confluent",
    alone: true,
  },
];
