/** The estimate of one variant: enough replications, then the same luck once more for every lever and every kind of luck. */
import type { Issue } from "../base/issue.js";
import { canonicalJson, type Json } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";
import { baseText } from "../chaos/base.js";
import { boundVerdicts } from "../estimate/replications/bounded-recovery.js";
import { leverEffect, varianceShare } from "../estimate/replications/effects.js";
import { estimateOf, level, meanOf } from "../estimate/replications/estimate.js";
import type {
  EstimateResult,
  LeverEffect,
  LuckShare,
  PriorUse,
} from "../estimate/replications/estimate-result.js";
import { leversOf } from "../estimate/replications/levers.js";
import { luckOf } from "../estimate/replications/luck.js";
import { Samples } from "../estimate/replications/samples.js";
import { relativePrecision } from "../estimate/statistics/precision.js";
import { durations } from "../models/people/priors.js";
import { buildRun } from "../scenario/build-run.js";
import type { Run } from "../scenario/run.js";
import type { Variant } from "../scenario/scenario.js";
import type { FullCatalogue } from "./catalogue.js";
import { type Kept, takeUp } from "./kept-replications.js";
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
  /** Guards to try; empty: the usual ones. */
  readonly guard: readonly string[];
  readonly costPerLogin?: number;
  readonly resume: boolean;
  /** Modules and managers of other people, which the replications depend on. */
  readonly foreign: readonly string[];
  /** Where replications are kept for --resume. */
  readonly folder: string;
  readonly stop: () => "wall" | "interrupt" | null;
  readonly progress: (done: number, until: number, about: string) => void;
}

export interface EstimatedVariant {
  /** Null: stopped before there were two replications to say anything about. */
  readonly result: EstimateResult | null;
  readonly kept: Kept;
}

/** Replications of a lever or a kind of luck: pairs differ little, so that a few hundred tell them apart. */
const leverRuns = 240;

export async function estimateVariant(
  pool: ReplicationPool,
  request: EstimateRequest,
): Promise<Result<EstimatedVariant, readonly Issue[]>> {
  const { owner, variant, catalogue, seed, folder } = request;
  const built = buildRun(owner.scenario.name, variant, catalogue);
  if (!built.ok) return err(built.error.map((issue) => ({ file: owner.file, ...issue })));
  const run = built.value;
  const key = sha256([
    version,
    String(seed),
    JSON.stringify(request.foreign),
    canonicalJson(variant.spec as unknown as Json),
  ]);
  const empty = Samples.of(run);
  const kept: Kept = { folder, variant: variant.name, key, samples: empty };
  if (request.resume) {
    const taken = takeUp(kept);
    if (!taken.ok) return err([taken.error]);
  }
  // Asked for fewer than are there: the first so many, as if there had been no more.
  const fresh = request.runs !== undefined && empty.runs > request.runs;
  const samples = fresh ? Samples.of(run) : empty;
  const options: StretchOptions = {
    seed,
    stop: request.stop,
    progress: (done, until) => request.progress(done, until, "replications"),
  };
  const subject = pool.open(owner.scenario.name, variant);
  const ended = await replicateEnough(pool, subject, samples, {
    ...options,
    runs: request.runs ?? null,
    precision: request.precision,
  });
  pool.forget(subject);
  const now: Kept = { ...kept, samples };
  if (samples.runs < 2) return ok({ result: null, kept: now });
  const unharmed = samples.column("recovery").every((time) => time === 0);
  const wanted = request.levers && !unharmed && ended !== "interrupt" && ended !== "wall";
  const aside = wanted ? await lookAside(pool, run, samples, request, options) : nothing;
  const cut = wanted && aside.unfinished ? request.stop() : null;
  return ok({ result: told(run, samples, request, cut ?? ended, aside), kept: now });
}

function told(
  run: Run,
  samples: Samples,
  { variant, seed, costPerLogin }: EstimateRequest,
  stoppedBy: Ended,
  { levers, luck, priors }: Aside,
): EstimateResult {
  const estimate = estimateOf(run, samples, seed);
  const { response } = run.spec;
  const recovery = estimate.figures.find(({ id }) => id === "recovery")!;
  const costs = Array.from(samples.column("unserved-logins"), (count) => count * (costPerLogin ?? 0));
  return {
    variant: variant.name,
    seed,
    spec: sha256([baseText(variant.spec)]),
    stoppedBy,
    relativeError: relativePrecision(samples.restricted("recovery")).relative,
    ...estimate,
    bounds: boundVerdicts(variant.expect?.recovered ?? null, recovery, estimate.horizonMs),
    levers,
    luck,
    priors: {
      durations: durations.flatMap((duration) => {
        const prior = response.priors[duration];
        return prior === undefined ? [] : [{ duration, prior }];
      }),
      ...priors,
    },
    cost:
      costPerLogin === undefined ? null : { perLogin: costPerLogin, mean: meanOf(costs, { seed, level }) },
  };
}

interface Aside {
  readonly levers: readonly LeverEffect[];
  readonly luck: readonly LuckShare[];
  readonly priors: Pick<PriorUse, "share" | "error">;
  readonly unfinished: boolean;
}

const nothing: Aside = { levers: [], luck: [], priors: { share: null, error: null }, unfinished: false };

/** Everything that is compared with the replications that are there, on the same luck. */
async function lookAside(
  pool: ReplicationPool,
  run: Run,
  without: Samples,
  request: EstimateRequest,
  options: StretchOptions,
): Promise<Aside> {
  const { owner, variant, catalogue, seed, guard } = request;
  const runs = Math.min(leverRuns, without.runs);
  let unfinished = false;
  /** Null once it was stopped. */
  const again = async (about: string, changed: Variant, pinned: readonly string[]) => {
    if (unfinished || request.stop() !== null) {
      unfinished = true;
      return null;
    }
    const samples = Samples.of(run);
    const subject = pool.open(owner.scenario.name, changed);
    await pool.replicate(subject, samples, runs, {
      ...options,
      pinned,
      progress: (done, until) => request.progress(done, until, about),
    });
    pool.forget(subject);
    unfinished = samples.runs < runs;
    return unfinished ? null : samples;
  };
  const levers: LeverEffect[] = [];
  for (const { spec, ...lever } of leversOf(variant.spec, guard.length === 0 ? undefined : guard)) {
    const changed = { ...variant, spec };
    // One that does not fit this scenario, such as cells for a manager that is global for a reason, is none.
    if (!buildRun(owner.scenario.name, changed, catalogue).ok) continue;
    const samples = await again(lever.about, changed, []);
    if (samples !== null) levers.push(leverEffect(lever, without, samples, seed));
  }
  const kinds = luckOf(variant.spec);
  const luck: LuckShare[] = [];
  for (const kind of kinds) {
    const samples = await again(kind.about, variant, [kind.id]);
    if (samples !== null) luck.push({ ...kind, ...varianceShare(without, samples) });
  }
  const guessed = kinds.filter(({ prior }) => prior !== null).map(({ id }) => id);
  const pinned = guessed.length === 0 ? null : await again("all published durations", variant, guessed);
  return {
    levers: levers.sort((a, b) => b.savedMs.mean - a.savedMs.mean),
    luck: luck.sort((a, b) => b.share - a.share),
    priors:
      guessed.length === 0
        ? { share: 0, error: 0 }
        : pinned === null
          ? nothing.priors
          : varianceShare(without, pinned),
    unfinished,
  };
}
