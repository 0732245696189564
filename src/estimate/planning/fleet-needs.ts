/** What has to be brought back before an instance can start, or serve: the jobs it waits for. */
import { HARD } from "../../models/fleet/requirements.js";
import type { NeedSpec } from "../../models/fleet/spec.js";
import { containingPlace, placesNamed, REGIONAL } from "../../models/fleet/topology.js";
import type { Run } from "../../scenario/run.js";

const none: ReadonlySet<number> = new Set();

/**
 * A set of k of n services counts as the k of them that wait for the fewest jobs, chosen once: alternatives that depend
 * on the order are no project with precedence. Where all n are lost, a plan may so be longer than it had to be, never
 * impossible.
 */
export class FleetNeeds {
  private readonly serving = new Map<number, ReadonlySet<number>>();
  private readonly open = new Set<number>();

  /** `jobOf`: by instance, the job that brings it back; -1: it is there. */
  constructor(
    private readonly run: Run,
    private readonly jobOf: Int32Array,
  ) {}

  /** Jobs before an instance can be started. */
  toStart(instance: number): ReadonlySet<number> {
    return this.needed(instance, true);
  }

  /** Jobs before an instance serves, its own included. */
  toServe(instance: number): ReadonlySet<number> {
    const known = this.serving.get(instance);
    if (known !== undefined) return known;
    const own = this.jobOf[instance]!;
    // Its own job has its needs before it.
    if (own >= 0) return new Set([own]);
    // A loop of services that all run: nothing in it is missing but what lies outside.
    if (this.open.has(instance)) return none;
    this.open.add(instance);
    const found = this.needed(instance, false);
    this.open.delete(instance);
    this.serving.set(instance, found);
    return found;
  }

  private needed(instance: number, start: boolean): ReadonlySet<number> {
    const { fleet } = this.run;
    const found = new Set<number>();
    for (let k = fleet.requirementsStart[instance]!; k < fleet.requirementsStart[instance + 1]!; k++) {
      const r = fleet.requirementsOf[k]!;
      if (!start && fleet.requirementKind[r] !== HARD) continue;
      for (const job of this.ofRequirement(r)) found.add(job);
    }
    return found;
  }

  private ofRequirement(requirement: number): ReadonlySet<number> {
    const { fleet } = this.run;
    const items: ReadonlySet<number>[] = [];
    for (let k = fleet.memberStart[requirement]!; k < fleet.memberStart[requirement + 1]!; k++)
      items.push(this.toServe(fleet.members[k]!));
    for (let r = requirement + 1; r < fleet.requirementCount; r++) {
      // Parts of a requirement follow it.
      if (fleet.requirementOwner[r] !== -requirement - 1) break;
      items.push(this.ofRequirement(r));
    }
    return union(cheapest(items, fleet.threshold[requirement]!));
  }

  /** Jobs before a soft need of something in a region is met; requests may fail until then. */
  soft(need: NeedSpec & { kind: "soft" }, region: number): ReadonlySet<number> {
    const { fleet } = this.run;
    const service = fleet.serviceIndex.get(need.service)!;
    const first = fleet.firstInstance[service]!;
    const width = fleet.placement[service]!;
    const places =
      need.in === null
        ? [containingPlace(fleet, REGIONAL, region, width)]
        : [...placesNamed(fleet, need.in, width)];
    return union(
      cheapest(
        places.map((place) => this.toServe(first + place)),
        1,
      ),
    );
  }
}

const cheapest = (items: readonly ReadonlySet<number>[], count: number): readonly ReadonlySet<number>[] =>
  items
    .map((item, index) => ({ item, index }))
    .sort((a, b) => a.item.size - b.item.size || a.index - b.index)
    .slice(0, count)
    .map(({ item }) => item);

function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  if (sets.length === 0) return none;
  if (sets.length === 1) return sets[0]!;
  const all = new Set<number>();
  for (const set of sets) for (const item of set) all.add(item);
  return all;
}
