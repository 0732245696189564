/**
 * What a guard lets be stopped before it lets it be deleted, by manager process: since when, and what to start again
 * because nobody wants it gone any more.
 */
import type { Name } from "../models/fleet/spec.js";
import type { Action, Turn } from "../models/managers/contract.js";

const nothing: ReadonlyMap<Name, number> = new Map();

export class Quarantine {
  private readonly since = new Map<number, Map<Name, number>>();

  reset(): void {
    this.since.clear();
  }

  /** Services of a process that are stopped as a first step, with the time of the stop. */
  of(host: number): ReadonlyMap<Name, number> {
    return this.since.get(host) ?? nothing;
  }

  /** The stop that stands for a deletion, or null when nothing of it runs any more. */
  stopInstead(host: number, nowMs: number, action: Action, turn: Turn): Action | null {
    const { service, places } = action.target;
    let stopped = this.since.get(host);
    if (stopped === undefined) {
      stopped = new Map();
      this.since.set(host, stopped);
    }
    const running = turn.seen.services[service]?.running ?? [];
    const left = places.filter((place) => running.includes(place));
    if (left.length > 0 || !stopped.has(service)) stopped.set(service, nowMs);
    return left.length === 0 ? null : { ...action, do: "stop", target: { service, places: left } };
  }

  /** Starts of what was stopped and is wanted again: its entry is there, and its removal is no longer proposed. */
  undo(host: number, turn: Turn, raw: readonly Action[]): readonly Action[] {
    const stopped = this.since.get(host);
    if (stopped === undefined || stopped.size === 0) return [];
    const { reading, seen } = turn;
    if (reading.whole !== "complete" || reading.own.is !== "present" || seen.fault !== "none") return [];
    const actions: Action[] = [];
    for (const service of [...stopped.keys()]) {
      if (raw.some((action) => action.target.service === service)) continue;
      const state = seen.services[service];
      if (state !== undefined && state.busy.length > 0) continue;
      const entry = reading.entries[service];
      const wanted = entry?.is === "present" && entry.spec.replicas > 0;
      if (wanted && state !== undefined && state.stopped.length > 0) {
        actions.push({
          do: "deploy",
          target: { service, places: state.stopped },
          cause: "explicit",
          because: [
            {
              code: "undone",
              about: service,
              text: `the removal of ${service} was taken back; it starts again`,
            },
          ],
          basedOn: {
            version: reading.version,
            seenRevision: seen.revision,
            epoch: turn.lease.epoch,
          },
        });
      }
      stopped.delete(service);
    }
    return actions;
  }
}
