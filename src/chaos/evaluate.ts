/** What becomes of a case: the run that it makes, the companions that properties want to compare with, the verdicts. */
import type { JudgedRun } from "../models/judging/judged-run.js";
import { onDemand } from "../models/judging/on-demand.js";
import type { Verdict } from "../models/judging/property.js";
import type { CompanionKind, PropertyRule } from "../models/judging/rule.js";
import { companionRun } from "../run/companions.js";
import { createSimulator, type SimulateOptions, type Simulator } from "../run/simulate.js";
import { applyCase } from "../scenario/apply-case.js";
import type { Case, CaseDocument, CaseEvent } from "../scenario/case.js";
import type { Run, Script } from "../scenario/run.js";
import { judgeRun } from "../trace/judge.js";
import { JudgeFold } from "../trace/judge-fold.js";
import { type Base, runFor } from "./base.js";
import { makeDocument } from "./mutations/material.js";

/** Runs that are kept for comparison, such as the one without the mutation. */
const companionsKept = 64;

/** A simulator that plays scripts and folds what the properties see. */
class Player {
  private readonly simulator: Simulator;
  private readonly fold: JudgeFold;

  constructor(run: Run, options: SimulateOptions) {
    this.simulator = createSimulator(run, options);
    this.fold = new JudgeFold(run.fleet, run.spec);
  }

  play(script: Script, { seed, replication }: Case["luck"]): JudgedRun {
    this.fold.reset(script.changes.map((change) => change.ticket));
    this.simulator.play(script, seed, replication, [this.fold]);
    return this.fold.result();
  }
}

export interface Evaluation {
  readonly run: JudgedRun;
  /** In the order of the properties asked for. */
  readonly verdicts: readonly Verdict[];
}

export class Evaluator {
  private readonly players = new Map<Run, Player>();
  private readonly kept = new Map<string, JudgedRun | null>();

  constructor(
    readonly base: Base,
    private readonly options: SimulateOptions = {},
  ) {}

  evaluate(item: Case, properties: readonly PropertyRule[]): Evaluation {
    const script = applyCase(runFor(this.base, item), item, makeDocument);
    const run = this.play(this.base.run, script, item);
    const companions = onDemand((kind) => this.companion(item, script, kind));
    return { run, verdicts: judgeRun(properties, run, companions) };
  }

  private play(run: Run, script: Script, item: Case): JudgedRun {
    let player = this.players.get(run);
    if (player === undefined) {
      player = new Player(run, this.options);
      this.players.set(run, player);
    }
    return player.play(script, item.luck);
  }

  private companion(item: Case, script: Script, kind: CompanionKind): JudgedRun | null {
    const { base } = this;
    if (kind === "uncorrupted") {
      const clean = withoutText(item);
      if (clean === null) return null;
      return this.keep(kind, clean, () =>
        this.play(base.run, applyCase(runFor(base, clean), clean, makeDocument), clean),
      );
    }
    if (kind === "staging") {
      const { staging } = base;
      if (staging === null) return null;
      const there = inStaging(item);
      return this.play(staging, applyCase(staging, there, makeDocument), there);
    }
    const other = companionRun(base.run, script, kind);
    if (other === null) return null;
    const run = (): JudgedRun => this.play(base.run, other, item);
    // Without the changes only what happens besides tells one case from another.
    return kind === "unchanged" ? this.keep(kind, { ...item, documents: [] }, run) : run();
  }

  /** Many cases have the same companion. */
  private keep(kind: CompanionKind, item: Case, make: () => JudgedRun): JudgedRun | null {
    const key = `${kind} ${JSON.stringify([item.documents, item.events, item.luck])}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const run = make();
    if (this.kept.size >= companionsKept) this.kept.clear();
    this.kept.set(key, run);
    return run;
  }
}

/** The case as it would be if nobody had damaged a text; null where nobody did. */
export function withoutText(item: Case): Case | null {
  if (item.documents.every((document) => document.was === undefined)) return null;
  const documents = item.documents.map((document) =>
    document.was === undefined
      ? document
      : { id: document.id, version: document.version, text: document.was },
  );
  return { ...item, documents };
}

/** The same change in staging: its own differences on top, what only happens in production left out. */
function inStaging(item: Case): Case {
  const own = item.events.filter(
    (event): event is Extract<CaseEvent, { e: "staging" }> => event.e === "staging",
  );
  const documents: readonly CaseDocument[] = [
    ...item.documents,
    ...own.map(({ id, version, text }) => ({ id, version, text })),
  ];
  return { ...item, documents, events: item.events.filter((event) => event.e !== "staging") };
}
