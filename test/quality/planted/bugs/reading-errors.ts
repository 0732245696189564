import { modern } from "../../../../src/models/managers/modern.js";
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
import { bases } from "../bases.js";

import { adopting, type Bug, cutting, known, manager, omitted, sober, strict, withEntries } from "./bug.js";

export const readingErrors: readonly Bug[] = [
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
