/** Ways to plant a bug: a right model or guard with one thing about it changed. */
import type { Name } from "../../../src/models/fleet/spec.js";
import type { Guard } from "../../../src/models/guards/guard.js";
import type {
  Action,
  Cause,
  Doc,
  Manager,
  Memory,
  Reading,
  Self,
  Step,
  Turn,
} from "../../../src/models/managers/contract.js";
import type { ManagerModel } from "../../../src/models/managers/define-manager.js";
import type { PolicyOverrides } from "../../../src/models/managers/policy.js";

export interface Alteration {
  readonly policy?: PolicyOverrides;
  /** Policy that the step goes by whatever the scenario says. */
  readonly forced?: PolicyOverrides;
  readonly watchesHealth?: true;
  readonly boot?: (right: Manager) => Manager["boot"];
  readonly read?: (reading: Reading, documents: readonly Doc[], self: Self) => Reading;
  readonly documents?: (documents: readonly Doc[]) => readonly Doc[];
  readonly turn?: (turn: Turn, memory: Memory) => Turn;
  readonly step?: (step: Step, turn: Turn, memory: Memory) => Step;
}

/** The same model with something else in place of what it does; by the name that scenarios know. */
export function altered(model: ManagerModel, how: Alteration): ManagerModel {
  return {
    ...model,
    policy: { ...model.policy, ...how.policy },
    build(policy, guards, read) {
      const right = model.build({ ...policy, ...how.forced }, guards, read);
      const boot = how.boot?.(right) ?? right.boot;
      const watches = how.watchesHealth === true ? { watchesHealth: true as const } : {};
      return { ...right, ...watches, boot, read: readAs(right, how), step: stepAs(right, how) };
    },
  };
}

function readAs(right: Manager, { read, documents: chosen }: Alteration): Manager["read"] {
  if (read === undefined && chosen === undefined) return right.read;
  // The harness compares readings by identity, so the same documents give the same one.
  const known = new WeakMap<readonly Doc[], Map<string, Reading>>();
  return (documents, self) => {
    const bySelf = known.get(documents) ?? new Map<string, Reading>();
    known.set(documents, bySelf);
    const key = `${self.manager} ${self.cell}`;
    let reading = bySelf.get(key);
    if (reading === undefined) {
      const plain = right.read(chosen?.(documents) ?? documents, self);
      reading = read?.(plain, documents, self) ?? plain;
      bySelf.set(key, reading);
    }
    return reading;
  };
}

function stepAs(right: Manager, how: Alteration): Manager["step"] {
  return (memory, turn) => {
    const told = how.turn?.(turn, memory) ?? turn;
    const step = right.step(memory, told);
    return how.step?.(step, told, memory) ?? step;
  };
}

export const isRemoval = ({ do: what }: Action): boolean => what === "delete" || what === "stop";

/** Another plan; one that has anything in it is not settled. */
export const withPlan = (step: Step, propose: readonly Action[]): Step => ({
  ...step,
  propose,
  settled: step.settled === true && propose.length === 0,
});

export const mapPlan = (
  model: ManagerModel,
  map: (action: Action, turn: Turn, memory: Memory) => readonly Action[],
): ManagerModel =>
  altered(model, {
    step: (step, turn, memory) =>
      withPlan(
        step,
        step.propose.flatMap((action) => map(action, turn, memory)),
      ),
  });

/** Removals of the named services, wherever they run. */
export function removing(
  turn: Turn,
  names: readonly Name[],
  cause: Cause,
  code: string = cause,
): readonly Action[] {
  return names.flatMap((service): readonly Action[] => {
    const running = turn.seen.services[service]?.running ?? [];
    if (running.length === 0 || service === turn.self.service) return [];
    return [act(turn, "delete", service, running, cause, code)];
  });
}

export const act = (
  turn: Turn,
  what: Action["do"],
  service: Name,
  places: readonly Name[],
  cause: Cause,
  code: string = cause,
): Action => ({
  do: what,
  target: { service, places },
  cause,
  because: [{ code, about: service, text: `${what} ${service}` }],
  basedOn: {
    version: turn.reading.version,
    seenRevision: turn.seen.revision,
    epoch: turn.lease.epoch,
  },
});

/** Also removes the services that `names` gives. */
export const alsoRemoving = (
  model: ManagerModel,
  cause: Cause,
  names: (turn: Turn, memory: Memory) => readonly Name[],
  code: string = cause,
): ManagerModel =>
  altered(model, {
    step: (step, turn, memory) => {
      const more = removing(turn, names(turn, memory), cause, code).filter(
        ({ target }) => !step.propose.some((action) => action.target.service === target.service),
      );
      return more.length === 0 ? step : withPlan(step, [...more, ...step.propose]);
    },
  });

/** Services whose entry is in error, by the code of it. */
export const inError = (turn: Turn, code?: string): readonly Name[] =>
  Object.entries(turn.reading.entries).flatMap(([name, entry]) =>
    entry.is === "unknown" && (code === undefined || entry.error.code === code) ? [name] : [],
  );

/** What runs under the label of this manager, without what it runs as. */
export const labelled = (turn: Turn): readonly Name[] =>
  Object.entries(turn.seen.services).flatMap(([name, seen]) =>
    seen.label === turn.self.manager && name !== turn.self.service ? [name] : [],
  );

type Fields = Readonly<Record<string, unknown>>;
/** A note in the durable or the volatile memory, beside what the right manager keeps there. */
export const noted = <T>(
  memory: Memory,
  key: string,
  where: "durable" | "volatile" = "durable",
): T | undefined => (memory[where] as Fields | null)?.[key] as T | undefined;

export const noting = (
  step: Step,
  key: string,
  value: unknown,
  where: "durable" | "volatile" = "durable",
): Step => ({
  ...step,
  memory: { ...step.memory, [where]: { ...(step.memory[where] as object), [key]: value } } as Memory,
});

export const guardWith = (guard: Guard, how: Partial<Guard>): Guard => ({ ...guard, ...how });
