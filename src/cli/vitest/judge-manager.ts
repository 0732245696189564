/** One search for all tests of a suite: the machinery of `fleetquake check`, with one scenario and one manager. */
import { join } from "node:path";
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import type { CheckResult } from "../../chaos/check-result.js";
import { ManagerFault } from "../../live/fault.js";
import type { FullCatalogue } from "../catalogue.js";
import { CheckDesk } from "../check-desk.js";
import type { CheckOptions } from "../check-options.js";
import { CheckPool, type SearchPool } from "../check-pool.js";
import { keptName, prepare, resultOf, type Target } from "../check-targets.js";
import { writeAll } from "../files.js";
import { describeCatalogue } from "../foreign/describe-catalogue.js";
import type { ManagerOptions } from "../foreign/manager-option.js";
import { loadScenarioText } from "../load.js";
import { search } from "../search.js";
import { inProcessPool } from "./in-process-pool.js";
import type { SuiteSettings } from "./options.js";
import type { ScenarioText } from "./scenario-source.js";
import type { Subject } from "./subject.js";

export interface SuiteRequest {
  readonly subject: Subject;
  readonly scenario: ScenarioText;
  /** Properties that have a test. */
  readonly properties: readonly string[];
  readonly settings: SuiteSettings;
}

/** What the tests of a suite look at. broken: the manager or the input is wrong, in words; `cause` is what it threw. */
export type Judged =
  | { readonly is: "judged"; readonly result: CheckResult }
  | { readonly is: "broken"; readonly issues: readonly Issue[]; readonly cause: unknown };

export async function judgeManager(request: SuiteRequest): Promise<Judged> {
  try {
    const result = await searched(request);
    return result.ok
      ? { is: "judged", result: result.value }
      : { is: "broken", issues: result.error, cause: undefined };
  } catch (error) {
    if (!(error instanceof ManagerFault)) throw error;
    return { is: "broken", issues: error.issues, cause: error.cause };
  }
}

async function searched(request: SuiteRequest): Promise<Result<CheckResult, readonly Issue[]>> {
  const { subject, settings } = request;
  const startedMs = performance.now();
  const catalogue =
    subject.kind === "here" ? ok(subject.catalogue) : await describeCatalogue(subject.request);
  if (!catalogue.ok) return catalogue;
  const target = targetOf(request, catalogue.value);
  if (!target.ok) return target;
  const options = optionsOf(request);
  const tested = catalogue.value.properties.filter(({ name }) => request.properties.includes(name));
  const prepared = prepare(target.value, settings.operators, tested, catalogue.value, options);
  if (!prepared.ok) return prepared;
  const { pool, close } = poolFor(subject, options.jobs);
  try {
    const found = await search(pool, 0, options.jobs, {
      ...prepared.value,
      // Whoever asks for a test of a property wants it to fail.
      gate: new Set(request.properties),
      stop: () => (performance.now() - startedMs > settings.timeoutMs ? "wall" : null),
      progress: () => {},
    });
    const result = resultOf(target.value, found, options);
    const kept = settings.save === null ? ok(null) : keep(settings.save, target.value, result);
    return kept.ok ? ok(result) : err([kept.error]);
  } finally {
    await close();
  }
}

function targetOf(
  { subject, scenario, settings }: SuiteRequest,
  catalogue: FullCatalogue,
): Result<Target, readonly Issue[]> {
  const managers = subject.kind === "here" ? [subject.replacement] : subject.request.managers;
  const chosen = settings.variant === null ? [] : [settings.variant];
  const loaded = loadScenarioText(scenario.text, scenario.file, catalogue, chosen, managers);
  return loaded.ok ? ok({ owner: loaded.value, variant: loaded.value.variants[0]! }) : loaded;
}

/** The options with which `fleetquake check` would do the same. */
function optionsOf({ subject, settings, properties }: SuiteRequest): CheckOptions & ManagerOptions {
  const { seed, runs, exhaustive, maxMutations, shrinkTries, only, except, save, as } = settings;
  return {
    seed,
    variant: settings.variant === null ? [] : [settings.variant],
    runs,
    exhaustive,
    maxMutations,
    weighting: "coverage",
    only,
    except,
    property: properties,
    staging: false,
    save: save !== null,
    regressions: save ?? "",
    out: "",
    format: [],
    // The test runner uses the other processors for other files.
    jobs: 1,
    failFast: false,
    shrinkTries,
    delay: [],
    load: [],
    manager: subject.kind === "here" ? [] : [subject.option],
    managerTimeout: settings.managerTimeoutMs,
    ...(as === null ? {} : { as }),
  };
}

interface OpenPool {
  readonly pool: SearchPool;
  readonly close: () => Promise<void>;
}

function poolFor(subject: Subject, jobs: number): OpenPool {
  const stop = new SharedArrayBuffer(4);
  if (subject.kind === "here") {
    const { catalogue, foreign, verify } = subject;
    const desk = new CheckDesk(catalogue, foreign, new Int32Array(stop), verify);
    return { pool: inProcessPool(desk), close: async () => {} };
  }
  const pool = new CheckPool({ jobs, request: subject.request, stop, delaysMs: [] });
  return { pool, close: () => pool.close() };
}

function keep(folder: string, target: Target, { findings }: CheckResult): Result<null, Issue> {
  if (findings.length === 0) return ok(null);
  const files = findings.map(
    ({ id, counterexample }) => [keptName(target, id), [counterexample.text]] as const,
  );
  const written = writeAll(folder, new Map(files));
  return written.ok ? written : err({ ...written.error, path: join(folder, files[0]![0]) });
}
