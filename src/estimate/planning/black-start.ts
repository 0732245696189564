/**
 * Black start: everything is down at once. Which services have to be startable by hand, the smallest set of them, and
 * the loop that no hand breaks. As in a power grid, where some plants must come up without power from outside.
 */

import { findCycles } from "../../models/fleet/cycles.js";
import { namedBy } from "../../models/fleet/hard-closure.js";
import type { FleetSpec, Name } from "../../models/fleet/spec.js";
import { startable } from "../../models/fleet/startable.js";
import type { ManagerSpec } from "../../models/managers/spec.js";

export interface BlackStart {
  /** A smallest set that is enough; null: none is, since services need each other to start. */
  readonly needed: readonly Name[] | null;
  /** False: the search was given up, and a smaller set may be enough. */
  readonly smallest: boolean;
  /** Services that the scenario lets people start: by hand, or because people deploy that manager. */
  readonly declared: readonly Name[];
  /** Of a set that is enough and has as much as possible of what is declared: what is not declared. */
  readonly missing: readonly Name[];
  /** a needs b needs ... needs a, with no manager in it: nothing to be done by hand. */
  readonly needLoops: readonly (readonly Name[])[];
  /** a is started by or needs b ... and back to a: why somebody has to begin by hand. */
  readonly startLoop: readonly Name[];
}

/** Sets looked at before the search settles for a set that is enough. */
const setsMax = 20_000;

export function blackStart(fleet: FleetSpec, managers: readonly ManagerSpec[]): BlackStart {
  const declared = fleet.services
    .filter(
      (service) =>
        service.byHand || managers.some((m) => m.service === service.name && m.deployedBy === "people"),
    )
    .map(({ name }) => name);
  const needLoops = findCycles(fleet);
  const nobody = withHands(fleet, managers, []);
  const startLoop = loopOf(nobody.missing);
  const asDeclared = withHands(fleet, managers, declared);
  if (
    needLoops.length > 0 &&
    withHands(
      fleet,
      managers,
      fleet.services.map(({ name }) => name),
    ).missing.length > 0
  )
    return { needed: null, smallest: true, declared, missing: [], needLoops, startLoop };
  const search = new Search(fleet, managers);
  const needed = search.smallest([]);
  const completing = asDeclared.missing.length === 0 ? [] : search.smallest(declared);
  return {
    needed,
    smallest: !search.gaveUp,
    declared,
    missing: completing,
    needLoops: [],
    startLoop,
  };
}

/** The fleet where exactly these can be started by hand. */
function withHands(fleet: FleetSpec, managers: readonly ManagerSpec[], hands: readonly Name[]) {
  const byHand = new Set(hands);
  const services = fleet.services.map((service) => ({ ...service, byHand: byHand.has(service.name) }));
  // A manager that people deploy is one that they can start by hand; here only `hands` says who is.
  const none = managers.map((m) => (m.deployedBy === "people" ? { ...m, deployedBy: m.name } : m));
  return startable({ ...fleet, services }, none);
}

class Search {
  gaveUp = false;
  private looked = 0;
  /** Only what a manager runs as, reads, or what those need can be worth starting by hand: the rest can wait for it. */
  private readonly support: ReadonlySet<Name>;

  constructor(
    private readonly fleet: FleetSpec,
    private readonly managers: readonly ManagerSpec[],
  ) {
    const byName = new Map(fleet.services.map((service) => [service.name, service]));
    const support = new Set<Name>();
    const open = managers.flatMap((m) => [...(m.service === null ? [] : [m.service]), ...m.reads]);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (support.has(name)) continue;
      support.add(name);
      for (const need of byName.get(name)?.needs ?? []) if (need.kind !== "soft") open.push(...namedBy(need));
    }
    this.support = support;
  }

  /** A smallest set to be added to `given`; by growing size, so the first found is smallest. */
  smallest(given: readonly Name[]): readonly Name[] {
    for (let size = 0; !this.gaveUp; size++) {
      const found = this.extend(given, [], size);
      if (found !== null) return found;
    }
    return this.greedy(given);
  }

  private extend(given: readonly Name[], chosen: readonly Name[], left: number): readonly Name[] | null {
    if (++this.looked > setsMax) {
      this.gaveUp = true;
      return null;
    }
    const state = withHands(this.fleet, this.managers, [...given, ...chosen]);
    if (state.missing.length === 0) return chosen;
    if (left === 0) return null;
    // Whoever completes the set starts one of these first: all it needs is there, only its starter is not.
    for (const name of this.candidates(given, chosen, state.startable)) {
      const found = this.extend(given, [...chosen, name], left - 1);
      if (found !== null || this.gaveUp) return found;
    }
    return null;
  }

  private candidates(
    given: readonly Name[],
    chosen: readonly Name[],
    runs: readonly Name[],
  ): readonly Name[] {
    const running = new Set(runs);
    const met = (name: Name): boolean => {
      const { needs } = this.fleet.services.find((service) => service.name === name)!;
      return needs.every((need) => {
        if (need.kind === "soft") return true;
        const up = namedBy(need).filter((other) => running.has(other)).length;
        return up >= (need.kind === "any" ? need.k : 1);
      });
    };
    return [...this.support].filter(
      (name) => !running.has(name) && !given.includes(name) && !chosen.includes(name) && met(name),
    );
  }

  /** Everything that could be worth it, then one after the other left out again. */
  private greedy(given: readonly Name[]): readonly Name[] {
    let set = [...this.support].filter((name) => !given.includes(name));
    for (const name of [...set]) {
      const without = set.filter((other) => other !== name);
      if (withHands(this.fleet, this.managers, [...given, ...without]).missing.length === 0) set = without;
    }
    return set;
  }
}

/** A shortest loop through what waits for what. */
function loopOf(
  missing: readonly { readonly service: Name; readonly waitsFor: readonly Name[] }[],
): readonly Name[] {
  const waits = new Map(missing.map(({ service, waitsFor }) => [service, waitsFor]));
  let best: readonly Name[] = [];
  for (const start of waits.keys()) {
    const cameFrom = new Map<Name, Name>();
    const open = [start];
    search: for (const at of open) {
      for (const next of waits.get(at) ?? []) {
        if (next === start) {
          const path = [at];
          for (let back = at; back !== start; path.push(back)) back = cameFrom.get(back)!;
          path.reverse();
          if (best.length === 0 || path.length < best.length) best = path;
          break search;
        }
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, at);
        open.push(next);
      }
    }
  }
  return best;
}
