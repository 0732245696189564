/** What managers were asked in a run, and what they answered: material for tests of other managers. */
import type { Memory, Step, Turn } from "../models/managers/contract.js";
import type { Run } from "../scenario/run.js";
import { createSimulator } from "./simulate.js";

export interface AskedTurn {
  readonly memory: Memory;
  readonly turn: Turn;
  /** The answer of the manager of the run. */
  readonly step: Step;
}

/** Runs once and keeps every step of every manager, in order. */
export function recordTurns(run: Run, seed: number, replication = 0): readonly AskedTurn[] {
  const asked: AskedTurn[] = [];
  const managers = run.managers.map((owner) => {
    const { manager } = owner;
    const { name, about, policy, guards } = manager;
    return {
      ...owner,
      manager: {
        name,
        about,
        policy,
        guards,
        ...(manager.watchesHealth === true ? { watchesHealth: true as const } : {}),
        boot: manager.boot.bind(manager),
        read: manager.read.bind(manager),
        step(memory: Memory, turn: Turn): Step {
          const step = manager.step(memory, turn);
          asked.push({ memory, turn, step });
          return step;
        },
      },
    };
  });
  createSimulator({ ...run, managers }).run(seed, replication);
  return asked;
}
