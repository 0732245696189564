/**
 * Serial schedule generation: job by job in the order of a list, each as early as what is before it and the resources
 * allow. Gives active schedules, among which there is a best one for every objective that never gains from delay
 * (Kolisch 1996). Backwards it gives the right-justified schedule.
 */
import type { Problem } from "./problem.js";
import { ResourceProfile } from "./resource-profile.js";
import type { Rows } from "./rows.js";

export class SerialScheduler {
  private readonly profiles: readonly ResourceProfile[];
  private readonly before: Rows;
  readonly finish: Float64Array;

  /** Backwards: the relation is turned round, and times count from the end. */
  constructor(
    private readonly problem: Problem,
    backwards = false,
  ) {
    const users = new Int32Array(problem.capacity.length);
    for (const resource of problem.uses.values) users[resource]!++;
    this.profiles = Array.from(problem.capacity, (units, k) => new ResourceProfile(units, users[k]!));
    this.before = backwards ? problem.after : problem.before;
    this.finish = new Float64Array(problem.count);
  }

  /** Start times by job, into `start`; the list has every job after those before it. Returns the makespan. */
  schedule(list: Int32Array, start: Float64Array): number {
    const { durations, uses, amounts } = this.problem;
    const { before, finish, profiles } = this;
    for (const profile of profiles) profile.reset();
    let makespan = 0;
    for (let at = 0; at < list.length; at++) {
      const j = list[at]!;
      let time = 0;
      for (let k = before.start[j]!; k < before.start[j + 1]!; k++) {
        const end = finish[before.values[k]!]!;
        if (end > time) time = end;
      }
      const duration = durations[j]!;
      const first = uses.start[j]!;
      const last = uses.start[j + 1]!;
      if (duration > 0 && first < last) {
        for (let agreed = 0, k = first; agreed < last - first; k = k + 1 === last ? first : k + 1) {
          const fits = profiles[uses.values[k]!]!.earliest(time, duration, amounts[k]!);
          agreed = fits === time ? agreed + 1 : 1;
          time = fits;
        }
        for (let k = first; k < last; k++) profiles[uses.values[k]!]!.take(time, duration, amounts[k]!);
      }
      start[j] = time;
      const end = time + duration;
      finish[j] = end;
      if (end > makespan) makespan = end;
    }
    return makespan;
  }
}
