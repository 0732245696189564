/** Which crew did what when. Crews are not told apart in a run, so each job goes to the first one that is free. */
import type { WorkSpan } from "../../trace/variant-view.js";

export interface CrewJob extends WorkSpan {
  /** Counts from 0. */
  readonly crew: number;
}

/** By start, then in the order of the run; never more crews than jobs at one time. */
export function crewLanes(work: readonly WorkSpan[]): readonly CrewJob[] {
  const freeAtMs: number[] = [];
  return work
    .map((span, k) => ({ span, k }))
    .sort((a, b) => a.span.fromMs - b.span.fromMs || a.k - b.k)
    .map(({ span }) => {
      const free = freeAtMs.findIndex((atMs) => atMs <= span.fromMs);
      const crew = free < 0 ? freeAtMs.length : free;
      freeAtMs[crew] = span.toMs;
      return { ...span, crew };
    });
}
