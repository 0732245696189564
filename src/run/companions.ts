/** Runs to compare with: the script of a run with one thing different. */
import type { CompanionKind } from "../models/judging/rule.js";
import type { Run, Script } from "../scenario/run.js";

/** Null: there is no such run. */
export function companionRun(_run: Run, script: Script, kind: CompanionKind): Script | null {
  return kind === "unchanged" ? { ...script, changes: [] } : null;
}
