/** Guards that judge one removal at a time. */
import type { Name } from "../fleet/spec.js";
import type { Action } from "../managers/contract.js";
import { admit, type Guard, type GuardContext, reject } from "./guard.js";

/** The removed owner that the action follows from, if any: a cascade is as good as its root. */
const roots = (action: Action): readonly Name[] => [
  action.target.service,
  ...action.because.filter((reason) => reason.code === "owner-removed").map((reason) => reason.about),
];

export const failStatic: Guard = {
  name: "failStatic",
  id: "G02",
  stage: "admit",
  about: "refuses a removal whose chain of causes contains an error",
  stops: "errors read as removals, with everything that follows from them",
  cost: "stale state is kept until the error is repaired",
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
  judgeAction: (action, { managerServices }) => {
    const hit = roots(action).find((name) => managerServices.has(name));
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
  judgeAction: (action, { managerServices, managerNeeds }) => {
    const hit = roots(action).find((name) => managerServices.has(name) || managerNeeds.has(name));
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
  about: "admits removals only within the scope of the change's author",
  stops: "changes to one service that reach others",
  cost: "scopes have to be kept up to date",
  judgeAction: (action, { change }) => {
    if (change === null) return reject("no change asked for it");
    const { service } = action.target;
    return change.scope === null || change.scope.includes(service)
      ? admit
      : reject(`${service} is outside the scope of ${change.author}`);
  },
};

export const changeApproved: Guard = {
  name: "changeApproved",
  id: "X01",
  stage: "process",
  about: "admits removals when somebody approved the change, whatever they are",
  stops: "unreviewed changes",
  cost: "says nothing about what the change really does",
  judgeAction: (_action, { change }) => {
    if (change === null || change.approvals.length > 0) return admit;
    return { verdict: "hold", text: "nobody approved the change" };
  },
};

/** Principals other than the author that agreed to the removal of one service. */
function agreed(context: GuardContext, service: Name): { by: readonly string[]; refused: boolean } {
  const author = context.change?.author;
  const covered = (context.change?.approvals ?? [])
    .filter((approval) => approval.by !== author && approval.covers.includes(service))
    .map((approval) => approval.by);
  const asked = context.approval(`removal:${service}`);
  return { by: [...new Set([...covered, ...asked.grantedBy])], refused: asked.refused };
}

function needsApprovers(name: string, id: string, wanted: number, about: string, cost: string): Guard {
  return {
    name,
    id,
    stage: "process",
    about,
    stops: "collateral removals",
    cost,
    judgeAction: (action, context) => {
      const { service } = action.target;
      const { by, refused } = agreed(context, service);
      if (refused) return reject(`the removal of ${service} was refused`);
      if (by.length >= wanted) return admit;
      return {
        verdict: "hold",
        text: `the removal of ${service} waits for approval (${by.length} of ${wanted})`,
        request: { key: `removal:${service}`, services: [service], count: wanted - by.length },
      };
    },
  };
}

export const approvePerRemoval = needsApprovers(
  "approvePerRemoval",
  "G15",
  1,
  "each removal needs the agreement of somebody other than the author",
  "people's time, and fatigue",
);

export const twoPerson = needsApprovers(
  "twoPerson",
  "G16",
  2,
  "each removal needs two people other than the author",
  "twice the time of people",
);
