/** Every cell that was seen, beside what the preset says would be seen. */
import { managerModels } from "../../../src/models/managers/catalogue.js";
import type { ManagerModel } from "../../../src/models/managers/define-manager.js";
import { edited } from "./files.js";
import type { Cell } from "./observed.js";
import { type Subject, withoutPreset } from "./subjects.js";
import { Machine, type Outcome } from "./world.js";

export interface Told {
  readonly cell: Cell;
  readonly preset: string | null;
  /** Null: nothing can be said, and `why` says for what reason. */
  readonly told: Outcome | null;
  readonly why: string;
}

export const modelOf = (name: string): ManagerModel => {
  const model = managerModels.find((item) => item.name === name);
  if (model === undefined) throw new Error(`there is no ${name}`);
  return model;
};

/** `rules`: the model to ask; each cell's own preset unless told otherwise. */
export function tell(
  cells: readonly Cell[],
  subjects: Readonly<Record<string, Subject>>,
  rules: (preset: string) => ManagerModel = modelOf,
): readonly Told[] {
  return cells.map((cell): Told => {
    const nothing = (why: string): Told => ({ cell, preset: null, told: null, why });
    if (cell.seen === null) return nothing("inconclusive: nothing ran before the mutation");
    const without = withoutPreset[cell.manager];
    if (without !== undefined) return nothing(without);
    const subject = subjects[cell.manager];
    const edit = subject?.edits[cell.mutation];
    if (subject === undefined || edit === undefined) throw new Error(`${cell.manager}: ${cell.mutation}`);
    const { preset, format, reboot = false } = subject;
    const told = new Machine(rules(preset), format).outcome(edited(format.files, edit), reboot);
    return { cell, preset, told, why: "" };
  });
}

export const words = ({ stopped, started, restarted, alive }: Outcome): string => {
  const marked = [
    ...stopped.map((name) => `-${name}`),
    ...started.map((name) => `+${name}`),
    ...restarted.map((name) => `~${name}`),
    ...(alive ? [] : ["manager gone"]),
  ];
  return marked.length === 0 ? "nothing" : marked.join(" ");
};

const key = (outcome: Outcome): string =>
  words({
    ...outcome,
    stopped: [...outcome.stopped].sort(),
    started: [...outcome.started].sort(),
    restarted: [...outcome.restarted].sort(),
  });

export const agrees = ({ cell, told }: Told): boolean =>
  told !== null && cell.seen !== null && key(told) === key(cell.seen);
export const happened = ({ cell }: Told): boolean => cell.seen !== null && words(cell.seen) !== "nothing";

export interface Agreement {
  readonly cells: number;
  readonly agree: number;
  /** Of those, cells in which anything happened. */
  readonly eventful: number;
  readonly eventfulAgree: number;
}

/** By name in the log, without what nothing can be said of. */
export function agreements(all: readonly Told[]): ReadonlyMap<string, Agreement> {
  const found = new Map<string, Agreement>();
  for (const item of all) {
    if (item.told === null) continue;
    const so = found.get(item.cell.manager) ?? { cells: 0, agree: 0, eventful: 0, eventfulAgree: 0 };
    const right = agrees(item) ? 1 : 0;
    const eventful = happened(item) ? 1 : 0;
    found.set(item.cell.manager, {
      cells: so.cells + 1,
      agree: so.agree + right,
      eventful: so.eventful + eventful,
      eventfulAgree: so.eventfulAgree + right * eventful,
    });
  }
  return found;
}
