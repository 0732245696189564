import type { Action, Turn } from "../../../../src/models/managers/contract.js";
import { bootMemory, durableOf } from "../../../../src/models/managers/memory.js";
import {
  act,
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
import { bases, fleet, globally, removalOf, softly } from "../bases.js";

import { type Bug, known, manager, omitted, sober } from "./bug.js";

export const carryingOut: readonly Bug[] = [
  {
    name: "ticket-by-prefix",
    change: "a ticket names every service whose name begins like that of the removed one",
    make: manager(
      alsoRemoving(sober, "explicit", (turn) =>
        known(turn).filter((name) =>
          Object.entries(turn.reading.entries).some(
            ([other, { is }]) => is === "removed" && name !== other && name.startsWith(other),
          ),
        ),
      ),
    ),
    base: fleet({
      manager: globally,
      services: "  old-2: { manager: m, deploy: 4m }",
      changes: "{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }",
      tail: "properties: { blast-radius: { max: 1 } }",
    }),
    expect: "no-collateral-removal",
  },
  {
    name: "last-place-skipped",
    change: "the last place of a removal is left out",
    make: manager(
      mapPlan(sober, (action) =>
        isRemoval(action)
          ? [{ ...action, target: { ...action.target, places: action.target.places.slice(0, -1) } }].filter(
              ({ target }) => target.places.length > 0,
            )
          : [action],
      ),
    ),
    base: bases.plain,
    expect: "approved-removal-progresses",
    alone: true,
  },
  {
    name: "first-place-only",
    change: "a removal is carried out in the first region and counted as done",
    make: manager(
      mapPlan(sober, (action, _turn) =>
        isRemoval(action)
          ? action.target.places.includes("a-1")
            ? [{ ...action, target: { ...action.target, places: ["a-1"] } }]
            : []
          : [action],
      ),
    ),
    base: bases.plain,
    expect: "approved-removal-progresses",
  },
  {
    name: "places-of-other-cells",
    change: "a cell removes in all places of the service, not only in its own",
    make: manager(
      mapPlan(sober, (action) =>
        isRemoval(action) && action.target.service !== "boss"
          ? [{ ...action, target: { ...action.target, places: ["a-1", "a-2", "b-1"] } }]
          : [action],
      ),
    ),
    base: bases.cells,
    expect: "scope-confined",
    alone: true,
  },
  {
    name: "orphan-instead-of-removal",
    change: "what a ticket removes is let go of, and runs on as nobody's",
    make: manager(mapPlan(sober, (action) => [isRemoval(action) ? { ...action, do: "release" } : action])),
    base: bases.plain,
    expect: "approved-removal-progresses",
  },
  {
    name: "update-by-removal",
    change: "an update is a removal and a new deployment",
    make: manager(
      mapPlan(sober, (action) => (action.do === "update" ? [{ ...action, do: "delete" }] : [action])),
    ),
    base: bases.updates,
    expect: "no-collateral-removal",
  },
  {
    name: "restart-at-every-resync",
    change: "everything is restarted at every periodic look",
    make: manager(
      altered(sober, {
        step: (step, turn) =>
          turn.why === "resync"
            ? withPlan(step, [
                ...step.propose,
                ...known(turn).flatMap((name) => {
                  const { running } = turn.seen.services[name]!;
                  return running.length > 0 ? [act(turn, "restart", name, running, "drift")] : [];
                }),
              ])
            : { ...step, settled: false },
      }),
    ),
    base: bases.plain,
    expect: "idempotent",
  },
  {
    name: "update-at-every-step",
    change: "a defaulted field is compared with the entry, so every look finds a difference",
    make: manager(
      altered(sober, {
        step: (step, turn) =>
          withPlan(step, [
            ...step.propose,
            ...known(turn).flatMap((name) => {
              const { running } = turn.seen.services[name]!;
              return running.length > 0 ? [act(turn, "update", name, running, "drift")] : [];
            }),
          ]),
      }),
    ),
    base: bases.plain,
    expect: "eventually-stable",
  },
  {
    name: "update-twice",
    change: "what was updated is updated once more at the next look",
    make: manager(
      altered(sober, {
        step: (step, _turn, memory) => {
          const again = noted<readonly Action[]>(memory, "again") ?? [];
          const updates = step.propose.filter((action) => action.do === "update");
          const next = noting(step, "again", updates);
          return again.length > 0 ? withPlan(next, [...next.propose, ...again]) : next;
        },
      }),
    ),
    base: bases.updates,
    expect: "idempotent",
    alone: true,
  },
  {
    name: "first-observation-kept",
    change: "the inventory of the world is read once, and never again",
    make: manager(
      altered(sober, {
        turn: (turn, memory) => ({
          ...turn,
          seen: noted<Turn["seen"]>(memory, "seen", "volatile") ?? turn.seen,
        }),
        step: (step, turn) => noting({ ...step, settled: false }, "seen", turn.seen, "volatile"),
      }),
    ),
    base: bases.plain,
    expect: "eventually-stable",
  },
  {
    name: "removal-by-health",
    change: "what does not answer is removed, to be started anew",
    make: manager(
      altered(sober, {
        watchesHealth: true,
        step: (step, turn) => {
          const ailing = known(turn).filter((name) => (turn.seen.services[name]!.ailing ?? []).length > 0);
          return ailing.length === 0
            ? step
            : withPlan(step, [...removing(turn, ailing, "health"), ...step.propose]);
        },
      }),
    ),
    base: bases.ill,
    expect: "no-health-removal",
    alone: true,
  },
  {
    name: "removal-hastened-by-health",
    change: "what a ticket removes is removed because it does not answer, not because the ticket says so",
    make: manager(
      altered(sober, {
        watchesHealth: true,
        step: (step, turn) =>
          withPlan(
            step,
            step.propose.map((action) =>
              isRemoval(action) && (turn.seen.services[action.target.service]?.ailing ?? []).length > 0
                ? { ...action, cause: "health" }
                : action,
            ),
          ),
      }),
    ),
    base: bases.ill,
    expect: "no-health-removal",
  },
  {
    name: "removal-takes-dependants",
    change: "what needs a service goes first when the service goes",
    make: manager(altered(sober, { forced: { cascade: "dependantsStop" } })),
    base: fleet({ manager: globally, changes: removalOf("store") }),
    expect: "no-collateral-removal",
  },
  {
    name: "inventory-in-volatile-memory",
    change: "the inventory is kept in the process, and a crash forgets what is to be removed",
    make: manager(
      altered(sober, {
        boot: () => (durable) =>
          bootMemory(durable === null ? null : { ...(durable as object), inventory: {} }),
      }),
    ),
    base: bases.plain,
    expect: "approved-removal-progresses",
  },
  {
    name: "last-good-forgotten-at-boot",
    change:
      "the last good entries are kept in the process; after a restart what is in error is nobody's, and collected",
    make: manager(
      alsoRemoving(altered(sober, { boot: () => () => bootMemory(null) }), "garbage", (turn, memory) =>
        inError(turn).filter(
          (name) => durableOf(memory).good[name] === undefined && turn.self.service !== name,
        ),
      ),
    ),
    base: bases.plain,
    expect: "restart-equivalent",
  },
  {
    name: "redeploys-all-at-boot",
    change: "after a restart everything that was ever known is deployed again, removed or not",
    make: manager(
      altered(sober, {
        step: (step, turn) => {
          if (turn.why !== "boot") return step;
          const gone = Object.entries(turn.reading.entries).flatMap(([name, entry]) =>
            entry.is === "removed" && (turn.seen.services[name]?.missing ?? []).length > 0
              ? [act(turn, "deploy", name, turn.seen.services[name]!.missing, "drift")]
              : [],
          );
          return withPlan(step, [...step.propose, ...gone]);
        },
      }),
    ),
    base: bases.plain,
    expect: "restart-equivalent",
    alone: true,
  },
  {
    name: "redelivery-deploys-removed",
    change: "documents that come a second time are taken for new ones, and replace what runs",
    make: manager(
      altered(sober, {
        step: (step, turn, memory) =>
          turn.why === "edit" &&
          turn.reading.version === durableOf(memory).version &&
          turn.reading.version > 1
            ? withPlan(step, [...removing(turn, known(turn).slice(0, 1), "drift"), ...step.propose])
            : step,
      }),
    ),
    base: bases.plain,
    expect: "idempotent",
  },
  {
    name: "cascade-though-orphaning",
    change: "an owner that lets go of what it owns takes it along",
    make: manager(
      mapPlan(sober, (action) => [
        action.do === "release"
          ? {
              ...action,
              do: "delete",
              because: [{ code: "owner-removed", about: "site", text: "site goes" }],
            }
          : action,
      ]),
    ),
    base: bases.owned,
    expect: "no-cascading-outage",
  },
  {
    name: "cascade-on-unknown-owner",
    change: "an owner that cannot be read counts as removed, and what it owns follows",
    make: manager(
      altered(sober, {
        step: (step, turn) => {
          const lost = turn.self.objects.filter(({ name }) => turn.reading.entries[name]?.is === "unknown");
          return lost.length === 0
            ? step
            : withPlan(step, [
                ...removing(
                  turn,
                  lost.flatMap(({ owns }) => owns),
                  "cascade",
                  "owner-removed",
                ),
                ...step.propose,
              ]);
        },
      }),
    ),
    base: bases.objects,
    expect: "no-cascading-outage",
  },
  {
    name: "quarantine-skipped",
    change: "what is to be stopped first is deleted at once",
    make: manager(altered(sober, { forced: { softDelete: "none" } })),
    base: bases.quarantine,
    expect: "quarantine-reversible",
    missed: "nothing was ever stopped, so no run tells that something should have been",
  },
  {
    name: "quarantine-deletes-at-once",
    change: "the time of a quarantine is taken for seconds instead of hours",
    make: manager(altered(sober, { forced: { quarantineMs: 5_000 } })),
    base: bases.quarantine,
    expect: "quarantine-reversible",
  },
  {
    name: "quarantine-one-way",
    change: "what was stopped is not started again when the removal is taken back",
    make: manager(
      mapPlan(sober, (action, turn) =>
        action.do === "deploy" && (turn.seen.services[action.target.service]?.stopped ?? []).length > 0
          ? []
          : [action],
      ),
    ),
    base: bases.quarantine,
    expect: "quarantine-reversible",
    alone: true,
  },
  {
    name: "quarantine-never-ends",
    change: "what was stopped is never deleted",
    make: manager(mapPlan(sober, (action) => (action.do === "delete" ? [] : [action]))),
    base: fleet({ manager: softly.replace("quarantine: 5h", "quarantine: 1h") }),
    expect: "approved-removal-progresses",
    missed: "what stands still counts as gone: no property asks whether it is deleted in the end",
  },
  {
    name: "cause-filter-flipped",
    change: "what a ticket removes is kept, and what is only left out is removed",
    make: manager(
      alsoRemoving(
        mapPlan(sober, (action) => (isRemoval(action) && action.cause === "explicit" ? [] : [action])),
        "omitted",
        omitted,
      ),
    ),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "deploys-itself",
    change: "the manager is the one that deploys the service that it runs as",
    make: () => ({ managers: [sober] }),
    base: bases.plain,
    planted: bases.plain
      .replace("    service: boss", "    service: boss\n    deployedBy: m")
      .replace("rollout: all", "rollout: all, selfManagement: self"),
    expect: "black-start",
    alone: true,
  },
  {
    name: "vanished-left-alone",
    change:
      "what is gone though nobody asked is not brought back, and when it comes back by itself everybody has waited",
    make: manager(altered(sober, { forced: { drift: "report" } })),
    base: bases.loaded,
    expect: "no-recollapse",
    alone: true,
  },
];
