/** A first scenario: small enough to read at once, with a manager inside the fleet, its defect and an approved removal. */
export const starter = `fleetquake: 1
title: My fleet
about: >
  Somebody removes the service "reports". What does the manager make of it?
horizon: 12h

# A key is a region group; its members are regions. Every regional service runs once in each region.
regions:
  eu: { members: [eu-1, eu-2] }
  us: { members: [us-1..us-3] }

services:
  deployer: { manager: deployer, placement: global, deploy: { p50: 20m, p90: 40m } }
  database: { manager: deployer, deploy: { p50: 10m, p90: 25m }, state: { onRemove: retain, restore: { p50: 30m, p90: 1h } } }
  api: { manager: deployer, deploy: 5m, needs: [database] }
  website: { manager: deployer, deploy: 5m, needs: [api, { service: reports, kind: soft, weight: 0.02 }] }
  reports: { manager: deployer, deploy: 5m, needs: [database] }

capabilities:
  shop: { title: The shop, service: website, share: 0.9 }

managers:
  deployer:
    model: legacy # \`fleetquake managers\` lists the models, \`fleetquake guards\` the guards
    service: deployer
    deployedBy: people
    # The bug to imagine: after a removal the manager's own entry still refers to what is gone.
    defects: [{ id: dangling-own-entry, after: removal, does: leave-reference-in-own-entry }]

changes:
  - at: 10m
    author: somebody
    approvals: [{ by: colleague, covers: [reports] }]
    intend: { remove: [reports] }

response: { detect: { p50: 5m, p90: 10m }, diagnose: { p50: 30m, p90: 1h }, crews: 2 }

# The same change, with one thing different each time. A scenario file is a test: \`expect\` says what should come out.
variants:
  as-it-is: {}
  with-guards:
    managers: { deployer: { guards: { add: [failStatic, selfProtect] } } }
  newer-manager:
    managers: { deployer: { model: modern } }

expect:
  as-it-is:
    violates: [no-self-removal, no-collateral-removal, no-cascading-outage, fail-static]
    recovered: { once: "<= 10h" }
  with-guards: { holds: gate, removed: [reports] }
  newer-manager: { holds: gate, removed: [reports], noOutage: true }
`;
