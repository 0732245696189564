/** The bands of an estimate, from its replications: a region counts once all of its group works. */
import type { Run } from "../../scenario/run.js";
import { BandCounter, type Bands } from "../../trace/bands.js";
import type { Samples } from "./samples.js";

/** Times after the start of the outage; nobody is told in these, so `published` is empty. */
export function bandsOf({ fleet, spec }: Pick<Run, "fleet" | "spec">, samples: Samples): Bands {
  const capabilities = spec.fleet.capabilities.map(({ name }) => name);
  const sizes = fleet.groupNames.map((_, g) => fleet.regionsOfGroup[g]!.length);
  const counter = new BandCounter(capabilities, fleet.regionNames.length, samples.followedMs);
  const recovery = samples.times("recovery");
  const logins = samples.column("unserved-logins");
  recovery.forEach((time, run) => {
    counter.addTotals(time, logins[run]!);
  });
  capabilities.forEach((name, c) => {
    const columns = fleet.groupNames.map((group) => samples.column(`capability ${name} in ${group}`));
    for (let run = 0; run < samples.runs; run++) {
      counter.addRestored(
        c,
        wholeGroups(
          columns.map((column) => column[run]!),
          sizes,
        ),
      );
    }
  });
  return { ...counter.bands(), published: [] };
}

/** Regions in groups that work, by time; a group whose time is 0 was never hurt. */
function wholeGroups(times: readonly number[], sizes: readonly number[]): [number, number][] {
  const order = times
    .map((time, g) => ({ time, size: sizes[g]! }))
    .filter(({ time }) => Number.isFinite(time))
    .sort((a, b) => a.time - b.time);
  const curve: [number, number][] = [[0, 0]];
  for (const { time, size } of order) {
    const last = curve.at(-1)!;
    if (last[0] === time) last[1] += size;
    else curve.push([time, last[1] + size]);
  }
  return curve;
}
