/** A fleet of two regions, three services and one manager `m`, in which a change after an hour removes `old`. */
import type { Scenario } from "../../src/scenario/scenario.js";
import { scenarioOf } from "./scenario.js";

export interface SmallFleet {
  /** Flow map of YAML: how `m` is managed. */
  readonly manager: string;
  readonly edits?: string;
  readonly approvals?: string;
  readonly variants?: string;
}

export const smallFleet = ({ manager, edits, approvals, variants }: SmallFleet): Scenario =>
  scenarioOf(`
fleetquake: 1
title: small
horizon: 60h
regions: { eu: { members: [eu-1] }, us: { members: [us-1] } }
services:
  a: { manager: m, deploy: 2m }
  b: { manager: m, deploy: 2m, needs: [a] }
  old: { manager: m, deploy: 2m }
capabilities: { using: { service: b, share: 1 } }
managers: { m: ${manager} }
changes:
  - at: 1h
    author: somebody
    approvals: ${approvals ?? "[{ by: peer, covers: [old] }]"}
    intend: { remove: [old] }
    ${edits === undefined ? "" : `edits: ${edits}`}
response: { approve: 10m, configuration: leave }
${variants === undefined ? "" : `variants: ${variants}`}
`);
