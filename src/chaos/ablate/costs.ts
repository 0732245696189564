/** What a set of guards costs, measured on the same change made without a mistake, with nothing else going wrong. */
import { quantileMs } from "../../base/quantile.js";
import type { CaseLuck } from "../../scenario/case.js";
import type { Run, RunChange, Script } from "../../scenario/run.js";
import type { Switchboard } from "./switchboard.js";

export interface GuardCost {
  /** Agreements that people are asked for in one such change, and in a week of them. */
  readonly approvals: number;
  readonly approvalsPerWeek: number;
  readonly peopleMinutesPerWeek: number;
  /** How much later the removal is done than without guards; null: it is never done. */
  readonly delayMs: number | null;
}

export class CostMeter {
  private readonly script: Script;
  private readonly approveMs: number;
  private readonly known = new Map<number, GuardCost>();
  private readonly doneWithoutMs: number | null;
  /** A removal is asked for at all, and done when no guard stands in its way. */
  readonly applies: boolean;

  constructor(
    run: Run,
    private readonly board: Switchboard,
    private readonly luck: CaseLuck,
    readonly changesPerWeek: number,
  ) {
    this.script = legitimate(run);
    this.approveMs = quantileMs(run.spec.response.approve, 0.5);
    const asked = run.changes.some(({ ticket }) => ticket.removes.length > 0);
    this.doneWithoutMs = asked ? this.measure(0).doneMs : null;
    this.applies = this.doneWithoutMs !== null;
  }

  of(set: number): GuardCost {
    let cost = this.known.get(set);
    if (cost === undefined) {
      const { approvals, doneMs } = this.measure(set);
      const without = this.doneWithoutMs;
      const approvalsPerWeek = approvals * this.changesPerWeek;
      cost = {
        approvals,
        approvalsPerWeek,
        peopleMinutesPerWeek: Math.round((approvalsPerWeek * this.approveMs) / 60_000),
        delayMs: without === null ? 0 : doneMs === null ? null : doneMs - without,
      };
      this.known.set(set, cost);
    }
    return cost;
  }

  private measure(set: number): { readonly approvals: number; readonly doneMs: number | null } {
    const { run } = this.board.play(set, this.script, this.luck, []);
    let approvals = 0;
    for (const by of run.granted.values()) approvals += by.length;
    const wanted = [...run.ticketed];
    const done = wanted.every((name) => (run.aliveAtEnd.get(name) ?? 0) === 0);
    const times = run.effects.filter(({ service }) => run.ticketed.has(service)).map(({ atMs }) => atMs);
    return { approvals, doneMs: done && times.length > 0 ? Math.max(...times) : null };
  }
}

/**
 * The change with the documents that it was meant to bring. Somebody approved the change as such, nobody the single
 * removals: what a guard asks for counts, whoever would have agreed in advance.
 */
function legitimate(run: Run): Script {
  return {
    documents: run.documents,
    changes: run.changes.map((change): RunChange => {
      const approvals = change.ticket.approvals.map((approval) => ({ ...approval, covers: [] }));
      return {
        ...change,
        documents: change.repaired,
        defects: [],
        ticket: { ...change.ticket, approvals },
      };
    }),
    faults: [],
    skews: [],
    bypassed: new Map(),
    approveAll: false,
    // The price is that of people who take the time that they usually take.
    pinned: ["approve"],
  };
}
