/**
 * Which units something starts. Where the tree has a default.target it is a machine, and what counts is what that target
 * pulls in. A folder of somebody's own units has none: then all of them are meant to run.
 */
import type { Unit, Units } from "./load-units.js";
import type { Edge } from "./unit-needs.js";

export function started(loaded: readonly Unit[], edges: readonly Edge[], units: Units): ReadonlySet<string> {
  const start = units.meant("default.target");
  if (units.load(start) === undefined) return new Set(loaded.map(({ name }) => name));
  const pulls = new Map<string, string[]>();
  for (const { from, to, pulls: starts } of edges) {
    if (!starts) continue;
    const known = pulls.get(from);
    if (known === undefined) pulls.set(from, [to]);
    else known.push(to);
  }
  const reached = new Set([start]);
  for (const name of reached) for (const next of pulls.get(name) ?? []) reached.add(next);
  return reached;
}
