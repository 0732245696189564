/** Verdicts on a trace, from a run or from a file: builds what the properties see, and asks each of them. */
import { assert } from "../base/assert.js";
import { compileFleet } from "../models/fleet/compile-fleet.js";
import type { Name } from "../models/fleet/spec.js";
import type { Effect, Fall, JudgedRun } from "../models/judging/judged-trace.js";
import type { Verdict } from "../models/judging/property.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { InstanceRef, Trace, TraceEvent } from "./trace.js";

/** One verdict a property, in the order given. A run that a limit cut short keeps its violations and proves nothing. */
export function judge(properties: readonly PropertyRule[], trace: Trace): readonly Verdict[] {
  const run = view(trace);
  return properties.map((property) => {
    const verdict = property.judge(run);
    if (!run.cutShort || verdict.verdict === "violated") return verdict;
    return { ...verdict, verdict: "out-of-budget", because: "a limit ended the run before the horizon" };
  });
}

function view(trace: Trace): JudgedRun {
  const { header, events } = trace;
  const fleet = compileFleet(header.spec.fleet);
  const builder = new Builder(events);
  for (const event of events) builder.add(event);
  const tickets = declaredBy(trace);
  const end = events.at(-1);
  assert(end !== undefined && end.e === "end", "a trace ends with the event `end`");
  const aliveAtEnd = new Map<Name, number>();
  const absent = startsAbsent(trace);
  fleet.services.forEach((service, s) => {
    const all = absent.has(service.name) ? 0 : fleet.firstInstance[s + 1]! - fleet.firstInstance[s]!;
    aliveAtEnd.set(service.name, all + (builder.balance.get(service.name) ?? 0));
  });
  return {
    fleet,
    managers: header.spec.managers,
    tickets,
    ticketed: new Set(tickets.flatMap((ticket) => ticket.removes)),
    effects: builder.effects,
    falls: builder.falls,
    proposedRemovals: builder.proposedRemovals,
    errorsRead: builder.errorsRead,
    aliveAtEnd,
    restlessPlans: builder.restless,
    plans: builder.plans,
    cutShort: end.verdict === "event-limit" || end.verdict === "interrupted",
    endMs: end.t,
  };
}

/** Tickets of changes that really happened within the run. */
function declaredBy(trace: Trace): JudgedRun["tickets"] {
  const happened = new Set(trace.events.flatMap((event) => (event.e === "change" ? event.tickets : [])));
  return trace.header.tickets.filter((ticket) => happened.has(ticket.id));
}

function startsAbsent(trace: Trace): ReadonlySet<Name> {
  const names = trace.header.spec.changes.flatMap((change) =>
    change.intend.flatMap((item) =>
      item.kind === "add" ? item.services : item.kind === "rename" ? [item.to] : [],
    ),
  );
  return new Set(names);
}

class Builder {
  readonly effects: Effect[] = [];
  readonly falls: Fall[] = [];
  readonly restless: { event: number; atMs: number; text: string }[] = [];
  readonly balance = new Map<Name, number>();
  proposedRemovals = 0;
  errorsRead = 0;
  plans = 0;
  private readonly effectOf = new Map<number, Effect | null>();
  private readonly fromError = new Map<number, boolean>();
  private readonly done = new Map<string, number>();

  constructor(private readonly events: readonly TraceEvent[]) {}

  add(event: TraceEvent): void {
    switch (event.e) {
      case "read":
        this.errorsRead += event.errors.length + (event.whole === "complete" ? 0 : 1);
        return;
      case "plan":
        this.plan(event);
        return;
      case "execute":
        this.execute(event);
        return;
      case "removed":
      case "stopped":
        this.effect(event);
        return;
      case "crashed":
        this.effectOf.set(event.id, null);
        this.dies(event);
        return;
      case "deploying":
      case "running":
        this.effectOf.set(event.id, this.inherited(event));
        if (event.e === "running") this.runs(event);
        return;
      case "down":
        this.down(event);
        return;
      default:
    }
  }

  private readonly dead = new Set<string>();

  /** An instance that was stopped and is then deleted dies once. */
  private dies({ service, place }: InstanceRef): void {
    const key = `${service} ${place}`;
    if (this.dead.has(key)) return;
    this.dead.add(key);
    this.balance.set(service, (this.balance.get(service) ?? 0) - 1);
  }

  private runs({ service, place }: InstanceRef): void {
    this.dead.delete(`${service} ${place}`);
    this.balance.set(service, (this.balance.get(service) ?? 0) + 1);
  }

  private plan(event: Extract<TraceEvent, { e: "plan" }>): void {
    if (event.actions.length > 0) this.plans++;
    for (const action of event.actions) {
      if (action.do === "delete" || action.do === "stop") this.proposedRemovals++;
    }
    const error = event.actions.some((action) => action.because.some((reason) => reason.code === "error"));
    this.fromError.set(event.id, error);
  }

  /** The same action on the same place twice without anything having changed it back. */
  private execute(event: Extract<TraceEvent, { e: "execute" }>): void {
    const plan = this.events[event.because[0] ?? -1];
    const reasons =
      plan?.e === "plan" ? plan.actions.filter((action) => action.target.service === event.service) : [];
    const error = reasons.some(
      (action) => action.do === event.action && action.because.some((reason) => reason.code === "error"),
    );
    this.fromError.set(event.id, error);
    const key = `${event.manager} ${event.cell} ${event.action} ${event.service} ${event.places.join(",")}`;
    const before = this.done.get(key);
    const noEffect = event.action === "update" || event.action === "restart";
    if (before !== undefined && noEffect) {
      const text = `${event.manager} repeats: ${event.action} ${event.service}`;
      this.restless.push({ event: event.id, atMs: event.t, text });
    }
    this.done.set(key, event.id);
  }

  private effect(event: Extract<TraceEvent, { e: "removed" | "stopped" }>): void {
    const cause = event.because[0] ?? -1;
    const effect: Effect = {
      event: event.id,
      atMs: event.t,
      action: event.e === "removed" ? "delete" : "stop",
      service: event.service,
      place: event.place,
      cause: event.cause,
      by: event.by,
      fromError: this.fromError.get(cause) ?? false,
    };
    this.effectOf.set(event.id, effect);
    this.dies(event);
    this.effects.push(effect);
  }

  private inherited(event: TraceEvent): Effect | null {
    return this.effectOf.get(event.because[0] ?? -1) ?? null;
  }

  private down(event: Extract<TraceEvent, { e: "down" }>): void {
    const root = this.inherited(event);
    this.effectOf.set(event.id, root);
    if (event.reason !== "dependency") return;
    this.falls.push({ event: event.id, atMs: event.t, service: event.service, place: event.place, root });
  }
}
