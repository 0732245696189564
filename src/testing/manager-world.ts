/**
 * A small world that grows by what operators do. The script so far is played from the start after every step: draws are
 * keyed and nothing is kept, so its beginning comes out the same each time.
 */
import { assert } from "../base/assert.js";
import { formatHoursMinutes } from "../base/clock-time.js";
import { Material } from "../chaos/mutations/material.js";
import type { Operator } from "../chaos/mutations/operator.js";
import type { ChangeSpec, FaultSpec, IntentionSpec } from "../models/config/spec.js";
import type { Name } from "../models/fleet/spec.js";
import type { JudgedRun } from "../models/judging/judged-run.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { Doc } from "../models/managers/contract.js";
import { delivery } from "../run/companions.js";
import { createSimulator, type Simulator } from "../run/simulate.js";
import { TraceRecorder } from "../run/trace-recorder.js";
import { repairedFor } from "../scenario/apply-case.js";
import { prepareChanges } from "../scenario/prepare-changes.js";
import type { Run, RunChange, Script } from "../scenario/run.js";
import { causeChain, describeEvent } from "../trace/explain.js";
import { judgeRun } from "../trace/judge.js";
import { JudgeFold } from "../trace/judge-fold.js";
import { must, told } from "./world-base.js";

export class ManagerWorld {
  nowMs = 0;
  /** What was done, for people. */
  readonly log: { readonly atMs: number; readonly text: string }[] = [];
  private readonly simulator: Simulator;
  private readonly fold: JudgeFold;
  /** Changes that were made, and, in the order of time, everything that was delivered. */
  private readonly made: RunChange[] = [];
  private readonly delivered: RunChange[] = [];
  private readonly faults: FaultSpec[] = [];
  /** Documents that somebody damaged, until a change writes them anew; null: it is gone. */
  private readonly damaged = new Map<string, Doc | null>();

  constructor(
    private readonly run: Run,
    private readonly rules: readonly PropertyRule[],
    private readonly seed: number,
  ) {
    // It boots its managers.
    this.simulator = told(() => createSimulator(run));
    this.fold = new JudgeFold(run.fleet, run.spec);
  }

  /** A change with an intention, approved by a colleague. Whoever removes something declares it: a ticket. */
  intend(intention: IntentionSpec, text: string): void {
    const names = "services" in intention ? intention.services : [intention.service];
    this.change([intention], [{ by: "colleague", covers: names }]);
    this.note(text);
  }

  /** Somebody commits a mistake; false: this one has nowhere to be made. `pick` counts round the places. */
  mistake(operator: Operator, pick: number): boolean {
    const change = this.change([], []);
    const { run } = this;
    const { scenario, variant, spec } = run;
    const base = {
      scenario,
      variant,
      spec,
      run: { ...run, changes: this.made },
      staging: null,
      elsewhere: [],
    };
    const material = Material.of(base);
    const sites = operator.sites(material);
    const site = sites[pick % Math.max(1, sites.length)];
    const patch = site === undefined ? null : operator.apply(material, site);
    if (site === undefined || patch === null) {
      this.made.pop();
      this.delivered.pop();
      return false;
    }
    const after = material.with(patch, operator.level === "text");
    const there = new Map(after.view().map((doc) => [doc.id, doc]));
    for (const { id } of patch.documents ?? []) this.damaged.set(id, there.get(id) ?? null);
    this.replaceLast(change, after.view());
    this.note(`somebody commits a mistake, ${operator.id}: ${operator.label(material, site)}`);
    return true;
  }

  /** What was damaged is committed as it was meant; `whole`: everything is, with a number above all that was delivered. */
  repair(whole = false): void {
    const ids = new Set(this.damaged.keys());
    this.damaged.clear();
    const change = this.change([], []);
    const documents = change.documents.map((doc) =>
      whole || ids.has(doc.id) ? { id: doc.id, version: change.version, text: doc.text } : doc,
    );
    this.replaceLast(change, documents);
    this.note("somebody puts the configuration right");
  }

  get isDamaged(): boolean {
    return this.damaged.size > 0;
  }

  /** The documents of an earlier change arrive again, `back` changes before the last one. */
  redeliver(back: number): void {
    const change = this.made[Math.max(0, this.made.length - 1 - back)];
    assert(change !== undefined, "there was a change to deliver again");
    const text = `version ${change.version} is delivered once more`;
    this.delivered.push(delivery(change, this.nowMs, [...change.documents], text));
    this.note(text);
  }

  fault(fault: Omit<FaultSpec, "atMs" | "in">, text: string): void {
    this.faults.push({ ...fault, atMs: this.nowMs, in: null });
    this.note(`${text} for ${formatHoursMinutes(fault.forMs)}`);
  }

  /** Time goes on; then nothing that happened so far may break a rule. Throws an Error that tells what did. */
  pass(ms: number): JudgedRun {
    this.nowMs += ms;
    const run = this.play();
    const { root, ended, manager } = run.managerChanges.find(
      (change) => change.ended !== null || (change.root !== null && !run.ticketed.has(change.root.service)),
    ) ?? { root: null, ended: null, manager: "" };
    for (const { property, verdict, because, violations } of judgeRun(this.rules, run, {})) {
      if (verdict !== "violated") continue;
      const first = [...violations].sort((a, b) => a.atMs - b.atMs || a.event - b.event)[0];
      throw this.broken(property, first?.text ?? because, first?.event ?? -1);
    }
    if (ended !== null) throw this.broken("manager alive", `${manager} is gone: ${ended}`, -1);
    if (root !== null)
      throw this.broken(
        "manager alive",
        `${manager} is gone: ${root.by} took ${root.service} away`,
        root.event,
      );
    return run;
  }

  /**
   * Everything is put right, nothing is wrong any more for a day: what is wanted runs everywhere, what was to go is gone.
   */
  settle(wanted: ReadonlySet<Name>, removed: ReadonlySet<Name>): void {
    const over = Math.max(this.nowMs, ...this.faults.map((fault) => fault.atMs + fault.forMs));
    this.nowMs = over;
    this.repair(true);
    // An older version that was delivered brought its ledger of tickets; the whole configuration brings the newest.
    this.redeliver(0);
    const { aliveAtEnd, fleet } = this.pass(dayMs);
    for (const name of removed) {
      const left = aliveAtEnd.get(name) ?? 0;
      if (left > 0)
        throw this.broken("progress", `${name} was to be removed and still runs ${left} times`, -1);
    }
    for (const name of wanted) {
      const s = fleet.serviceIndex.get(name)!;
      const all = fleet.firstInstance[s + 1]! - fleet.firstInstance[s]!;
      const alive = aliveAtEnd.get(name) ?? 0;
      if (alive < all)
        throw this.broken("progress", `${name} is wanted and runs ${alive} times of ${all}`, -1);
    }
  }

  private note(text: string): void {
    this.log.push({ atMs: this.nowMs, text });
  }

  private change(intend: readonly IntentionSpec[], approvals: ChangeSpec["approvals"]): RunChange {
    const spec: ChangeSpec = {
      atMs: this.nowMs,
      author: "operator",
      scope: null,
      approvals,
      intend,
      edits: null,
    };
    const changes = [...this.made.map((change) => change.spec), spec];
    const managers = this.run.managers.map((manager) => manager.spec);
    const { documents, fleet } = this.run;
    const prepared = must(prepareChanges({ ...this.run.spec, changes }, managers, documents, fleet)).at(-1)!;
    for (const id of prepared.touched) this.damaged.delete(id);
    const made = this.delivering(prepared, this.withDamage(prepared.documents));
    this.made.push(made);
    this.delivered.push(made);
    return made;
  }

  private withDamage(documents: readonly Doc[]): readonly Doc[] {
    if (this.damaged.size === 0) return documents;
    return documents.flatMap((doc) => {
      const damaged = this.damaged.get(doc.id);
      return damaged === undefined ? [doc] : damaged === null ? [] : [damaged];
    });
  }

  private replaceLast(last: RunChange, documents: readonly Doc[]): void {
    const before = new Set(this.made.at(-2)?.documents ?? this.run.documents);
    const touched = documents.filter((doc) => !before.has(doc)).map((doc) => doc.id);
    const change = { ...this.delivering(last, documents), touched };
    this.made[this.made.length - 1] = change;
    this.delivered[this.delivered.indexOf(last)] = change;
  }

  /** What people would restore after it has a number that no manager takes for an older one. */
  private delivering(change: RunChange, documents: readonly Doc[]): RunChange {
    return { ...change, documents, repaired: repairedFor(change.repaired, documents, change.version) };
  }

  private get script(): Script {
    const { documents, skews, bypassed, approveAll, pinned } = this.run;
    return { documents, changes: this.delivered, faults: this.faults, skews, bypassed, approveAll, pinned };
  }

  private play(): JudgedRun {
    const { script } = this;
    this.fold.reset(script.changes.map((change) => change.ticket));
    told(() => this.simulator.play(script, this.seed, 0, [this.fold], this.nowMs));
    return this.fold.result();
  }

  /** One message: the rule, what broke it, what was done, and how the one led to the other. */
  private broken(rule: string, text: string, event: number): Error {
    const recorder = new TraceRecorder(this.run);
    this.simulator.play(this.script, this.seed, 0, [recorder], this.nowMs);
    const chain = event < 0 ? [] : causeChain(recorder.trace(this.seed, 0), event);
    const line = (atMs: number, what: string): string =>
      `  ${`+${formatHoursMinutes(atMs)}`.padEnd(9)} ${what}`;
    const lines = [
      `${rule}: ${text}`,
      "what was done:",
      ...this.log.map((item) => line(item.atMs, item.text)),
      ...(chain.length === 0 ? [] : ["how it came to that:"]),
      ...chain.map((item) => line(item.t, describeEvent(item))),
    ];
    const error = new Error(lines.join("\n"));
    // Where in here it was noticed says nothing to anybody; the test is named by whoever runs the commands.
    error.stack = `${error.name}: ${error.message}`;
    return error;
  }
}

const dayMs = 24 * 3_600_000;
