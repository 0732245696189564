/** What `managerSuite` can be told, checked where it is read; what is left out gets its default here. */
import type { Issue } from "../../base/issue.js";
import { nearestName } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import { err, ok, type Result } from "../../base/result.js";
import { operatorsFor } from "../../chaos/mutations/catalogue.js";
import type { Operator } from "../../chaos/mutations/operator.js";
import { propertyCatalogue } from "../../models/judging/catalogue.js";
import type { Scenario } from "../../scenario/scenario.js";

/** The path of a scenario file, its text (anything with a line break), or a parsed scenario. */
export type ScenarioSource = string | Scenario;

/**
 * What a property has to come out as. holds: it was put to the test and held. violated: it must be violated.
 * never-exercised: it may stay untested, as in a scenario file.
 */
export type ExpectedOutcome = "holds" | "violated" | "never-exercised";

export interface ManagerSuiteOptions {
  /** One describe each. Default: the small fleet that `fleetquake init` writes. */
  readonly scenario?: ScenarioSource | readonly ScenarioSource[];
  /** Variant of the scenario; default: the first. */
  readonly variant?: string;
  /** Name of the manager in the scenario that it plays; default: the first. */
  readonly as?: string;
  /** Guards in front of it, as a scenario writes them: `"budget"` or `{ budget: { max: 3 } }`. */
  readonly guards?: readonly (string | Readonly<Record<string, Json>>)[];
  /** Properties to test. Default: the gate, with what the scenario adds to it under `properties:`. */
  readonly properties?: readonly string[];
  /** By property; those named here are tested as well. */
  readonly expect?: Readonly<Record<string, ExpectedOutcome>>;
  /** uint32, default 1. Outside of CI the environment variable FLEETQUAKE_SEED has the last word. */
  readonly seed?: number;
  /** Cases in all before random ones stop; default 1,000. */
  readonly runs?: number;
  /** Every sequence of at most so many mutations (2: of structure); default 1. */
  readonly exhaustive?: 0 | 1 | 2;
  /** Most mutations of a random case, 1 to 6; default 3. */
  readonly maxMutations?: number;
  /** Mutation operators: ids, letters, levels or ranges, as for `--only` and `--except`. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  /** Folder in which counterexamples are kept as scenario files; what it holds is tried first. */
  readonly save?: string;
  /** Cases that making one counterexample smaller may cost; default 3,000. */
  readonly shrinkTries?: number;
  /** The search stops after this time, in ms, and says that it has no verdict; default 300,000. */
  readonly timeoutMs?: number;
  /** Managers from a path or a command: how long one answer may take, in ms; default 5,000. */
  readonly managerTimeoutMs?: number;
}

type Settled = Required<
  Pick<
    ManagerSuiteOptions,
    "seed" | "runs" | "exhaustive" | "maxMutations" | "shrinkTries" | "timeoutMs" | "managerTimeoutMs"
  >
>;

/** Everything has a value and is sound, but for the scenario. */
export interface SuiteSettings extends Settled {
  readonly variant: string | null;
  readonly as: string | null;
  readonly guards: NonNullable<ManagerSuiteOptions["guards"]>;
  readonly properties: readonly string[] | null;
  readonly expect: NonNullable<ManagerSuiteOptions["expect"]>;
  readonly only: readonly string[];
  readonly except: readonly string[];
  readonly operators: readonly Operator[];
  readonly save: string | null;
}

export const managerTimeoutDefaultMs = 5_000;
const uint32 = 0xffffffff;
const limits: Readonly<Record<keyof Settled, readonly [least: number, most: number, otherwise: number]>> = {
  seed: [0, uint32, 1],
  runs: [1, 10_000_000, 1_000],
  exhaustive: [0, 2, 1],
  maxMutations: [1, 6, 3],
  shrinkTries: [0, 100_000, 3_000],
  timeoutMs: [1, 86_400_000, 300_000],
  managerTimeoutMs: [1, 3_600_000, managerTimeoutDefaultMs],
};
const outcomes: readonly string[] = ["holds", "violated", "never-exercised"] satisfies ExpectedOutcome[];

const mistake = (message: string, expected: string, hint?: string): Issue => ({
  code: "option",
  severity: "error",
  message,
  expected,
  ...(hint === undefined ? {} : { hint }),
});

/** `seedOfEnvironment`: text of FLEETQUAKE_SEED where it counts. Every mistake at once. */
export function settle(
  options: ManagerSuiteOptions,
  seedOfEnvironment: string | undefined,
): Result<SuiteSettings, readonly Issue[]> {
  const issues: Issue[] = [];
  const whole = (key: keyof Settled, value: unknown, from = `option ${key}`): number => {
    const [least, most, otherwise] = limits[key];
    if (value === undefined) return otherwise;
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
      return value as number;
    issues.push(mistake(`${from} is ${String(value)}`, `a whole number from ${least} to ${most}`));
    return otherwise;
  };
  const seed =
    seedOfEnvironment === undefined
      ? whole("seed", options.seed)
      : whole(
          "seed",
          /^\d+$/.test(seedOfEnvironment) ? Number(seedOfEnvironment) : seedOfEnvironment,
          "the environment variable FLEETQUAKE_SEED",
        );
  const expect = options.expect ?? {};
  for (const [property, outcome] of Object.entries(expect)) {
    if (!outcomes.includes(outcome))
      issues.push(mistake(`expect.${property} is "${outcome}"`, `one of ${outcomes.join(", ")}`));
  }
  const known = propertyCatalogue.map(({ name }) => name);
  for (const name of new Set([...(options.properties ?? []), ...Object.keys(expect)])) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const hint = near === undefined ? undefined : `did you mean "${near}"?`;
    issues.push(mistake(`there is no property "${name}"`, `one of ${known.join(", ")}`, hint));
  }
  const { only = [], except = [] } = options;
  const operators = operatorsFor({ ...(only.length === 0 ? {} : { only }), except });
  if (!operators.ok) issues.push(...operators.error);
  const settled: SuiteSettings = {
    seed,
    runs: whole("runs", options.runs),
    exhaustive: whole("exhaustive", options.exhaustive) as 0 | 1 | 2,
    maxMutations: whole("maxMutations", options.maxMutations),
    shrinkTries: whole("shrinkTries", options.shrinkTries),
    timeoutMs: whole("timeoutMs", options.timeoutMs),
    managerTimeoutMs: whole("managerTimeoutMs", options.managerTimeoutMs),
    variant: options.variant ?? null,
    as: options.as ?? null,
    guards: options.guards ?? [],
    properties: options.properties ?? null,
    expect,
    only,
    except,
    operators: operators.ok ? operators.value : [],
    save: options.save ?? null,
  };
  return issues.length > 0 ? err(issues) : ok(settled);
}
