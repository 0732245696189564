/** What could be done about it: the same scenario with one thing better, to be simulated on the same luck. */
import type { Distribution } from "../../base/distribution.js";
import type { ManagerSpec } from "../../models/managers/spec.js";
import type { ResponseSpec } from "../../models/people/spec.js";
import type { Spec } from "../../scenario/scenario.js";

export interface Lever {
  readonly id: string;
  /** What is done, as a sentence without a subject. */
  readonly about: string;
  readonly spec: Spec;
}

/** The same law, `factor` times as long. */
export function stretched(law: Distribution, factor: number): Distribution {
  switch (law.law) {
    case "constant":
      return { ...law, valueMs: law.valueMs * factor };
    case "lognormal":
      return { ...law, p50Ms: law.p50Ms * factor, p90Ms: law.p90Ms * factor };
    case "exponential":
    case "gamma":
      return { ...law, meanMs: law.meanMs * factor };
    case "uniform":
      return { ...law, minMs: law.minMs * factor, maxMs: law.maxMs * factor };
    case "triangular":
      return {
        ...law,
        minMs: law.minMs * factor,
        modeMs: law.modeMs * factor,
        maxMs: law.maxMs * factor,
      };
    case "weibull":
      return { ...law, scaleMs: law.scaleMs * factor };
    case "pareto":
      return { ...law, minMs: law.minMs * factor };
    case "empirical":
      return { ...law, samplesMs: law.samplesMs.map((sample) => sample * factor) };
  }
}

/** `guards`: those worth a try in front of every manager, by name. */
export function leversOf(spec: Spec, guards: readonly string[]): readonly Lever[] {
  const { response } = spec;
  const people = (id: string, about: string, change: Partial<ResponseSpec>): Lever => ({
    id,
    about,
    spec: { ...spec, response: { ...response, ...change } },
  });
  const managers = (id: string, about: string, change: (manager: ManagerSpec) => ManagerSpec): Lever => ({
    id,
    about,
    spec: { ...spec, managers: spec.managers.map(change) },
  });
  const parallelism = managers(
    "parallelism",
    "twice the deploys at a time for every manager that is limited",
    (manager) =>
      manager.policy.parallelism === undefined
        ? manager
        : { ...manager, policy: { ...manager.policy, parallelism: 2 * manager.policy.parallelism } },
  );
  return [
    people("crew", `one crew more (${response.crews + 1})`, { crews: response.crews + 1 }),
    people("crews", `twice the crews (${2 * response.crews})`, { crews: 2 * response.crews }),
    people("batch", batchAbout(response.batch), { batch: response.batch === "group" ? "region" : "group" }),
    people("detect", "detection in half the time", { detect: stretched(response.detect, 0.5) }),
    people("diagnose", "diagnosis in half the time", { diagnose: stretched(response.diagnose, 0.5) }),
    people("decide", "the decision in half the time", { decide: stretched(response.decide, 0.5) }),
    {
      id: "deploy",
      about: "deploys in half the time",
      spec: {
        ...spec,
        fleet: {
          ...spec.fleet,
          services: spec.fleet.services.map((service) => ({
            ...service,
            deploy: stretched(service.deploy, 0.5),
          })),
        },
      },
    },
    ...(spec.managers.some(({ policy }) => policy.parallelism !== undefined) ? [parallelism] : []),
    managers("cells", "a cell for every region group", (manager) => ({ ...manager, cells: "by-group" })),
    ...guards.map((guard) =>
      managers(`guard ${guard}`, `the guard ${guard} in front of every manager`, (manager) => ({
        ...manager,
        guards: {
          ...manager.guards,
          add: [...manager.guards.add.filter((item) => item.guard !== guard), { guard, options: {} }],
        },
      })),
    ),
  ];
}

const batchAbout = (batch: ResponseSpec["batch"]): string =>
  batch === "group"
    ? "crews take on one region at a time instead of a whole group"
    : "crews take on a whole region group at a time";
