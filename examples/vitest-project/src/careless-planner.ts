/** The same with one mistake: what it deployed once and does not find any more, or cannot read, has to go. */
import type { Memory, StepAnswer, Turn } from "fleetquake";
import { planner } from "./planner.js";

export const carelessPlanner = { ...planner, name: "careless-planner", about: "tidies up", step } as const;

function step(memory: Memory, turn: Turn): StepAnswer {
  const { reading, seen, self } = turn;
  const careful = planner.step(memory, turn);
  const surplus = Object.entries(seen.services).flatMap(([name, service]): StepAnswer["propose"] => {
    const isPresent = reading.entries[name]?.is === "present";
    if (isPresent || service.label !== self.manager || service.running.length === 0) return [];
    return [{ do: "delete", target: { service: name, places: service.running }, cause: "omitted" }];
  });
  const known = new Set(surplus.map(({ target }) => target.service));
  return { propose: [...careful.propose.filter(({ target }) => !known.has(target.service)), ...surplus] };
}
