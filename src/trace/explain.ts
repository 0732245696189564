/** Why something happened: from an event back to the change that it follows from, and each step as a sentence. */
import { plural } from "../models/judging/verdicts.js";
import type { Trace, TraceEvent } from "./trace.js";

/**
 * The chain of causes that ends with `event`, its root first. Where an event has several causes the last one is
 * followed: the one nearest to it (the removal of the owner rather than the plan, the fault rather than the version).
 */
export function causeChain(trace: Trace, event: number): readonly TraceEvent[] {
  const chain: TraceEvent[] = [];
  for (let id: number | undefined = event; id !== undefined && id >= 0; ) {
    const next: TraceEvent | undefined = trace.events[id];
    if (next === undefined) break;
    chain.push(next);
    id = next.because.at(-1);
  }
  return chain.reverse();
}

/** The change or fault that an event goes back to; null for what nobody caused. */
export function rootCause(trace: Trace, event: number): TraceEvent | null {
  const root = causeChain(trace, event)[0];
  return root !== undefined && (root.e === "change" || root.e === "fault") ? root : null;
}

const listed = (names: readonly string[], max = 4): string =>
  names.length <= max ? names.join(", ") : `${names.slice(0, max).join(", ")} and ${names.length - max} more`;

const overloaded = {
  healthy: "keeps up with its load again",
  collapsed: "collapses under its load",
  draining: "works off what has piled up",
  shedding: "turns away what is too much",
} as const;

/** One sentence without a full stop; names are those of the scenario. */
export function describeEvent(event: TraceEvent): string {
  switch (event.e) {
    case "change":
      return event.text;
    case "defect":
      return event.text;
    case "fault":
      return `fault: ${event.what} of ${event.of} gives ${event.gives}`;
    case "fault-over":
      return `the fault of ${event.of} (${event.what}) is over`;
    case "read":
      return event.errors.length > 0
        ? `${event.manager} reads version ${event.version} and meets an error: ${event.errors[0]!.error}`
        : `${event.manager} reads version ${event.version} of its configuration (${event.whole})`;
    case "plan": {
      const services = new Set(event.actions.map((action) => action.target.service));
      return event.actions.length === 0
        ? `${event.manager} proposes nothing: ${event.waitingOn[0]?.text ?? "there is nothing to do"}`
        : `${event.manager} proposes ${plural(event.actions.length, "action")} on ${listed([...services])}`;
    }
    case "guard":
      return `the guard ${event.guard} ${event.verdict === "hold" ? "holds" : "refuses"} the ${event.action} of ${event.service}: ${event.text}`;
    case "approval":
      return `${event.by} ${event.granted ? "approves" : "refuses"} the removal of ${event.service}: ${event.text}`;
    case "execute":
      return `${event.manager} starts to ${event.action} ${event.service} in ${plural(event.places.length, "place")}: ${event.text}`;
    case "refused":
      return `the world refuses the ${event.action} of ${event.service}: ${event.text}`;
    case "removed":
      return `${event.service} in ${event.place} is removed by ${event.by} (${event.cause})`;
    case "stopped":
      return `${event.service} in ${event.place} is stopped by ${event.by} (${event.cause})`;
    case "crashed":
      return `${event.service} in ${event.place} crashes`;
    case "deploying":
      return `${event.service} in ${event.place} is deployed by ${event.by}${event.hand ? ", by hand" : ""}`;
    case "running":
      return `${event.service} in ${event.place} runs`;
    case "down":
      return `${event.service} in ${event.place} goes down: ${event.reason === "dependency" ? `it needs ${event.needs ?? "what is gone"}` : event.reason}`;
    case "up":
      return `${event.service} in ${event.place} serves again`;
    case "quality":
      return `${event.capability} in ${event.region}: ${Math.round(event.success * 1000) / 10} % of the requests succeed`;
    case "manager":
      return `the manager ${event.manager}${event.cell === "global" ? "" : ` (${event.cell})`} is ${{ boot: "up", down: "gone", wedged: "deaf", paused: "paused", resumed: "resumed" }[event.state]}${event.text === undefined ? "" : `: ${event.text}`}`;
    case "handover":
      return `${event.service} goes over from ${event.from} to ${event.to}`;
    case "released":
      return `${event.manager} lets go of ${event.service}`;
    case "phase":
      return event.text;
    case "work":
      return `a crew ${event.state === "start" ? "starts" : "has started"} ${event.service} in ${listed(event.places)}`;
    case "verified":
      return `${event.capability} works again in ${event.group}: people have checked`;
    case "published":
      return `the public is told that ${event.capability} works again in ${event.group}`;
    case "overload":
      return `${event.service} in ${event.where} ${overloaded[event.state]}: ${event.offered} requests a second for ${event.capacity}${event.returning > 0 ? `, ${event.returning} of them from users who come back` : ""}`;
    case "stuck":
      return event.text;
    case "end":
      return {
        horizon: "the run ends at its horizon",
        quiet: "nothing more can happen",
        "event-limit": "the run reached its limit of events",
        interrupted: "the run was interrupted",
      }[event.verdict];
  }
}
