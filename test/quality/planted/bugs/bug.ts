/** What a planted bug is, and the right managers and guards that they are made from. */
import { guardCatalogue } from "../../../../src/models/guards/catalogue.js";
import { admit, type Guard } from "../../../../src/models/guards/guard.js";
import type { Reading, Turn } from "../../../../src/models/managers/contract.js";
import type { ManagerModel } from "../../../../src/models/managers/define-manager.js";
import { modern } from "../../../../src/models/managers/modern.js";
import { alsoRemoving, altered, guardWith, labelled, removing, withPlan } from "../alter.js";
import { bases } from "../bases.js";
import type { Planted } from "../search.js";

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

export const unknown = (code: string, about: string) =>
  ({ is: "unknown", error: { code, severity: "error", message: about } }) as const;

export const withEntries = (reading: Reading, entries: Reading["entries"]): Reading => ({
  ...reading,
  entries,
});

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
export const strict = altered(sober, {
  read: (reading) => {
    const listed = (reading.guards ?? []).map((item) => (item as { readonly guard?: unknown } | null)?.guard);
    const whole = listed.includes("failStatic") && listed.includes("tombstoneOnly");
    return whole
      ? reading
      : { ...reading, own: unknown("guards", "guards are missing"), policy: null, guards: null };
  },
});

export const manager = (model: ManagerModel) => (): Planted => ({ managers: [model] });
export const guardNamed = (name: string): Guard => guardCatalogue.find((guard) => guard.name === name)!;
export const guard = (name: string, how: (right: Guard) => Partial<Guard>) => (): Planted => ({
  managers: [sober],
  guards: [guardWith(guardNamed(name), how(guardNamed(name)))],
});
/** A wrong guard in front of a wrong manager. */
export const beside =
  (model: ManagerModel, name: string, how: (right: Guard) => Partial<Guard>) => (): Planted => ({
    managers: [model],
    guards: [guardWith(guardNamed(name), how(guardNamed(name)))],
  });
export const peersWith = (name: string): string => bases.peers.replaceAll("drop:", `add: [${name}], drop:`);
export const nothingJudged: Partial<Guard> = { judgeAction: () => admit };

export const known = (turn: Turn): readonly string[] => labelled(turn);
export const omitted = (turn: Turn): readonly string[] =>
  turn.reading.own.is !== "present"
    ? []
    : known(turn).filter((name) => turn.reading.entries[name] === undefined);

export const removedBy = (turn: Turn, name: string) => {
  const entry = turn.reading.entries[name];
  return entry?.is === "removed" ? entry : null;
};
export const minute = 60_000;

/** Managers that are wrong themselves, for guards that have to hold what they do. */
export const collecting = alsoRemoving(sober, "garbage", (turn) =>
  turn.seen.fault === "none" ? [] : known(turn),
);
export const cutting = alsoRemoving(sober, "omitted", (turn) =>
  turn.reading.whole === "partial"
    ? known(turn).filter((name) => turn.reading.entries[name] === undefined)
    : [],
);
export const adopting = altered(sober, {
  step: (step, turn) => {
    const { own } = turn.reading;
    if (own.is !== "unknown" || own.error.code !== "foreign-reference") return step;
    const named = Object.entries(turn.seen.services).flatMap(([name, seen]) =>
      seen.label !== turn.self.manager && own.error.message.includes(` ${name},`) ? [name] : [],
    );
    return withPlan(step, [...removing(turn, named, "omitted"), ...step.propose]);
  },
});
