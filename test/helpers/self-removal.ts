/**
 * A fleet whose manager removes itself and everything it manages, an hour after the start, with durations that never
 * vary: one crew brings back the manager (20 min), then eu and us, each network (10), app (5) and web (8 min).
 */
import { scenarioOf } from "./scenario.js";

export interface SelfRemoval {
  /** Keys of `response` in place of the constant ones: flow map of YAML without braces. */
  readonly response?: string;
  readonly services?: string;
  readonly crews?: number;
  readonly horizon?: string;
  readonly rest?: string;
}

const constant =
  "detect: 4m, acknowledge: 5m, diagnose: 30m, decide: 10m, repairConfiguration: 15m, verify: 6m, publish: 7m, approve: 1m";

export const selfRemovalText = ({
  response = constant,
  services = "",
  crews = 1,
  horizon = "10h",
  rest = "",
}: SelfRemoval = {}) => `
fleetquake: 1
title: self removal
horizon: ${horizon}
regions: { eu: { members: [eu-1] }, us: { members: [us-1] } }
services:
  control: { manager: legacy, placement: global, deploy: 20m, layer: 0 }
  network: { manager: legacy, deploy: 10m, layer: 1 }
  app: { manager: legacy, deploy: 5m, layer: 2, needs: [network] }
  web: { manager: legacy, deploy: 8m, layer: 2, needs: [network] }
  old: { manager: legacy, deploy: 2m, layer: 2 }
  ${services}
capabilities:
  app: { service: app, share: 0.6 }
  web: { service: web, share: 0.4 }
managers:
  legacy:
    model: legacy
    version: "1"
    service: control
    cells: global
    deployedBy: people
    defects: [{ id: dangling-own-entry, after: removal, does: leave-reference-in-own-entry, fixedIn: "2" }]
changes:
  - { at: 1h, author: sre, scope: [old], approvals: [{ by: peer, covers: [old] }], intend: { remove: [old] } }
response: { alert: { share: 1% }, order: { groups: [eu, us] }, crews: ${crews}, ${response} }
demand: { loginsPerSecond: 10 }
${rest}
`;

export const selfRemoval = (options: SelfRemoval = {}) => scenarioOf(selfRemovalText(options));
