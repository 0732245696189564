/** What ended the work of threads early, told without a stack: a fault of what the user loaded, or one that may be ours. */
import { ManagerFault } from "../live/fault.js";
import type { Console } from "./console.js";
import { exitCode } from "./exit-code.js";
import { WorkerFailure } from "./worker-pool.js";

/** The exit code. Throws on what is neither. */
export function tellFailure(error: unknown, debug: boolean, console: Console): number {
  const isBug = error instanceof WorkerFailure;
  if (!isBug && !(error instanceof ManagerFault)) throw error;
  console.clearProgress();
  if (isBug) console.warn(`This is a bug in fleetquake (or in a module that was loaded): ${error.message}`);
  else console.issues(error.issues);
  console.warn(`  replay: fleetquake ${process.argv.slice(2).join(" ")}`);
  const detail = isBug ? error.stackOfWorker : error.request;
  if (debug && detail !== null) console.warn(detail);
  return isBug ? exitCode.bug : exitCode.wrongInput;
}
