/** The estimate of one variant: enough replications, then the same luck once more for every lever and every kind of luck. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Issue } from "../base/issue.js";
import { canonicalJson, type Json } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";
import { boundVerdicts, leverEffect, varianceShare } from "../estimate/replications/effects.js";
import { estimateOf, level, meanOf } from "../estimate/replications/estimate.js";
import type { EstimateResult, LeverEffect, LuckShare } from "../estimate/replications/estimate-result.js";
import { figuresOf } from "../estimate/replications/figures.js";
import { leversOf } from "../estimate/replications/levers.js";
import { luckOf } from "../estimate/replications/luck.js";
import { Samples } from "../estimate/replications/samples.js";
import { relativePrecision } from "../estimate/statistics/precision.js";
import { buildRun } from "../scenario/build-run.js";
import { isPrior } from "../scenario/convert-response.js";
import type { Run } from "../scenario/run.js";
import type { Variant } from "../scenario/scenario.js";
import type { FullCatalogue } from "./catalogue.js";
import { readTextFile, writeAll } from "./files.js";
import type { LoadedScenario } from "./load.js";
import type { ReplicationOptions } from "./options.js";
import { type Ended, type ReplicationPool, replicateEnough, type StretchOptions } from "./replicate.js";
import { sha256 } from "./sha256.js";
import { version } from "./version.js";

export interface EstimateRequest extends ReplicationOptions {
  readonly catalogue: FullCatalogue;
  readonly owner: LoadedScenario;
  readonly variant: Variant;
  readonly levers: boolean;
  readonly guard: readonly string[];
  readonly costPerLogin?: number;
  readonly resume: boolean;
  /** Where replications are kept for --resume. */
  readonly folder: string;
  readonly stop: () => "wall" | "interrupt" | null;
  readonly progress: (text: string) => void;
}

/** Replications of a lever or a kind of luck: pairs differ little, so that a few hundred tell them apart. */
const leverRuns = 240;

/** Null: stopped before there were two replications to say anything about. */
export async function estimateVariant(
  pool: ReplicationPool,
  request: EstimateRequest,
): Promise<Result<EstimateResult | null, readonly Issue[]>> {
  const { owner, variant, catalogue, seed } = request;
  const built = buildRun(owner.scenario.name, variant, catalogue);
  if (!built.ok) return err(built.error.map((issue) => ({ file: owner.file, ...issue })));
  const run = built.value;
  const samples = new Samples(figuresOf(run.fleet), run.fleet.services.length);
  const keptFile = join(request.folder, `estimate-samples.${variant.name}.json`);
  const key = sha256([version, String(seed), canonicalJson(variant.spec as unknown as Json)]);
  if (request.resume) {
    const issue = takeUp(samples, keptFile, key);
    if (issue !== null) return err([issue]);
  }
  const options: StretchOptions = {
    seed,
    stop: request.stop,
    progress: (done, until) => request.progress(`replication ${done} of ${until}`),
  };
  const subject = pool.open(owner.scenario.name, variant);
  const { horizonMs } = run.spec;
  const stoppedBy = await replicateEnough(pool, subject, samples, {
    ...options,
    runs: request.runs ?? null,
    precision: request.precision,
    horizonMs,
  });
  const kept = keep(samples, keptFile, request.folder, key, stoppedBy);
  if (kept !== null) return err([kept]);
  if (samples.runs < 2) return ok(null);
  const aside =
    request.levers && stoppedBy !== "interrupt" && stoppedBy !== "wall"
      ? await lookAside(pool, run, samples, request, options)
      : { levers: [], luck: [] };
  return ok(told(run, samples, request, stoppedBy, aside));
}

function told(
  run: Run,
  samples: Samples,
  { variant, seed, costPerLogin }: EstimateRequest,
  stoppedBy: Ended,
  { levers, luck }: Aside,
): EstimateResult {
  const estimate = estimateOf(run, samples, seed);
  const recovery = estimate.figures.find(({ id }) => id === "recovery")!;
  const times = Array.from(samples.column("recovery"), (time) => Math.min(time, run.spec.horizonMs));
  const logins = [...samples.column("unserved-logins")];
  return {
    variant: variant.name,
    seed,
    stoppedBy,
    relativeError: relativePrecision(times).relative,
    ...estimate,
    bounds: boundVerdicts(variant.expect?.recovered ?? null, recovery),
    levers,
    luck,
    cost:
      costPerLogin === undefined
        ? null
        : {
            perLogin: costPerLogin,
            mean: meanOf(
              logins.map((count) => count * costPerLogin),
              { seed, name: "cost", level },
            ),
          },
  };
}

interface Aside {
  readonly levers: readonly LeverEffect[];
  readonly luck: readonly LuckShare[];
}

/** Everything that is compared with the replications that are there, on the same luck. */
async function lookAside(
  pool: ReplicationPool,
  run: Run,
  without: Samples,
  request: EstimateRequest,
  options: StretchOptions,
): Promise<Aside> {
  const { owner, variant, catalogue, seed } = request;
  const { horizonMs, response } = run.spec;
  const runs = Math.min(leverRuns, without.runs);
  const again = async (about: string, changed: Variant, pinned: readonly string[]) => {
    const samples = new Samples(without.figures, run.fleet.services.length);
    await pool.replicate(pool.open(owner.scenario.name, changed), samples, runs, {
      ...options,
      pinned,
      progress: (done, until) => request.progress(`${about}: ${done} of ${until}`),
    });
    return samples.runs < runs ? null : samples;
  };
  const levers: LeverEffect[] = [];
  for (const { spec, ...lever } of leversOf(variant.spec, request.guard)) {
    if (request.stop() !== null) break;
    const changed = { ...variant, spec };
    // One that does not fit this scenario, such as cells for a manager that is global for a reason, is none.
    if (!buildRun(owner.scenario.name, changed, catalogue).ok) continue;
    const samples = await again(lever.about, changed, []);
    if (samples !== null) levers.push(leverEffect(lever, without, samples, { horizonMs, seed }));
  }
  const luck: LuckShare[] = [];
  for (const { id, about } of luckOf(variant.spec)) {
    if (request.stop() !== null) break;
    const samples = await again(about, variant, [id]);
    if (samples === null) break;
    luck.push({
      id,
      about,
      prior: isPrior(id, response),
      share: varianceShare(without, samples, horizonMs),
    });
  }
  return {
    levers: levers.sort((a, b) => b.savedMs.mean - a.savedMs.mean),
    luck: luck.sort((a, b) => b.share - a.share),
  };
}

interface Kept {
  readonly key: string;
  readonly runs: number;
  /** A row a replication; null: not within the horizon. */
  readonly values: readonly (number | null)[];
  readonly critical: readonly number[];
}

/** Keeps what was simulated when it was stopped early, and clears it away when it was not. */
function keep(samples: Samples, file: string, folder: string, key: string, stoppedBy: Ended): Issue | null {
  if (stoppedBy !== "interrupt" && stoppedBy !== "wall") {
    rmSync(file, { force: true });
    return null;
  }
  const { values, critical, count } = samples.batch();
  const kept: Kept = {
    key,
    runs: count,
    values: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
    critical: [...critical],
  };
  const name = file.slice(folder.length + 1);
  const written = writeAll(folder, new Map([[name, [JSON.stringify(kept)]]]));
  return written.ok ? null : written.error;
}

function takeUp(samples: Samples, file: string, key: string): Issue | null {
  const wrong = (message: string, hint: string): Issue => ({
    code: "resume",
    severity: "error",
    file,
    message,
    hint,
  });
  if (!existsSync(file)) return wrong("there is nothing to resume", "start without --resume");
  const text = readTextFile(file);
  if (!text.ok) return text.error;
  let kept: Kept;
  try {
    kept = JSON.parse(text.value) as Kept;
  } catch {
    return wrong("this is no file of replications", "start without --resume");
  }
  if (kept.key !== key)
    return wrong(
      "these replications are of another scenario, seed or version",
      "use the same scenario and --seed, or start without --resume",
    );
  samples.add({
    from: 0,
    count: kept.runs,
    values: Float64Array.from(kept.values, (value) => value ?? Number.POSITIVE_INFINITY),
    critical: Uint32Array.from(kept.critical),
    violated: new Uint8Array(0),
  });
  return null;
}
