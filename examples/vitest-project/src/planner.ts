/** A small manager: deploys what is configured and missing, removes what a ticket names, and leaves the rest alone. */
import type { Memory, StepAnswer, Turn } from "fleetquake";

export const planner = {
  name: "planner",
  about: "removes what a ticket names and nothing else",
  policy: { ownership: "label", error: "skipEntry" },
  step,
} as const;

function step(_memory: Memory, turn: Turn): StepAnswer {
  const { reading, seen, self, lease } = turn;
  // Who cannot see, or does not lead, does nothing.
  if (!lease.held || seen.fault !== "none") return { propose: [] };
  const propose = Object.entries(reading.entries).flatMap(([name, entry]): StepAnswer["propose"] => {
    const service = seen.services[name];
    if (service === undefined || name === self.service || service.busy.length > 0) return [];
    switch (entry.is) {
      case "removed": {
        // Whoever needs it goes first.
        const places = [...service.running, ...service.stopped];
        if (places.length === 0 || service.label !== self.manager || service.dependants.length > 0) return [];
        return [{ do: "delete", target: { service: name, places }, cause: "explicit" }];
      }
      case "present":
        if (entry.spec.manager !== self.manager) return [];
        if (service.missing.length > 0)
          return [{ do: "deploy", target: { service: name, places: service.missing }, cause: "drift" }];
        if (service.revision !== entry.spec.revision)
          return [{ do: "update", target: { service: name, places: service.running }, cause: "explicit" }];
        return [];
      case "unknown":
        // An entry that cannot be read is no wish to remove anything.
        return [];
    }
  });
  return { propose };
}
