/**
 * Guards that can be switched between two runs, in front of every manager: a subset costs no building. A guard that is
 * off listens: it takes note of what it would have objected to. One that has nothing to object to in a run changes
 * nothing of that run when it is switched on.
 */
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { admit, type Guard, type Judgement } from "../../models/guards/guard.js";
import type { JudgedRun } from "../../models/judging/judged-run.js";
import { onDemand } from "../../models/judging/on-demand.js";
import type { Verdict } from "../../models/judging/property.js";
import type { PropertyRule } from "../../models/judging/rule.js";
import { companionRun } from "../../run/companions.js";
import { createSimulator, type Simulator } from "../../run/simulate.js";
import { buildRun, type Catalogue } from "../../scenario/build-run.js";
import type { CaseLuck } from "../../scenario/case.js";
import type { ActiveGuard, Run, RunManager, Script } from "../../scenario/run.js";
import type { Spec, Variant } from "../../scenario/scenario.js";
import { judgeRun } from "../../trace/judge.js";
import { JudgeFold } from "../../trace/judge-fold.js";

export interface Played {
  readonly run: JudgedRun;
  readonly verdicts: readonly Verdict[];
  /** Guards outside the set that would have objected to something, as bits. */
  readonly wouldObject: number;
}

/** The build lays out waves of them, and looks for them by name, so each of their subsets is a run of its own. */
const structural: ReadonlySet<string> = new Set(["waves", "cells", "autoHalt"]);

interface Board {
  readonly simulator: Simulator;
  readonly fold: JudgeFold;
  readonly run: Run;
}

export class Switchboard {
  plays = 0;
  private on = 0;
  private noted = 0;
  private readonly boards = new Map<number, Board>();
  private readonly structuralBits: number;

  constructor(
    private readonly scenario: string,
    private readonly variant: Variant,
    readonly guards: readonly Guard[],
    private readonly catalogue: Catalogue,
  ) {
    this.structuralBits = guards.reduce(
      (bits, { name }, k) => (structural.has(name) ? bits | (1 << k) : bits),
      0,
    );
  }

  /** Builds once, so that what does not fit is known before anything is played. */
  check(): Result<null, readonly Issue[]> {
    const built = this.build(0);
    return built.ok ? ok(null) : err(built.error);
  }

  play(
    set: number,
    script: Script,
    { seed, replication }: CaseLuck,
    properties: readonly PropertyRule[],
  ): Played {
    const board = this.board(set & this.structuralBits);
    this.on = set;
    this.noted = 0;
    const run = this.playOn(board, script, seed, replication);
    // What lays out waves would show only by being there.
    const wouldObject = (this.noted | this.structuralBits) & ~set;
    const companions = onDemand((kind) => {
      if (kind === "uncorrupted" || kind === "staging") return undefined;
      const other = companionRun(board.run, script, kind);
      return other === null ? null : this.playOn(board, other, seed, replication);
    });
    const verdicts = judgeRun(properties, run, companions);
    // Companions ask the guards as well.
    return { run, verdicts, wouldObject: wouldObject | (this.noted & ~set) };
  }

  private playOn({ simulator, fold }: Board, script: Script, seed: number, replication: number): JudgedRun {
    this.plays++;
    fold.reset(script.changes.map((change) => change.ticket));
    simulator.play(script, seed, replication, [fold]);
    return fold.result();
  }

  private board(bits: number): Board {
    let board = this.boards.get(bits);
    if (board === undefined) {
      const built = this.build(bits);
      // `check` has built the same scenario; guards of the catalogue do not make a difference.
      if (!built.ok) throw new Error(built.error[0]?.message ?? "the scenario cannot be built");
      const run = built.value;
      board = { run, simulator: createSimulator(run), fold: new JudgeFold(run.fleet, run.spec) };
      this.boards.set(bits, board);
    }
    return board;
  }

  private build(bits: number): Result<Run, readonly Issue[]> {
    const names = this.guards.filter((_, k) => (bits >> k) & 1).map(({ name }) => name);
    const spec = withGuards(this.variant.spec, names, "external");
    const built = buildRun(this.scenario, { ...this.variant, spec }, this.catalogue);
    if (!built.ok) return built;
    return ok({ ...built.value, managers: built.value.managers.map((owner) => this.switched(owner)) });
  }

  private switched(owner: RunManager): RunManager {
    const has = new Set(owner.guards.map(({ guard }) => guard.name));
    const switches = this.guards.flatMap((guard, k): readonly ActiveGuard[] => {
      if (has.has(guard.name) || structural.has(guard.name)) return [];
      const options = owner.spec.guards.add.find((item) => item.guard === guard.name)?.options ?? {};
      return [{ guard: this.switchOf(guard, k), options }];
    });
    return { ...owner, guards: [...owner.guards, ...switches] };
  }

  private switchOf(guard: Guard, k: number): Guard {
    const bit = 1 << k;
    const pass = (judgement: Judgement): Judgement => {
      if (judgement.verdict === "admit" || this.on & bit) return judgement;
      this.noted |= bit;
      return admit;
    };
    const { judgeAction, judgeSet, ...rest } = guard;
    return {
      ...rest,
      ...(judgeAction === undefined ? {} : { judgeAction: (...args) => pass(judgeAction(...args)) }),
      ...(judgeSet === undefined ? {} : { judgeSet: (...args) => pass(judgeSet(...args)) }),
    };
  }
}

/** Every manager with these guards beside its own, all of them kept in the same place. */
export function withGuards(
  spec: Spec,
  names: readonly string[],
  stored: "external" | "in-configuration",
): Spec {
  return {
    ...spec,
    managers: spec.managers.map((manager) => {
      const { add, drop } = manager.guards;
      const more = names.filter((name) => !add.some((item) => item.guard === name));
      return {
        ...manager,
        guards: {
          add: [...add, ...more.map((guard) => ({ guard, options: {} }))],
          drop: drop.filter((name) => !names.includes(name)),
          stored,
        },
      };
    }),
  };
}

/** Every manager without these guards, whoever put them there: they count only where a set has them. */
export const stripped = (spec: Spec, names: readonly string[]): Spec => ({
  ...spec,
  managers: spec.managers.map((manager) => ({
    ...manager,
    // What is dropped stays in the list with its options, for when it comes back.
    guards: { ...manager.guards, drop: [...new Set([...manager.guards.drop, ...names])] },
  })),
});
