/** What is known of sets of guards on the traces of a world: each pair is played once, or not at all. */
import type { PropertyRule } from "../../models/judging/rule.js";
import { isHazard } from "../outcome.js";
import type { Switchboard } from "./switchboard.js";
import type { WorldTrace } from "./world.js";

export interface OracleGate {
  /** Properties of the gate: what must never happen, and then what must happen in the end. */
  readonly safety: readonly PropertyRule[];
  readonly progress: readonly PropertyRule[];
}

const unknown = -1;

export class Oracle {
  /** Traces by who refuted a set last. */
  private readonly order: number[];
  private readonly properties: readonly PropertyRule[];
  private readonly safetyBits: number;
  /** By trace and set: violated properties as bits, and guards outside the set that would have objected. */
  private readonly violated: readonly Int32Array[];
  private readonly objecting: readonly Int32Array[];

  constructor(
    private readonly board: Switchboard,
    private readonly traces: readonly WorldTrace[],
    gate: OracleGate,
  ) {
    this.order = traces.map((_, k) => k);
    this.properties = [...gate.safety, ...gate.progress];
    this.safetyBits = (1 << gate.safety.length) - 1;
    const size = 1 << board.guards.length;
    this.violated = traces.map(() => new Int32Array(size).fill(unknown));
    this.objecting = traces.map(() => new Int32Array(size));
  }

  /** No trace violates a safety property. Stops at the first that does, and asks that one first the next time. */
  isSafe(set: number): boolean {
    for (const [index, trace] of this.order.entries()) {
      if ((this.ask(trace, set) & this.safetyBits) === 0) continue;
      this.order.splice(index, 1);
      this.order.unshift(trace);
      return false;
    }
    return true;
  }

  /** What was asked for happens on every trace. */
  progresses(set: number): boolean {
    return this.traces.every((_, trace) => (this.ask(trace, set) & ~this.safetyBits) === 0);
  }

  stops(set: number, trace: number): boolean {
    return (this.ask(trace, set) & this.safetyBits) === 0;
  }

  violatedOn(trace: number, set: number): readonly string[] {
    const bits = this.ask(trace, set);
    return this.properties.filter((_, k) => (bits >> k) & 1).map(({ name }) => name);
  }

  private ask(trace: number, set: number): number {
    const violated = this.violated[trace]!;
    const objecting = this.objecting[trace]!;
    if (violated[set] !== unknown) return violated[set]!;
    for (let k = 0; k < this.board.guards.length; k++) {
      const bit = 1 << k;
      const without = set ^ bit;
      // A guard without an objection changes nothing, so the run is the one without it.
      if ((set & bit) === 0 || violated[without] === unknown || objecting[without]! & bit) continue;
      objecting[set] = objecting[without]!;
      violated[set] = violated[without]!;
      return violated[set]!;
    }
    const { script, item } = this.traces[trace]!;
    const { verdicts, wouldObject } = this.board.play(set, script, item.luck, this.properties);
    let bits = 0;
    for (const [k, { verdict }] of verdicts.entries()) {
      // A run that a limit cut short proves nothing, so it stops nothing either.
      const kept = verdict !== "violated" && verdict !== "out-of-budget";
      if (!kept && !isHazard(this.properties[k], item.recipe)) bits |= 1 << k;
    }
    violated[set] = bits;
    objecting[set] = wouldObject;
    return bits;
  }
}
