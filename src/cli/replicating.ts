/** What every command around replications does: threads, Ctrl-C, --wall, and failures of what was loaded told without a stack. */
import type { Console } from "./console.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import { listenForInterruption } from "./interruption.js";
import type { CommonOptions, ReplicationOptions } from "./options.js";
import { ReplicationPool } from "./replicate.js";
import { tellFailure } from "./tell-failure.js";

/** Why nothing more shall be begun; null: nothing does. */
export type Stop = () => "wall" | "interrupt" | null;

/** Exit codes of the work, or of what went wrong in it. */
export async function replicating(
  request: CatalogueRequest,
  options: Pick<CommonOptions, "debug"> & Pick<ReplicationOptions, "jobs" | "wall">,
  console: Console,
  work: (pool: ReplicationPool, stop: Stop) => Promise<readonly number[]>,
): Promise<readonly number[]> {
  const interruption = listenForInterruption();
  const untilMs = performance.now() + (options.wall ?? Number.POSITIVE_INFINITY);
  const stop: Stop = () =>
    interruption.happened ? "interrupt" : performance.now() > untilMs ? "wall" : null;
  const pool = new ReplicationPool({ jobs: options.jobs, request, stop: interruption.flag });
  try {
    return await work(pool, stop);
  } catch (error) {
    return [tellFailure(error, options.debug, console)];
  } finally {
    interruption.ignore();
    await pool.close();
  }
}
