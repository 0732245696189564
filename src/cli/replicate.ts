/** Replications over worker threads, taken in order, until there are enough of them. */

import type { Samples } from "../estimate/replications/samples.js";
import { relativePrecision } from "../estimate/statistics/precision.js";
import type { Variant } from "../scenario/scenario.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import { labelsOf } from "./foreign/manager-option.js";
import type { ReplicationAnswer, ReplicationQuestion, ReplicationSetup } from "./replication-worker.js";
import { answered, WorkerPool } from "./worker-pool.js";

/** Replications a question: enough that the asking costs nothing, few enough that Ctrl-C loses little. */
const chunk = 32;
/** Questions on their way at the same time, per thread. */
const ahead = 2;

export type Ended = "runs" | "precision" | "limit" | "wall" | "interrupt";

export class ReplicationPool {
  private readonly pool: WorkerPool<ReplicationAnswer>;
  private subjects = 0;

  constructor(
    private readonly options: ReplicationSetup & {
      readonly jobs: number;
      readonly request: CatalogueRequest;
    },
  ) {
    const { jobs, request, stop } = options;
    this.pool = new WorkerPool({
      script: new URL("./replication-worker.js", import.meta.url),
      setup: { stop } satisfies ReplicationSetup,
      jobs,
      request,
    });
  }

  /** The number by which the variant is asked for. */
  open(scenario: string, variant: Variant, judged: readonly string[] = []): number {
    const subject = this.subjects++;
    this.pool.tell({ ask: "open", subject, scenario, variant, judged } satisfies ReplicationQuestion);
    return subject;
  }

  /** Nobody asks for it any more; its simulators are large. */
  forget(subject: number): void {
    this.pool.tell({ ask: "forget", subject } satisfies ReplicationQuestion);
  }

  /** Goes on from the replications that are there up to `until`; fewer only where something stopped it. */
  async replicate(subject: number, samples: Samples, until: number, options: StretchOptions): Promise<void> {
    const { seed, pinned = [] } = options;
    const open: Promise<ReplicationAnswer>[] = [];
    let next = samples.runs;
    while (next < until || open.length > 0) {
      while (next < until && open.length < this.options.jobs * ahead) {
        const count = Math.min(chunk, until - next);
        const asked = this.pool.ask({ ask: "sample", subject, seed, from: next, count, pinned });
        // One failure ends it; answers that nobody waits for any more are no news.
        asked.catch(() => {});
        open.push(asked);
        next += count;
      }
      const answer = answered(await open.shift()!);
      if (answer.kind !== "sampled") continue;
      const expected = Math.min(chunk, until - samples.runs);
      samples.add(answer.batch);
      if (answer.batch.count < expected || options.stop() !== null) {
        await Promise.allSettled(open);
        return;
      }
      options.progress(samples.runs, until);
    }
  }

  /** Managers that are not ours are asked again what they were asked. */
  async verify(): Promise<void> {
    if (labelsOf(this.options.request).length === 0) return;
    for (const answer of await this.pool.askAll({ ask: "verify" })) answered(answer);
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

export interface StretchOptions {
  readonly seed: number;
  readonly pinned?: readonly string[];
  /** Asked between answers. */
  readonly stop: () => "wall" | "interrupt" | null;
  readonly progress: (done: number, until: number) => void;
}

/** Looks at 480 replications, which give p99 a two-sided interval, and then at twice as many each time. */
const firstLook = 480;
const lastLook = 15_360;

/** Until `runs`, or without a number until the mean time to recovery is known to within `precision`. */
export async function replicateEnough(
  pool: ReplicationPool,
  subject: number,
  samples: Samples,
  { runs, precision, ...options }: StretchOptions & Wanted,
): Promise<Ended> {
  let until = runs ?? firstLook;
  for (;;) {
    await pool.replicate(subject, samples, until, options);
    const stopped = options.stop();
    if (samples.runs < until) return stopped ?? "interrupt";
    if (runs !== null) return "runs";
    if (relativePrecision(samples.restricted("recovery"), precision).reached) return "precision";
    if (until >= lastLook) return "limit";
    until *= 2;
  }
}

export interface Wanted {
  readonly runs: number | null;
  /** Relative error of the mean. */
  readonly precision: number;
}
