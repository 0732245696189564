/** What a service cannot live without: everything its hard needs and sets reach. */
import type { FleetSpec, Name, NeedSpec } from "./spec.js";

/** Services that a need names, in the order of the file. */
export const namedBy = (need: NeedSpec): readonly Name[] => (need.kind === "any" ? need.of : [need.service]);

/** Names reached from `service` over needs of the kinds hard and any, without the service itself unless a cycle does. */
export function hardClosure(spec: FleetSpec, service: Name): ReadonlySet<Name> {
  const needsOf = new Map(spec.services.map(({ name, needs }) => [name, needs]));
  const reached = new Set<Name>();
  const open: Name[] = [service];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const need of needsOf.get(next) ?? []) {
      if (need.kind !== "hard" && need.kind !== "any") continue;
      for (const name of namedBy(need)) {
        if (reached.has(name)) continue;
        reached.add(name);
        open.push(name);
      }
    }
  }
  return reached;
}
