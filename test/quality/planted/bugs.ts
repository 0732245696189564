/**
 * Planted bugs: each a right manager or guard with one thing wrong, the scenario in which it is looked for, and the
 * property that has to notice. Guards are tried in front of managers that need them, managers without guards behind
 * them: where two layers do the same, a bug in one of them shows only with a bug in the other.
 */
import { guardCatalogue } from "../../../src/models/guards/catalogue.js";
import {
  admit,
  findRoot,
  type Guard,
  hold,
  numberOption,
  reject,
  servicesOf,
} from "../../../src/models/guards/guard.js";
import type { Action, Reading, Turn } from "../../../src/models/managers/contract.js";
import type { ManagerModel } from "../../../src/models/managers/define-manager.js";
import { bootMemory, durableOf } from "../../../src/models/managers/memory.js";
import { modern } from "../../../src/models/managers/modern.js";
import {
  act,
  alsoRemoving,
  altered,
  guardWith,
  inError,
  isRemoval,
  labelled,
  mapPlan,
  noted,
  noting,
  removing,
  withPlan,
} from "./alter.js";
import { asking, bases, fleet, globally, removalOf, softly } from "./bases.js";
import type { Planted } from "./search.js";

export interface Bug {
  readonly name: string;
  /** What was changed, in one sentence. */
  readonly change: string;
  readonly make: () => Planted;
  /** What it was made from; left out: `sober`. */
  readonly right?: () => Planted;
  readonly base: string;
  /** The base with the bug in it, where the bug is in how a manager is installed. */
  readonly planted?: string;
  /** The property that has to notice; or why nobody can, or does. */
  readonly expect: string;
  readonly equivalent?: string;
  readonly missed?: string;
  /** No other property notices it. */
  readonly alone?: true;
}

const unknown = (code: string, about: string) =>
  ({ is: "unknown", error: { code, severity: "error", message: about } }) as const;

const withEntries = (reading: Reading, entries: Reading["entries"]): Reading => ({ ...reading, entries });

/**
 * `modern` leaves a count of zero, which stops what no ticket names, to its guards. Where none stands behind it, it has
 * to refuse such an entry itself.
 */
export const sober = altered(modern, {
  read: (reading) => {
    const entries = Object.entries(reading.entries).map(([name, entry]) =>
      entry.is === "present" && entry.spec.replicas === 0
        ? ([name, unknown("replicas", `${name} asks for no instance`)] as const)
        : ([name, entry] as const),
    );
    return withEntries(reading, Object.fromEntries(entries));
  },
});

/** Guards that are kept in the configuration: an own entry without all of them is no usable entry. */
const strict = altered(sober, {
  read: (reading) => {
    const listed = (reading.guards ?? []).map((item) => (item as { readonly guard?: unknown } | null)?.guard);
    const whole = listed.includes("failStatic") && listed.includes("tombstoneOnly");
    return whole
      ? reading
      : { ...reading, own: unknown("guards", "guards are missing"), policy: null, guards: null };
  },
});

const manager = (model: ManagerModel) => (): Planted => ({ managers: [model] });
const guardNamed = (name: string): Guard => guardCatalogue.find((guard) => guard.name === name)!;
const guard = (name: string, how: (right: Guard) => Partial<Guard>) => (): Planted => ({
  managers: [sober],
  guards: [guardWith(guardNamed(name), how(guardNamed(name)))],
});
/** A wrong guard in front of a wrong manager. */
const beside = (model: ManagerModel, name: string, how: (right: Guard) => Partial<Guard>) => (): Planted => ({
  managers: [model],
  guards: [guardWith(guardNamed(name), how(guardNamed(name)))],
});
const peersWith = (name: string): string => bases.peers.replaceAll("drop:", `add: [${name}], drop:`);
const nothingJudged: Partial<Guard> = { judgeAction: () => admit };

const known = (turn: Turn): readonly string[] => labelled(turn);
const omitted = (turn: Turn): readonly string[] =>
  turn.reading.own.is !== "present"
    ? []
    : known(turn).filter((name) => turn.reading.entries[name] === undefined);

const removedBy = (turn: Turn, name: string) => {
  const entry = turn.reading.entries[name];
  return entry?.is === "removed" ? entry : null;
};
const minute = 60_000;

/** Managers that are wrong themselves, for guards that have to hold what they do. */
const collecting = alsoRemoving(sober, "garbage", (turn) => (turn.seen.fault === "none" ? [] : known(turn)));
const cutting = alsoRemoving(sober, "omitted", (turn) =>
  turn.reading.whole === "partial"
    ? known(turn).filter((name) => turn.reading.entries[name] === undefined)
    : [],
);
const adopting = altered(sober, {
  step: (step, turn) => {
    const { own } = turn.reading;
    if (own.is !== "unknown" || own.error.code !== "foreign-reference") return step;
    const named = Object.entries(turn.seen.services).flatMap(([name, seen]) =>
      seen.label !== turn.self.manager && own.error.message.includes(` ${name},`) ? [name] : [],
    );
    return withPlan(step, [...removing(turn, named, "omitted"), ...step.propose]);
  },
});

const readingErrors: readonly Bug[] = [
  {
    name: "omission-is-removal",
    change: "what is no longer described is removed, ticket or not",
    make: manager(alsoRemoving(sober, "omitted", omitted)),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "error-is-removal",
    change: "an entry in error is read as a removal",
    make: manager(altered(sober, { forced: { error: "removeEntry" } })),
    base: bases.plain,
    expect: "fail-static",
  },
  {
    name: "error-is-empty",
    change: "one entry in error makes the whole list an empty one",
    make: manager(alsoRemoving(sober, "error", (turn) => (inError(turn).length > 0 ? known(turn) : []))),
    base: bases.plain,
    expect: "fail-static",
  },
  {
    name: "unknown-is-omitted",
    change: "an entry in error is skipped, and what is not in the list is removed as if it had been left out",
    make: manager(alsoRemoving(sober, "omitted", (turn) => inError(turn))),
    base: bases.plain,
    expect: "corruption-monotone",
  },
  {
    name: "own-entry-in-error-is-the-cause",
    change: "removals that wait beside an own entry in error are carried out for that error",
    make: manager(
      mapPlan(sober, (action, turn) =>
        isRemoval(action) && turn.reading.own.is === "unknown"
          ? [{ ...action, cause: "error", because: [{ code: "error", about: "m", text: "own entry" }] }]
          : [action],
      ),
    ),
    base: bases.plain,
    expect: "fail-static",
    alone: true,
  },
  {
    name: "own-entry-missing-manages-nothing",
    change: "a missing own entry is one that manages nothing, so everything is let go and removed",
    make: manager(
      alsoRemoving(sober, "omitted", ({ reading, ...turn }) =>
        reading.own.is === "unknown" && reading.own.error.code === "no-own-entry"
          ? known({ reading, ...turn })
          : [],
      ),
    ),
    base: bases.plain,
    expect: "blast-radius",
  },
  {
    name: "own-entry-of-another-cell",
    change: "every cell reads the own entry of the first one, and removes what its own does not list",
    make: manager(
      alsoRemoving(sober, "omitted", (turn) =>
        inError(turn).length === 0 && turn.self.cell !== "a"
          ? known(turn).filter(
              (name) => turn.reading.own.is === "present" && !turn.reading.own.spec.manages.includes(name),
            )
          : [],
      ),
    ),
    base: bases.cells,
    expect: "no-collateral-removal",
  },
  {
    name: "foreign-reference-adopted",
    change:
      "a reference to the service of another manager adopts it: what runs there is replaced by an own one",
    make: manager(adopting),
    base: bases.peers,
    expect: "no-collateral-removal",
  },
  {
    name: "duplicate-name-last-wins",
    change: "of two files with one name the last one counts, and what ran from the first is removed",
    make: manager(alsoRemoving(sober, "omitted", (turn) => inError(turn, "duplicate-name"))),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "dangling-need-is-removal",
    change: "a service whose need is not described any more is removed as one that cannot run",
    make: manager(alsoRemoving(sober, "garbage", (turn) => inError(turn, "dangling-need"))),
    base: bases.plain,
    expect: "no-cascading-outage",
  },
  {
    name: "replicas-null-is-zero",
    change: "a count that is null is a count of zero",
    make: manager(
      altered(sober, {
        read: (reading, documents) => {
          const empty = documents
            .filter(({ text }) => /^replicas:\s*(null|~)?\s*$/m.test(text))
            .map(({ id }) => id);
          const entries = Object.entries(reading.entries).map(([name, entry]) =>
            entry.is === "present" && empty.includes(`applications/${name}.yaml`)
              ? ([name, { ...entry, spec: { ...entry.spec, replicas: 0 } }] as const)
              : ([name, entry] as const),
          );
          return withEntries(reading, Object.fromEntries(entries));
        },
      }),
    ),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "zero-replicas-obeyed",
    change: "a count of zero stops the service, though no ticket names it",
    make: manager(modern),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "unreadable-is-empty",
    change: "a source that cannot be read is a source with nothing in it",
    make: manager(
      alsoRemoving(sober, "error", (turn) => (turn.reading.whole === "unreadable" ? known(turn) : [])),
    ),
    base: bases.plain,
    expect: "fail-static",
  },
  {
    name: "partial-taken-for-whole",
    change: "a list that came in part is taken for the whole one, and what is not in it is removed",
    make: manager(cutting),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "list-error-is-empty",
    change: "an inventory of the world that failed empties the own one, and what is then found is garbage",
    make: manager(
      altered(sober, {
        step: (step, turn, memory) => {
          const lost = noted<boolean>(memory, "lost") === true;
          const now = noting(step, "lost", turn.seen.fault === "error");
          return lost && turn.seen.fault === "none"
            ? withPlan(now, [...removing(turn, known(turn), "garbage"), ...now.propose])
            : now;
        },
      }),
    ),
    base: bases.plain,
    expect: "no-collateral-removal",
  },
  {
    name: "empty-is-error",
    change: "a list of nothing is taken for a failed one, so the last service of a manager cannot be removed",
    make: manager(
      altered(sober, {
        step: (step, turn) =>
          turn.reading.own.is === "present" && turn.reading.own.spec.manages.length === 0
            ? withPlan(step, [])
            : step,
      }),
    ),
    base: bases.single,
    expect: "approved-removal-progresses",
  },
  {
    name: "halt-on-any-error",
    change: "one entry in error halts everything",
    make: manager(altered(sober, { forced: { error: "haltAll" } })),
    base: bases.plain,
    expect: "approved-removal-progresses",
    equivalent:
      "standing still while a configuration is damaged is what safety asks for; no property promises more",
  },
  {
    name: "first-reading-kept",
    change: "the first reading is kept for good, and no edit is noticed",
    make: manager(
      altered(sober, {
        documents: (documents) => (documents.every(({ version }) => version <= 1) ? documents : []),
      }),
    ),
    base: bases.plain,
    expect: "approved-removal-progresses",
  },
  {
    name: "exits-on-error",
    change: "an own entry in error ends the process",
    make: manager(
      altered(sober, {
        step: (step, turn) =>
          turn.reading.own.is === "unknown"
            ? {
                ...step,
                propose: [],
                ends: { as: "exited", because: { code: "error", about: "m", text: "own entry" } },
              }
            : step,
      }),
    ),
    base: bases.plain,
    expect: "manager-controllable",
    alone: true,
  },
  {
    name: "wedged-by-list-error",
    change: "an inventory of the world that fails leaves the process hanging for good",
    make: manager(
      altered(sober, {
        step: (step, turn) =>
          turn.seen.fault === "error"
            ? {
                ...step,
                propose: [],
                ends: { as: "wedged", because: { code: "error", about: "m", text: "list" } },
              }
            : step,
      }),
    ),
    base: bases.plain,
    expect: "manager-controllable",
  },
  {
    name: "self-check-dropped",
    change: "a missing own entry is read as `remove me`, for the manager as for any service",
    make: manager(
      altered(sober, {
        step: (step, turn) => {
          const own = turn.self.service;
          const running = own === null ? [] : (turn.seen.services[own]?.running ?? []);
          return turn.reading.own.is === "unknown" && own !== null && running.length > 0
            ? withPlan(step, [act(turn, "delete", own, running, "omitted"), ...step.propose])
            : step;
        },
      }),
    ),
    base: bases.plain,
    expect: "no-self-removal",
  },
  {
    name: "guards-from-the-broken-entry",
    change: "an own entry in error counts as one without guards, while tickets are still carried out",
    make: manager(
      altered(strict, {
        read: (reading, _documents, self) =>
          reading.own.is === "present"
            ? reading
            : {
                ...reading,
                own: {
                  is: "present",
                  spec: { name: self.manager, service: self.service, manages: Object.keys(reading.entries) },
                },
                guards: [],
                policy: null,
              },
      }),
    ),
    base: bases.stored,
    right: () => ({ managers: [strict] }),
    expect: "guard-survives",
  },
  {
    name: "guards-of-the-first-version",
    change: "guards count in the version that brought them, and in no later one",
    make: manager(
      altered(strict, { read: (reading) => (reading.version > 1 ? { ...reading, guards: [] } : reading) }),
    ),
    base: bases.stored,
    right: () => ({ managers: [strict] }),
    expect: "guard-survives",
    alone: true,
  },
];

const tickets: readonly Bug[] = [
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
];

const carryingOut: readonly Bug[] = [
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
];

const unbounded = "properties: { blast-radius: { max: 1 } }";
const share = (max: number) => `properties: { blast-radius: { max: ${max}, per: 1h } }`;
const waves = "rollout: { waves: [[a], [b]], bake: 1h }";

const guards: readonly Bug[] = [
  {
    name: "fail-static-explicit-only",
    change: "failStatic looks at the cause of a removal, not at what that goes back to",
    make: guard("failStatic", () => ({
      judgeAction: (action) => (action.cause === "error" ? reject("an error") : admit),
    })),
    base: bases.legacy("failStatic"),
    expect: "fail-static",
  },
  {
    name: "fail-static-flipped",
    change: "failStatic lets errors through and refuses the rest",
    make: guard("failStatic", ({ judgeAction }) => ({
      judgeAction: (...given) => (judgeAction!(...given).verdict === "admit" ? reject("no error") : admit),
    })),
    base: bases.legacy("failStatic"),
    expect: "fail-static",
  },
  {
    name: "tombstone-any-ticket",
    change: "tombstoneOnly asks whether there is a ticket, not for what",
    make: guard("tombstoneOnly", () => ({
      judgeAction: (_action, { tickets: all }) => (all.size > 0 ? admit : reject("no ticket")),
    })),
    base: bases.guarded("fail-static", "tombstoneOnly"),
    expect: "no-collateral-removal",
  },
  {
    name: "non-empty-counts-errors",
    change: "nonEmpty counts entries in error as something that is left",
    make: guard("nonEmpty", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        Object.keys(context.reading.entries).length > 0 ? admit : judgeSet!(context, options),
    })),
    base: bases.guarded("pruning", "nonEmpty", { tail: share(0.9) }),
    expect: "blast-radius",
  },
  {
    name: "self-protect-own-only",
    change: "selfProtect protects the acting manager, and no other",
    make: guard("selfProtect", () => ({
      judgeAction: (action, { self }) =>
        action.target.service === self.service ? reject("it is me") : admit,
    })),
    base: bases.guarded("fail-static", "selfProtect", {
      services: "  chief: { manager: m, deploy: 4m }",
      other: "  n: { model: inert, service: chief, deployedBy: m, policy: { selfManagement: parent } }",
    }),
    expect: "no-self-removal",
  },
  {
    name: "self-protect-without-roots",
    change: "selfProtect looks at the service that goes, not at the owner that it follows",
    make: guard("selfProtect", () => ({
      judgeAction: (action, { managerServices }) =>
        managerServices.has(action.target.service) ? reject("a manager") : admit,
    })),
    base: bases.legacy("selfProtect"),
    expect: "no-cascading-outage",
  },
  {
    name: "bootstrap-closure-one-deep",
    change: "bootstrapProtect knows what a manager needs, and not what that needs",
    make: guard("bootstrapProtect", () => ({
      judgeAction: (action, { managerServices }) => {
        const hit = findRoot(action, (name) => managerServices.has(name) || ["depot", "disk"].includes(name));
        return hit === undefined ? admit : reject(hit);
      },
    })),
    base: bases.reading("bootstrapProtect"),
    expect: "no-self-removal",
    alone: true,
  },
  {
    name: "no-cascade-garbage-only",
    change: "noCascade refuses garbage collection, and lets cascades through",
    make: guard("noCascade", () => ({
      judgeAction: (action) => (action.cause === "garbage" ? reject("garbage") : admit),
    })),
    base: fleet({
      manager: globally.replace("drop:", "add: [noCascade], drop:"),
      objects: "{ site: { manager: m, owns: [api, web], finalizer: cascade, prune: true } }",
      changes: "{ at: 10m, author: x, approvals: [{ by: y, covers: [site] }], intend: { remove: [site] } }",
    }),
    expect: "no-cascading-outage",
  },
  {
    name: "dependants-check-off-by-one",
    change: "dependantsCheck allows one dependant",
    make: guard("dependantsCheck", () => ({
      judgeAction: (action, { seen }) =>
        (seen.services[action.target.service]?.dependants.length ?? 0) > 1 ? reject("dependants") : admit,
    })),
    base: bases.needed,
    expect: "no-cascading-outage",
    alone: true,
  },
  {
    name: "budget-off-by-one",
    change: "budget allows one removal more than it says",
    make: guard("budget", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        judgeSet!(context, { ...options, max: numberOption(options, "max", 1) + 1 }),
    })),
    base: bases.guarded("pruning", "{ budget: { max: 1, per: 1h } }", { tail: share(0.15) }),
    expect: "blast-radius",
  },
  {
    name: "budget-window-forgotten",
    change: "budget counts the plan, and not what went before it within the window",
    make: guard("budget", () => ({
      judgeSet: ({ raw }, options) =>
        servicesOf(raw).length > numberOption(options, "max", 1) ? hold("too many") : admit,
    })),
    base: bases.guarded("fail-static", "{ budget: { max: 1, per: 1h } }", {
      tail: share(0.2),
      changes: `{ at: 10m, author: x, edits: [{ delete: applications/web }, { delete: managers/m#/manages/4 }] }, ${removalOf("spare", { at: "30m" })}`,
    }),
    expect: "blast-radius",
  },
  {
    name: "budget-on-filtered-plan",
    change: "budget counts only the removals that a ticket names",
    make: guard("budget", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        judgeSet!(
          {
            ...context,
            raw: context.raw.filter(({ target }) => context.tickets.has(target.service)),
            intents: new Map(),
          },
          options,
        ),
    })),
    base: bases.guarded("pruning", "{ budget: { max: 1, per: 1h } }", { tail: share(0.2) }),
    expect: "blast-radius",
  },
  {
    name: "budget-in-places",
    change: "budget counts places instead of services",
    make: guard("budget", () => ({
      judgeSet: ({ raw }, options) =>
        raw.reduce((sum, { target }) => sum + target.places.length, 0) > numberOption(options, "max", 2)
          ? hold("too many")
          : admit,
    })),
    base: fleet({
      manager: globally.replace("drop:", "add: [{ budget: { max: 2, per: 1h } }], drop:"),
      services: "  tiny: { manager: m, placement: global, deploy: 4m }",
      changes: `${removalOf("tiny", { approvals: "" })}, ${removalOf("old", { at: "2h", approvals: "" })}`,
    }),
    expect: "staging-representative:unkept",
    alone: true,
  },
  {
    name: "budget-off-beside-errors",
    change: "budget counts nothing while the own entry is in error",
    make: guard("budget", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        context.reading.own.is === "unknown" ? admit : judgeSet!(context, options),
    })),
    base: fleet({
      manager: globally.replace("drop:", "add: [{ budget: { max: 1, per: 1h } }], drop:"),
      changes:
        "{ at: 10m, author: x, approvals: [{ by: y, covers: [old, spare] }], intend: { remove: [old, spare] } }",
    }),
    expect: "corruption-monotone",
    alone: true,
  },
  {
    name: "fraction-of-nothing",
    change: "fraction takes its share of the services that go, not of those that are there",
    make: guard("fraction", () => ({ judgeSet: () => admit })),
    base: bases.guarded("pruning", "{ fraction: { max: 0.2 } }", { tail: share(0.25) }),
    expect: "blast-radius",
  },
  {
    name: "bucket-never-empty",
    change: "tokenBucket fills up with every plan",
    make: guard("tokenBucket", ({ judgeSet }) => ({
      judgeSet: (context, options) => judgeSet!({ ...context, intents: new Map() }, options),
    })),
    base: bases.guarded("fail-static", "{ tokenBucket: { max: 1, per: 6h } }", {
      tail: "properties: { blast-radius: { max: 0.2, per: 6h } }",
      changes: `{ at: 10m, author: x, edits: [{ delete: applications/web }, { delete: managers/m#/manages/4 }] }, ${removalOf("spare", { at: "30m" })}`,
    }),
    expect: "blast-radius",
  },
  {
    name: "waves-all-at-once",
    change: "all waves of a change open together",
    make: () => ({}),
    base: fleet({ model: "fail-static", manager: `policy: { rollout: bake }\n${waves}`, tail: unbounded }),
    planted: fleet({ model: "fail-static", manager: `policy: { rollout: all }\n${waves}`, tail: unbounded }),
    expect: "blast-radius",
    alone: true,
  },
  {
    name: "scope-of-anybody",
    change: "scope asks for the label alone, whoever made the change",
    make: guard("scope", () => ({
      judgeAction: (action, { seen, self }) =>
        seen.services[action.target.service]?.label === self.manager ? admit : reject("label"),
    })),
    base: fleet({
      manager: globally.replace("scope: global", "scope: rbac"),
      changes:
        "{ at: 10m, author: x, scope: [spare], approvals: [{ by: y, covers: [] }], intend: { remove: [old] } }",
    }),
    expect: "scope-confined",
  },
  {
    name: "approval-of-the-change",
    change: "whoever approved the change has approved every removal in it",
    make: guard("approvePerRemoval", () => ({
      judgeAction: (_action, { change }) =>
        change === null || change.approvals.length > 0 ? admit : reject("nobody"),
    })),
    base: fleet({
      manager: asking,
      changes:
        "{ at: 10m, author: x, approvals: [{ by: y, covers: [spare] }], intend: { remove: [old, spare] } }",
    }),
    expect: "approval-intact",
  },
  {
    name: "approval-by-the-author",
    change: "the author's own approval counts",
    make: guard("approvePerRemoval", () => ({
      judgeAction: (action, { change }) =>
        change?.approvals.some(({ covers }) => covers.includes(action.target.service)) === true
          ? admit
          : reject("nobody"),
    })),
    base: fleet({ manager: asking, changes: removalOf("old", { approvals: "{ by: x, covers: [old] }" }) }),
    expect: "approval-intact",
    alone: true,
  },
  {
    name: "approval-counted-twice",
    change: "twoPerson counts two approvals of one person as two people",
    make: guard("twoPerson", () => ({
      judgeAction: (action, { change }) =>
        (change?.approvals ?? []).filter(({ covers }) => covers.includes(action.target.service)).length >= 2
          ? admit
          : reject("one"),
    })),
    base: fleet({
      manager: globally.replace("approval: none", "approval: twoPerson"),
      changes: removalOf("old", { approvals: "{ by: y, covers: [old] }, { by: y, covers: [old] }" }),
      tail: "properties: { approval-intact: { approvers: 2 } }",
    }),
    expect: "approval-intact",
  },
  {
    name: "refusal-is-an-answer",
    change: "a refusal ends the waiting as an agreement does",
    make: guard("approvePerRemoval", ({ judgeAction }) => ({
      judgeAction: (action, context, options) =>
        context.approval(`removal:${action.target.service}`).refused
          ? admit
          : judgeAction!(action, context, options),
    })),
    base: bases.guarded("fail-static", "approvePerRemoval"),
    expect: "approval-intact",
  },
  {
    name: "plan-hash-of-the-version",
    change: "planHash names the version of a plan, and not what it removes",
    make: guard("planHash", () => ({
      judgeSet: ({ reading, raw, approval }) => {
        const key = `plan:v${reading.version}`;
        if (approval(key).grantedBy.length > 0) return admit;
        return { verdict: "hold", text: "waits", request: { key, services: servicesOf(raw), count: 1 } };
      },
    })),
    base: bases
      .guarded("pruning", "planHash", { changes: removalOf("old", { approvals: "" }) })
      .replace("approve: { p50: 30m, p90: 1h }", "approve: { p50: 1m, p90: 2m }"),
    expect: "no-collateral-removal",
  },
  {
    name: "plan-hash-without-version",
    change: "planHash names what a plan removes, and not the version that it comes from",
    make: guard("planHash", () => ({
      judgeSet: ({ raw, approval }) => {
        const key = `plan:${[...servicesOf(raw)].sort().join(",")}`;
        if (approval(key).grantedBy.length > 0) return admit;
        return { verdict: "hold", text: "waits", request: { key, services: servicesOf(raw), count: 1 } };
      },
    })),
    base: bases.guarded("pruning", "planHash", { changes: removalOf("old", { approvals: "" }) }),
    expect: "approval-intact",
    missed: "a run tells who agreed to a plan, and not to which version of it",
  },
  {
    name: "freshness-of-epochs-only",
    change: "freshness looks at the epoch and not at the version",
    make: guard("freshness", () => ({
      judgeAction: (action, { currentEpoch }) =>
        action.basedOn.epoch < currentEpoch ? reject("epoch") : admit,
    })),
    base: bases.takenBack,
    expect: "fresh:stale:delete",
  },
  {
    name: "observed-fresh-any-age",
    change: "observedFresh takes any age for fresh enough",
    make: guard("observedFresh", () => ({ judgeSet: () => admit })),
    base: fleet({ manager: globally.replace("drop:", "add: [{ observedFresh: { maxAge: 2m } }], drop:") }),
    expect: "no-collateral-removal",
    missed: "no property asks how old the picture is that a removal follows from",
  },
  {
    name: "quarantine-guard-at-once",
    change: "quarantine admits the deletion as soon as the service is stopped",
    make: guard("quarantine", ({ judgeAction }) => ({
      judgeAction: (action, context, options) => judgeAction!(action, context, { ...options, forMs: 1 }),
    })),
    base: bases.quarantineGuard,
    expect: "quarantine-reversible",
  },
  {
    name: "read-through-ignores-the-world",
    change: "readThrough looks at the list of entries, and not at that of the world",
    make: beside(collecting, "readThrough", () => ({
      judgeSet: ({ reading }) => (reading.whole === "complete" ? admit : hold("list")),
    })),
    base: fleet({ manager: globally.replace("drop:", "add: [readThrough], drop:") }),
    right: () => ({ managers: [collecting] }),
    expect: "no-collateral-removal",
  },
  {
    name: "read-through-partial-is-complete",
    change: "readThrough holds while the source fails, and not while it comes in part",
    make: beside(cutting, "readThrough", () => ({
      judgeSet: ({ reading }) => (reading.whole === "unreadable" ? hold("list") : admit),
    })),
    base: fleet({ manager: globally.replace("drop:", "add: [readThrough], drop:") }),
    right: () => ({ managers: [cutting] }),
    expect: "no-collateral-removal",
  },
  {
    name: "schema-strict-own-only",
    change: "schemaStrict looks at the own entry, and not at the others",
    make: guard("schemaStrict", () => ({
      judgeSet: ({ reading }) =>
        reading.own.is === "unknown" || reading.whole !== "complete" ? hold("own entry") : admit,
    })),
    base: bases.legacy("schemaStrict"),
    expect: "fail-static",
  },
  {
    name: "protect-list-ignored",
    change: "protectExternal reads the list of protected services and forgets to look",
    make: guard("protectExternal", () => nothingJudged),
    base: bases.reading("{ protectExternal: { services: [depot, disk, power] } }"),
    expect: "no-self-removal",
  },
  {
    name: "unique-owner-any-of-three",
    change: "uniqueOwner is content when the service has an owner, whoever that is",
    make: beside(adopting, "uniqueOwner", () => ({
      judgeAction: (action, { seen }) =>
        (seen.services[action.target.service]?.label ?? null) === null ? reject("nobody's") : admit,
    })),
    base: peersWith("uniqueOwner"),
    right: () => ({ managers: [adopting] }),
    expect: "no-collateral-removal",
  },
  {
    name: "external-self-always-content",
    change: "externalSelf takes any other manager for one that deploys this one",
    make: guard("externalSelf", () => nothingJudged),
    base: bases.legacy("externalSelf"),
    expect: "no-self-removal",
  },
  {
    name: "dry-run-not-compared",
    change: "dryRunDiff makes the dry run and does not compare it with the tickets",
    make: guard("dryRunDiff", () => ({ judgeSet: () => admit })),
    base: bases.guarded("pruning", "dryRunDiff"),
    expect: "no-collateral-removal",
  },
];

export const bugs: readonly Bug[] = [...readingErrors, ...tickets, ...carryingOut, ...guards];
