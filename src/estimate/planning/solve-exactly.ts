/** The exact program handed to HiGHS (WebAssembly, loaded when first used): is there anything better than a schedule that is known? */
import { assert } from "../../base/assert.js";
import type { Objective } from "./decoder.js";
import { columnsOf, exactModel, gridOf } from "./exact-model.js";
import type { Network } from "./network.js";
import type { Problem } from "./problem.js";

export interface ExactOptions {
  readonly objective: Objective;
  /** What is to be beaten: the makespan of the schedule known, or its harm. */
  readonly known: { readonly makespan: number; readonly harm: number };
  /** Nodes of the search; a count, so that the answer does not depend on the speed of the machine. */
  readonly nodes: number;
  /** Programs with more binary variables are not tried. */
  readonly columns: number;
  /** Wall time in seconds, for measurements that say so; makes the answer depend on the machine. */
  readonly seconds?: number;
}

export type ExactAnswer =
  /** The schedule known is best. */
  | { readonly is: "proven" }
  /** A better one, and best. */
  | { readonly is: "better"; readonly start: Float64Array }
  | { readonly is: "open"; readonly why: "size" | "limit" };

let loaded: ReturnType<typeof load> | null = null;

async function load() {
  const { default: module } = await import("highs");
  // Its types describe the CommonJS module; what is imported is the loader itself.
  return await (module as unknown as typeof module.default)();
}

/** Once: a solver is made anew for every program, the module need not be. */
const loadHighs = (): ReturnType<typeof load> => (loaded ??= load());

export async function solveExactly(
  problem: Problem,
  network: Network,
  options: ExactOptions,
): Promise<ExactAnswer> {
  const { objective, known } = options;
  const grid = gridOf(problem);
  // For the makespan only shorter schedules are looked for; for the harm any schedule no longer than all work in a row.
  let all = 0;
  for (const duration of problem.durations) all += duration;
  const horizon =
    objective === "makespan" ? known.makespan - grid : Math.min(all, harmHorizon(problem, network, known));
  const columns = columnsOf(problem, network, horizon, grid);
  if (columns > options.columns) return { is: "open", why: "size" };
  const model = exactModel(problem, network, objective, horizon, grid);
  if (model === null) return { is: "proven" };
  const highs = await loadHighs();
  const solution = highs.solve(model.text, {
    output_flag: false,
    random_seed: 0,
    mip_rel_gap: 0,
    mip_max_nodes: options.nodes,
    ...(options.seconds === undefined ? {} : { time_limit: options.seconds }),
  });
  if (solution.Status === "Infeasible") return { is: "proven" };
  if (solution.Status !== "Optimal") return { is: "open", why: "limit" };
  const value = (column: string): number => {
    const found = solution.Columns[column];
    assert(found !== undefined && "Primal" in found, `HiGHS gives a value for ${column}`);
    return Number(found.Primal);
  };
  return {
    is: "better",
    start: Float64Array.from({ length: problem.count }, (_, j) => model.startOf(j, value)),
  };
}

/** No job with weight may end so late that it alone costs more than the schedule known; unweighted ones only wait for them. */
function harmHorizon(problem: Problem, network: Network, known: ExactOptions["known"]): number {
  const { count, durations, weights } = problem;
  let least = 0;
  for (let j = 0; j < count; j++) least += weights[j]! * (network.head[j]! + durations[j]!);
  let latest = 0;
  for (let j = 0; j < count; j++) {
    if (weights[j] === 0) return Number.POSITIVE_INFINITY;
    const spare = (known.harm - least) / weights[j]!;
    latest = Math.max(latest, network.head[j]! + durations[j]! + spare);
  }
  return latest;
}
