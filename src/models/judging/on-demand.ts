/** Companions that are made when a rule asks for them, once each: most rules find out without. */
import type { JudgedRun } from "./judged-run.js";
import { type CompanionKind, type Companions, companionKinds } from "./rule.js";

export function onDemand(make: (kind: CompanionKind) => JudgedRun | null | undefined): Companions {
  const made = new Map<CompanionKind, JudgedRun | null | undefined>();
  const companions = {};
  for (const kind of companionKinds) {
    const get = (): JudgedRun | null | undefined => {
      if (!made.has(kind)) made.set(kind, make(kind));
      return made.get(kind);
    };
    Object.defineProperty(companions, kind, { enumerable: true, get });
  }
  return companions;
}
