/** What the tests of mutations start from: one base for each way in which a configuration can be kept. */
import { formatIssue } from "../../../../src/base/issue.js";
import { type Base, buildBase } from "../../../../src/chaos/base.js";
import type { Scenario } from "../../../../src/scenario/scenario.js";
import { catalogue } from "../../../helpers/catalogue.js";
import { scenarioFile, scenarioOf } from "../../../helpers/scenario.js";

export function baseOf(scenario: Scenario, variant = scenario.variants[0]!.name): Base {
  const chosen = scenario.variants.find((item) => item.name === variant)!;
  const built = buildBase(scenario.name, chosen, scenario.variants, catalogue);
  if (!built.ok) throw new Error(built.error.map(formatIssue).join("\n"));
  return built.value;
}

/** Guards, policy and protection are part of the configuration, and an object owns two of the services. */
const inside = `
fleetquake: 1
title: Guards in the configuration
regions:
  eu: { members: [eu-1..eu-3] }
  us: { members: [us-1] }
services:
  manager: { manager: m, placement: global, deploy: 5m }
  other: { manager: n, placement: group, deploy: 5m }
  web: { manager: m, needs: [api, { service: cache, kind: soft, weight: 0.2 }], deploy: 5m }
  api: { manager: m, needs: [db], deploy: 5m, protect: true }
  db: { manager: m, deploy: 5m, protect: true }
  cache: { manager: n, deploy: 5m }
  old: { manager: n, deploy: 5m }
objects:
  app: { manager: m, owns: [web, api] }
managers:
  m:
    model: fail-static
    service: manager
    guards: { add: [{ budget: { max: 3, per: 1h } }], stored: in-configuration }
  n: { model: legacy, service: other, cells: by-group, version: "9" }
changes:
  - { at: 10m, author: x, intend: { remove: [old] } }
`;

/** Written by hand: anchors, merge keys, templates, comments, lists between brackets, a separator, line ends of Windows. */
const byHand = `
fleetquake: 1
title: Documents by hand
regions:
  eu: { members: [eu-1..eu-2] }
services:
  api: { manager: one, needs: [db], deploy: 5m }
  db: { manager: one, deploy: 5m }
  web: { manager: two, needs: [api], deploy: 5m }
managers:
  one: { model: legacy }
  two: { model: modern }
configuration:
  documents:
    applications/api.yaml: |
      # Who answers.
      name: api
      manager: &owner one

      needs: [db] # and nothing else
      replicas: 1
      regions: [eu-1, eu-2]
      labels: &labels
        team: core
        region: "\${REGION}"
    applications/db.yaml: |
      name: db
      owner: &owner one
      manager: *owner
      nothing: &none []
      needs: *none
      replicas: 1
      protect: true
      base: &base
        size: 3
      store:
        <<: *base
        zone: {{ zone }}
    applications/web.yaml: "name: web\\r\\nmanager: two\\r\\nneeds: [api]\\r\\n"
    managers/one.yaml: |
      # The one that was there first.
      ---
      name: one
      service: null
      # In the order of their start.
      manages:
      - db
      # - cache
      - api
    managers/two.eu.yaml: { name: two, cell: eu, service: null, manages: [web] }
`;

export const bases = (): Readonly<Record<string, Base>> => ({
  duo: baseOf(scenarioFile("duo-2025-02-13.yaml")),
  cascade: baseOf(scenarioFile("cascade-by-ownership.yaml")),
  inside: baseOf(scenarioOf(inside)),
  byHand: baseOf(scenarioOf(byHand)),
});
