/** The finalizer axis: an owner waits until what it owns is gone, for ever or for a while. */
import type { Name } from "../models/fleet/spec.js";
import type { Action, Turn } from "../models/managers/contract.js";
import type { Policy } from "../models/managers/policy.js";
import type { Objection } from "./judge-plan.js";
import type { ManagerHost } from "./manager-host.js";

export class Finalizers {
  /** Since when a removal waits, by process and service. */
  private readonly since = new Map<string, number>();

  reset(): void {
    this.since.clear();
  }

  /** What an action still has to wait for; null: nothing. */
  objection(host: ManagerHost, turn: Turn, policy: Policy, action: Action, nowMs: number): Objection | null {
    const { finalizer, finalizerTimeoutMs } = policy;
    if (finalizer === "none" || action.do !== "delete") return null;
    const name = action.target.service;
    const left = ownedBy(host, turn, name).filter((other) => {
      const seen = turn.seen.services[other];
      return seen !== undefined && seen.running.length + seen.busy.length > 0;
    });
    if (left.length === 0) return null;
    const key = `${host.index} ${name}`;
    const since = this.since.get(key) ?? nowMs;
    this.since.set(key, since);
    const timeoutMs = since + finalizerTimeoutMs;
    if (finalizer === "blockWithTimeout" && nowMs >= timeoutMs) return null;
    const text = `the finalizer waits for ${left.length} owned services to go`;
    const retry = finalizer === "blockWithTimeout" ? { retryAtMs: timeoutMs } : {};
    return { guard: "finalizer", judgement: { verdict: "hold", text, ...retry } };
  }
}

/** The services that an object owns, over objects that it owns, or, for what the manager itself runs as, everything with its label. */
function ownedBy(host: ManagerHost, turn: Turn, name: Name): readonly Name[] {
  const object = turn.self.objects.find((item) => item.name === name);
  if (object !== undefined) {
    return object.owns.flatMap((one) =>
      turn.self.objects.some((item) => item.name === one) ? ownedBy(host, turn, one) : [one],
    );
  }
  if (name !== turn.self.service) return [];
  const { services } = turn.seen;
  return Object.keys(services).filter((other) => other !== name && services[other]!.label === host.name);
}
