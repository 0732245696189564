/** What every command around replications does: threads, Ctrl-C, --wall, and failures of what was loaded told without a stack. */
import { ManagerFault } from "../live/fault.js";
import type { Console } from "./console.js";
import { exitCode } from "./exit-code.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import { listenForInterruption } from "./interruption.js";
import type { CommonOptions, ReplicationOptions } from "./options.js";
import { ReplicationPool } from "./replicate.js";
import { WorkerFailure } from "./worker-pool.js";

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
    const isBug = error instanceof WorkerFailure;
    if (!isBug && !(error instanceof ManagerFault)) throw error;
    console.clearProgress();
    if (isBug) console.warn(`This is a bug in fleetquake (or in a module that was loaded): ${error.message}`);
    else console.issues(error.issues);
    console.warn(`  replay: fleetquake ${process.argv.slice(2).join(" ")}`);
    const detail = isBug ? error.stackOfWorker : error.request;
    if (options.debug && detail !== null) console.warn(detail);
    return [isBug ? exitCode.bug : exitCode.wrongInput];
  } finally {
    interruption.ignore();
    await pool.close();
  }
}
