/** One fleet for the tests of guards: two region groups, one manager `m` that runs as `boss`, `web` is what users see. */
import { runOf, scenarioOf, traceOf } from "./scenario.js";

export interface GuardSituation {
  readonly model?: string;
  /** More of the manager's description. */
  readonly manager?: string;
  readonly defect?: boolean;
  readonly store?: string;
  /** More services, a line each. */
  readonly services?: string;
  readonly change?: string;
  readonly faults?: string;
  /** What people do about the configuration in an incident. */
  readonly response?: string;
}

export const guardFleet = (s: GuardSituation, guards: string): string => `
fleetquake: 1
title: Guards
horizon: 12h
regions: { a: { members: [a-1, a-2] }, b: { members: [b-1, b-2] } }
services:
  boss: { manager: m, placement: group, deploy: 5m }
  store: { manager: m, deploy: 4m${s.store ?? ""} }
  api: { manager: m, deploy: 4m, needs: [store] }
  web: { manager: m, deploy: 4m, needs: [api] }
  old: { manager: m, deploy: 4m }
  spare: { manager: m, deploy: 4m }
${s.services ?? ""}
capabilities: { site: { service: web, share: 1 } }
managers:
  m:
    model: ${s.model ?? "legacy"}
    service: boss
    ${s.defect === false ? "" : "defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }]"}
    ${s.manager ?? ""}
    guards: { add: [${guards}] }
  parent: { model: inert }
changes: ${s.change ?? removal("old")}
faults: ${s.faults ?? "[]"}
response: { configuration: ${s.response ?? "leave"} }
`;

export function removal(name: string, at = "10m"): string {
  return `[{ at: ${at}, author: x, scope: [${name}], approvals: [{ by: y, covers: [${name}] }], intend: { remove: [${name}] } }]`;
}

export interface Taken {
  readonly minute: number;
  readonly what: "removed" | "stopped";
  readonly service: string;
  readonly place: string;
}

/** Instances that a manager removed or stopped, in order. */
export function taken(situation: GuardSituation, guards: string): readonly Taken[] {
  const { events } = traceOf(runOf(scenarioOf(guardFleet(situation, guards))));
  return events.flatMap((event) =>
    event.e === "removed" || event.e === "stopped"
      ? [{ minute: Math.floor(event.t / 60_000), what: event.e, service: event.service, place: event.place }]
      : [],
  );
}

/** Their services. */
export const gone = (situation: GuardSituation, guards: string): readonly string[] =>
  [...new Set(taken(situation, guards).map((item) => item.service))].sort();
