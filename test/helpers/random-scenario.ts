/** Random scenarios: fleets, managers, changes and faults of every kind, as documents. */
import * as fc from "fast-check";
import { guardCatalogue } from "../../src/models/guards/catalogue.js";
import { managerModels } from "../../src/models/managers/catalogue.js";
import { policyAxes } from "../../src/models/managers/policy.js";

const services = ["s1", "s2", "s3", "s4", "s5"];
const managers = ["m1", "m2"];
const places = ["g1", "g2", "r1", "r3"];
const some = <T>(values: readonly T[], max = 2) => fc.subarray([...values], { maxLength: max });
const one = <T>(values: readonly T[]) => fc.constantFrom(...values);
const time = one(["0", "30s", "5m", "20m", "1h", "3h"]);
const law = fc.oneof(time, fc.constant({ p50: "5m", p90: "12m" }), fc.constant({ mean: "8m" }));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const need = fc.oneof(
  one(services),
  fc.record({ service: one(services), kind: fc.constant("soft"), weight: fc.constant(0.3) }),
  fc.record({ service: one(services), kind: fc.constant("startup") }),
  fc.record({ service: one(services), kind: fc.constant("hard"), grace: time }),
  fc.record({
    service: one(services),
    kind: fc.constant("hard"),
    in: some(places).filter((list) => list.length > 0),
  }),
  fc.record({ kind: fc.constant("any"), of: fc.constant(["s4", "s5"]), k: one([1, 2]) }),
);
const service = fc.record({
  manager: one([...managers, null]),
  placement: one(["regional", "regional", "group", "global"]),
  deploy: law,
  needs: fc.array(need, { maxLength: 2 }),
  byHand: fc.boolean(),
  protect: fc.boolean(),
  state: optional(fc.record({ onRemove: one(["retain", "delete"]), restore: law })),
  warmUp: optional(fc.constant({ for: "6m", success: 0.4 })),
});
const axes = fc.record(
  Object.fromEntries(
    Object.entries(policyAxes).map(([axis, values]) => [axis, optional(one(values as readonly string[]))]),
  ),
);
const manager = fc.record({
  model: one(managerModels.map((model) => model.name)),
  cells: one(["global", "by-group", "by-region"]),
  deployedBy: one(["people", "m1", "m2"]),
  reads: some(services, 1),
  policy: fc
    .tuple(
      axes,
      fc.record({
        observationDelay: one(["0", "0", "10m"]),
        removal: one(["2s", "3m"]),
        parallelism: one([1, 5, 1000]),
      }),
    )
    .map(([a, b]) => ({ ...a, ...b })),
  guards: fc.record({
    add: some(guardCatalogue.map((guard) => guard.name)),
    stored: one(["external", "in-configuration"]),
  }),
  rollout: optional(fc.constant({ waves: [["g2"], ["g1"]], bake: "20m" })),
});
const change = fc.record({
  at: time,
  author: fc.constant("x"),
  scope: optional(some(services)),
  approvals: fc.array(fc.record({ by: one(["x", "y", "z"]), covers: some(services) }), { maxLength: 2 }),
  intend: fc.oneof(
    fc.record({ remove: some([...services, "owner"]).filter((list) => list.length > 0) }),
    fc.record({ update: some(services, 1).filter((list) => list.length > 0) }),
    fc.record({ migrate: fc.record({ service: one(services), to: one(managers) }) }),
    fc.constant({ rename: { service: "s1", to: "s2" } }),
    fc.constant({ add: ["s3"] }),
  ),
});
const fault = fc.record({
  at: time,
  for: optional(time),
  what: one(["source", "list", "observation", "network", "crash", "lease"]),
  of: one(managers),
  gives: one(["error", "empty", "partial", "stale"]),
  in: optional(some(places).filter((list) => list.length > 0)),
});
export const randomScenario = fc.record({
  fleetquake: fc.constant(1),
  title: fc.constant("fuzz"),
  horizon: one(["4h", "30h"]),
  regions: fc.constant({ g1: { members: ["r1", "r2"] }, g2: { members: ["r3"], weight: 2 } }),
  services: fc.record(Object.fromEntries(services.map((name) => [name, service]))),
  objects: fc.constant({ owner: { manager: "m1", owns: ["s5"], prune: true } }),
  capabilities: fc.constant({
    a: { service: "s1", share: 0.5, fallback: [{ capability: "b", enrolled: 0.7 }] },
    b: { services: ["s2", "s3"], share: 0.3 },
  }),
  managers: fc.tuple(manager, manager, fc.boolean(), fc.boolean()).map(([m1, m2, first, second]) => ({
    m1: {
      ...m1,
      ...(first ? { service: "s4" } : {}),
      defects: [{ id: "d", after: "removal", does: "leave-reference-in-own-entry" }],
    },
    m2: { ...m2, ...(second ? { service: "s5" } : {}) },
  })),
  changes: fc.array(change, { maxLength: 3 }),
  faults: fc.array(fault, { maxLength: 2 }),
  response: fc.record({
    configuration: one(["repair", "freeze", "leave"]),
    batch: one(["region", "group"]),
    crews: one([1, 3]),
  }),
  limits: fc.constant({ events: 40_000 }),
});

const loaded = fc.record({
  capacity: fc.array(optional(one([1, 20, 60, 400])), {
    minLength: services.length,
    maxLength: services.length,
  }),
  coldFor: optional(one(["6m", "1h"])),
  shedLoad: optional(law),
  demand: fc.record({
    loginsPerSecond: one([0, 60, 100]),
    patience: optional(one(["10m", "2h"])),
    retry: optional(
      fc.record({
        max: one([0, 1, 3]),
        timeout: one(["200ms", "10s", "5m"]),
        backoff: optional(
          one([
            { base: "1s", cap: "1m" },
            { base: "10s", cap: "40m" },
          ]),
        ),
        jitter: one(["full", "none"]),
        budget: optional(one([0, 0.1, 5])),
      }),
    ),
    queue: optional(
      fc.record({
        bound: optional(one([0, 50, 5000])),
        order: one(["fifo", "lifo"]),
        dropExpired: fc.boolean(),
      }),
    ),
    admission: optional(one([0.5, 1])),
  }),
});

/** The same fleets, with capacities and all that clients and services do under load. */
export const randomLoadedScenario = fc.tuple(randomScenario, loaded).map(([scenario, load]) => ({
  ...scenario,
  demand: load.demand,
  response: { ...scenario.response, shedLoad: load.shedLoad },
  services: Object.fromEntries(
    Object.entries(scenario.services as Record<string, object>).map(([name, item], k) => [
      name,
      {
        ...item,
        capacity: load.capacity[k],
        ...(load.coldFor === undefined ? {} : { warmUp: { for: load.coldFor, capacity: 0.3 } }),
      },
    ]),
  ),
}));
