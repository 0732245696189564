/** A whole plan shown to people: the same text for the same removals of the same version. */
import { type GuardContext, hold, type Judgement, servicesOf } from "./guard.js";

const fingerprint = ({ raw, reading }: GuardContext): string =>
  `v${reading.version}:${[...servicesOf(raw)].sort().join(",")}`;

/** Holds the plan until somebody agreed to it as it is. */
export function reviewed(context: GuardContext, kind: string, waits: string): Judgement {
  const key = `${kind}:${fingerprint(context)}`;
  const state = context.approval(key);
  if (state.refused) return hold("people refused this plan");
  if (state.grantedBy.length > 0) return { verdict: "admit" };
  return { verdict: "hold", text: waits, request: { key, services: servicesOf(context.raw), count: 1 } };
}
