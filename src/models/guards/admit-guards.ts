/** Guards that judge one removal at a time. */
import { admit, findRoot, type Guard, reject } from "./guard.js";

export const failStatic: Guard = {
  name: "failStatic",
  id: "G02",
  stage: "admit",
  about: "refuses a removal whose chain of causes contains an error",
  stops: "errors read as removals, with everything that follows from them",
  cost: "stale state is kept until the error is repaired",
  liveness: "none: it lets through what people asked for",
  judgeAction: (action) =>
    action.cause === "error" || action.because.some((reason) => reason.code === "error")
      ? reject(`it follows from an error (${action.because[0]?.text ?? "unknown"})`)
      : admit,
};

export const tombstoneOnly: Guard = {
  name: "tombstoneOnly",
  id: "G03",
  stage: "admit",
  about: "admits only removals that a ticket names",
  stops: "omissions, truncated files, renames",
  cost: "forgotten orphans stay",
  liveness: "removals that nobody declared wait for a ticket",
  judgeAction: (action, { tickets }) => {
    const { service } = action.target;
    return action.cause === "explicit" && tickets.has(service)
      ? admit
      : reject(`no ticket removes ${service}`);
  },
};

export const selfProtect: Guard = {
  name: "selfProtect",
  id: "G05",
  stage: "admit",
  about: "refuses to remove what a manager runs as, and what would follow from that",
  stops: "self-removal",
  cost: "retiring a manager needs another path",
  liveness: "a ticket for a manager is never carried out by a manager",
  judgeAction: (action, { managerServices }) => {
    const hit = findRoot(action, (name) => managerServices.has(name));
    return hit === undefined ? admit : reject(`${hit} is what a manager runs as`);
  },
};

export const bootstrapProtect: Guard = {
  name: "bootstrapProtect",
  id: "G06",
  stage: "admit",
  about: "refuses to remove what a manager needs to run, transitively, and what would follow from that",
  stops: "indirect self-removal",
  cost: "as selfProtect, for more services",
  liveness: "a ticket for what managers need is never carried out",
  judgeAction: (action, { managerServices, managerNeeds }) => {
    const hit = findRoot(action, (name) => managerServices.has(name) || managerNeeds.has(name));
    return hit === undefined ? admit : reject(`a manager cannot run without ${hit}`);
  },
};

export const noCascade: Guard = {
  name: "noCascade",
  id: "G07",
  stage: "admit",
  about: "refuses removals that only follow from another removal",
  stops: "cascades from an owner to what it owns",
  cost: "orphans stay",
  liveness: "what was owned has to be removed by name",
  judgeAction: (action) =>
    action.cause === "cascade" || action.cause === "garbage"
      ? reject("it only follows from the removal of something else")
      : admit,
};

export const dependantsCheck: Guard = {
  name: "dependantsCheck",
  id: "G08",
  stage: "admit",
  about: "refuses to remove what a running service needs, unless a ticket removes that service too",
  stops: "removals that pull others down",
  cost: "removals have to be ordered",
  liveness: "a dependant that stays blocks it; so does one that is seen late",
  judgeAction: (action, { seen, tickets }) => {
    const { service } = action.target;
    const left = (seen.services[service]?.dependants ?? []).filter((name) => !tickets.has(name));
    return left.length === 0
      ? admit
      : reject(`${left.join(", ")} still ${left.length === 1 ? "needs" : "need"} it`);
  },
};

export const scope: Guard = {
  name: "scope",
  id: "G14",
  stage: "admit",
  about:
    "admits removals only within the scope of the change's author and of what is labelled as the manager's own",
  stops: "changes to one service that reach others, and managers that reach what belongs to others",
  cost: "scopes have to be kept up to date",
  liveness: "a change whose author lacks the scope is never carried out",
  judgeAction: (action, { change, seen, self }) => {
    if (change === null) return reject("no change asked for it");
    const { service } = action.target;
    const label = seen.services[service]?.label ?? null;
    if (label !== null && label !== self.manager)
      return reject(`${service} belongs to ${label}; the credentials of ${self.manager} do not reach it`);
    return change.scope === null || change.scope.includes(service)
      ? admit
      : reject(`${service} is outside the scope of ${change.author}`);
  },
};
