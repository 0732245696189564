/**
 * Guards about when. Some only name a way of opening region groups one after the other: the harness keeps the state of
 * the rollout and holds the places of groups that are not open yet.
 */
import { admit, type Guard, numberOption } from "./guard.js";

export const cells: Guard = {
  name: "cells",
  id: "G13",
  stage: "schedule",
  about: "a change reaches one region group at a time; the next opens after `bake` without an alarm",
  stops: "one mapping that reaches every region at once",
  cost: "a change takes as many steps as there are groups",
  liveness: "trouble in an open group keeps the others closed",
};

export const waves: Guard = {
  name: "waves",
  id: "G11",
  stage: "schedule",
  about: "as cells, with the waves that the scenario's rollout names",
  stops: "faults that show everywhere at once",
  cost: "a rollout takes (waves - 1) times the bake time",
  liveness: "trouble in an open wave keeps the later ones closed",
};

export const autoHalt: Guard = {
  name: "autoHalt",
  id: "G12",
  stage: "schedule",
  about: "a capability impaired in an open wave holds what is not open yet, until people close the incident",
  stops: "faults that show late in a wave, and those that pass before its bake time ends",
  cost: "false halts; it holds nothing without waves or cells beside it",
  liveness: "as long as nobody closes the incident",
};

const quarantineDefaultMs = 86_400_000;

export const quarantine: Guard = {
  name: "quarantine",
  id: "G20",
  stage: "schedule",
  about:
    "stops what is to be removed, and lets it be deleted after `for` without an alarm; until then it can go back",
  stops: "nothing for good, but makes every removal reversible",
  cost: "what is stopped stands idle; being stopped hurts as much as being gone",
  liveness: "alarms that come more often than `for`",
  judgeAction: (action, { nowMs, seen, stoppedSince, calmSinceMs }, options) => {
    if (action.do !== "delete") return admit;
    const forMs = numberOption(options, "forMs", quarantineDefaultMs);
    const { service } = action.target;
    const since = stoppedSince.get(service);
    const begins = since === undefined || (seen.services[service]?.running.length ?? 0) > 0;
    // An alarm starts the time anew: what was stopped may be what is missed.
    const fromMs = begins || calmSinceMs === null ? nowMs : Math.max(since, calmSinceMs);
    if (nowMs >= fromMs + forMs && !begins && calmSinceMs !== null) return admit;
    const text = `${service} is stopped first, and deleted when nobody misses it`;
    return { verdict: "hold", text, retryAtMs: fromMs + forMs, instead: "stop" };
  },
};
