/** The fleets that the mechanisms live in. Every manager that is looked at is of the model `mechanism`. */

export interface Situation {
  readonly title: string;
  readonly regions?: string;
  /** A line each. */
  readonly services: string;
  readonly objects?: string;
  readonly capabilities: string;
  readonly managers: string;
  readonly changes?: string;
  readonly more?: string;
}

const block = (lines: string): string => lines.trim().replace(/^ */gm, "  ");

export const fleet = (s: Situation): string => `fleetquake: 1
title: ${s.title}
horizon: 6h
regions: ${s.regions ?? "{ eu: { members: [eu-1, eu-2] } }"}
services:
${block(s.services)}
${s.objects === undefined ? "" : `objects:\n${block(s.objects)}`}
capabilities: ${s.capabilities}
managers:
${block(s.managers)}
changes: [${s.changes ?? ""}]
response: { crews: 2, detect: 3m, diagnose: 20m, configuration: leave, approve: { p50: 30m, p90: 1h } }
${s.more ?? ""}
`;

export const removalOf = (
  name: string,
  approvals = `{ by: reviewer, covers: [${name}] }`,
  at = "10m",
): string => `{ at: ${at}, author: owner, approvals: [${approvals}], intend: { remove: [${name}] } }`;
export const updateOf = (name: string): string => `{ at: 10m, author: owner, intend: { update: [${name}] } }`;
export const additionOf = (name: string): string => `{ at: 10m, author: owner, intend: { add: [${name}] } }`;
