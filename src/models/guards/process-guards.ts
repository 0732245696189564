/** Guards of the change process: who agreed, to what, and whether what they agreed on is still how things are. */
import type { Name } from "../fleet/spec.js";
import { admit, type Guard, type GuardContext, hold, numberOption, reject } from "./guard.js";
import { reviewed } from "./review.js";

export const changeApproved: Guard = {
  name: "changeApproved",
  id: "X01",
  stage: "process",
  about: "admits removals when somebody approved the change, whatever they are",
  stops: "unreviewed changes",
  cost: "says nothing about what the change really does",
  liveness: "a change that nobody approves",
  judgeAction: (_action, { change }) => {
    if (change === null || change.approvals.length > 0) return admit;
    return hold("nobody approved the change");
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
    liveness: "one refusal is final; nobody answers",
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

export const planHash: Guard = {
  name: "planHash",
  id: "G17",
  stage: "process",
  about: "what is carried out must be the very plan, on the very version, that somebody approved",
  stops: "a world or a configuration that changed after the approval",
  cost: "every change of plan is approved again",
  liveness: "a plan that changes faster than people approve",
  judgeSet: (context) =>
    context.raw.length === 0
      ? admit
      : reviewed(context, "plan", "this plan waits for somebody to approve it"),
};

export const freshness: Guard = {
  name: "freshness",
  id: "G18",
  stage: "process",
  about: "refuses what is based on an older version than was applied already, or on an epoch that is over",
  stops: "stale deliveries and deposed instances that finish old work",
  cost: "needs a store that compares and sets; going back needs a new version",
  liveness: "a rollback that restores old documents without a new version",
  judgeAction: (action, { lastAppliedVersion, currentEpoch }) => {
    // Parts of one version are carried out one after the other, so an equal version is not an old one.
    const { version, epoch } = action.basedOn;
    if (version < lastAppliedVersion) {
      return reject(`version ${version} is older than ${lastAppliedVersion}, which was applied already`);
    }
    return epoch < currentEpoch ? reject("an older epoch: another instance holds the lease") : admit;
  },
};

const maxAgeDefaultMs = 300_000;

export const observedFresh: Guard = {
  name: "observedFresh",
  id: "G19",
  stage: "process",
  about: "holds removals that follow from an observation older than `maxAge`",
  stops: "decisions on a picture of the world that is out of date",
  cost: "nothing is removed while the watch lags",
  liveness: "a watch that always lags more than `maxAge`",
  judgeSet: ({ nowMs, seen }, options) => {
    const maxAgeMs = numberOption(options, "maxAgeMs", maxAgeDefaultMs);
    const ageMs = nowMs - seen.atMs;
    return ageMs < maxAgeMs
      ? admit
      : hold(`what it saw is ${Math.floor(ageMs / 1000)} s old, less than ${maxAgeMs / 1000} s is asked for`);
  },
};
