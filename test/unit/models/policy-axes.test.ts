/** The axes are real: for every value of every axis there is a situation in which the trace differs from another value. */
import { describe, expect, it } from "vitest";
import { type PolicyAxis, policyAxes } from "../../../src/models/managers/policy.js";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

/** A small fleet with everything that an axis could look at. `policy` goes into the manager under test. */
const fleet = (policy: string, rest: string): string => `
fleetquake: 1
title: Axes
horizon: 30h
regions:
  a: { members: [a-1, a-2] }
  b: { members: [b-1] }
services:
  boss: { manager: m, placement: group, deploy: 5m }
  store: { manager: m, deploy: 4m }
  api: { manager: m, deploy: 4m, needs: [store] }
  web: { manager: m, deploy: 4m, needs: [api] }
  old: { manager: m, deploy: 4m }
  spare: { manager: m, deploy: 4m }
objects:
  app: { manager: m, owns: [web], prune: true }
capabilities:
  site: { service: web, share: 1 }
managers:
  m:
    model: fail-static
    service: boss
    instances: per-group
    cells: by-group
    deployedBy: parent
    rollout: { waves: [[a], [b]], bake: 30m }
    policy: ${policy}
  parent: { model: fail-static, deployedBy: people }
response: { detect: 1m, acknowledge: 1m, diagnose: 5m, decide: 1m, repairConfiguration: 5m, alert: { share: 1% } }
${rest}
`;

/** Situations, each by name: what changes or fails. */
const situations: Readonly<Record<string, string>> = {
  "one approved removal":
    "changes: [{ at: 10m, author: x, scope: [old], approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]",
  "one removal that nobody approved":
    "changes: [{ at: 10m, author: x, scope: [old], intend: { remove: [old] } }]",
  "four removals":
    "changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [old, spare, api, web] }], intend: { remove: [old, spare, api, web] } }]",
  "an update and a removal":
    "changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: [{ update: [web] }, { remove: [old] }] }]",
  "removal of what others need":
    "changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [store] }], intend: { remove: [store] } }]",
  "removal of an owner":
    "changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [app] }], intend: { remove: [app] } }]",
  "an entry that vanishes":
    "changes: [{ at: 10m, author: x, edits: [{ delete: applications/old }, { set: managers/m.a#/manages, to: [api, spare, store, web] }, { set: managers/m.b#/manages, to: [api, spare, store, web] }] }]",
  "the same in one mapping":
    "changes: [{ at: 10m, author: x, edits: [{ delete: applications/old }, { set: managers/m#/manages, to: [api, spare, store, web] }] }]",
  "an entry in error":
    'changes: [{ at: 10m, author: x, edits: [{ set: "applications/old#/replicas", to: many }] }]',
  "an own entry in error":
    'changes: [{ at: 10m, author: x, edits: [{ set: "managers/m.a#/manages", to: [nothing] }] }]',
  "the same own entry in one mapping":
    'changes: [{ at: 10m, author: x, edits: [{ set: "managers/m#/manages", to: [nothing] }] }]',
  "an entry in error, and then the service is gone":
    'changes: [{ at: 10m, author: x, edits: [{ set: "applications/old#/replicas", to: many }] }]\nfaults: [{ at: 20m, for: 20h, what: crash, of: old }]',
  "a service goes over to another manager":
    "changes: [{ at: 10m, author: x, intend: { migrate: { service: old, to: parent } } }]",
  "a removal outside the author's scope":
    "changes: [{ at: 10m, author: x, scope: [spare], approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]",
  "the declared removal of the manager itself":
    "changes: [{ at: 10m, author: x, scope: [boss], approvals: [{ by: y, covers: [boss] }], intend: { remove: [boss] } }]",
  "an unreadable source": "faults: [{ at: 10m, for: 5m, what: source, of: m, gives: error }]",
  "half of a source": "faults: [{ at: 10m, for: 5m, what: source, of: m, gives: partial }]",
  "an old version of the source":
    "changes: [{ at: 10m, author: x, intend: { add: [spare] } }]\nfaults: [{ at: 60m, for: 15m, what: source, of: m, gives: stale }]",
  "a crash of a service": "faults: [{ at: 10m, for: 2h, what: crash, of: store }]",
  "a crash of a manager's process": "faults: [{ at: 10m, for: 2h, what: crash, of: boss, in: a }]",
  "a lost lease during a removal":
    "faults: [{ at: 5m, for: 2h, what: lease, of: m, gives: stale }]\nchanges: [{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]",
};

function outcome(policy: string, situation: string): string | null {
  let scenario: ReturnType<typeof scenarioOf>;
  try {
    scenario = scenarioOf(fleet(policy, situations[situation]!));
    return JSON.stringify(traceOf(runOf(scenario)).events);
  } catch (error) {
    // An edit of a mapping that this policy does not have: the situation does not exist for it.
    if (error instanceof Error && /no-such-document|does not exist/.test(error.message)) return null;
    throw error;
  }
}

/** Other axes that a value needs around it to show. */
const around: Readonly<Partial<Record<PolicyAxis, readonly string[]>>> = {
  finalizer: [
    "cascade: background, selfManagement: self, error: removeEntry",
    "cascade: background",
    "cascade: none, absence: prune",
  ],
  cascade: [
    "selfManagement: self, error: removeEntry, mapping: global",
    "",
    "selfManagement: self, error: removeEntry",
  ],
  selfManagement: ["error: removeEntry, cascade: background", "drift: redeploy", ""],
  ownership: ["", "error: removeEntry, selfManagement: self, cascade: background", "absence: tombstoneOnly"],
  mapping: [""],
  scope: ["", "selfManagement: self"],
  budget: ["budgetMax: 2, budgetFraction: 40%, budgetPer: 1h", ""],
  failMode: ["error: treatEmpty", ""],
  trigger: ["drift: redeploy", ""],
};

describe.each(Object.entries(policyAxes) as [PolicyAxis, readonly string[]][])("axis %s", (axis, values) => {
  const traces = new Map<string, Map<string, string | null>>();
  for (const value of values) {
    const mine = new Map<string, string | null>();
    for (const context of around[axis] ?? [""]) {
      for (const situation of Object.keys(situations)) {
        const policy = `{ ${[context, `${axis}: ${value}`].filter((part) => part !== "").join(", ")} }`;
        mine.set(`${context} | ${situation}`, outcome(policy, situation));
      }
    }
    traces.set(value, mine);
  }

  it.each(values)("%s differs from every other value somewhere", (value) => {
    const mine = traces.get(value)!;
    const same = values.filter(
      (other) => other !== value && [...mine].every(([key, trace]) => trace === traces.get(other)!.get(key)),
    );
    expect(same).toEqual([]);
  });
});
