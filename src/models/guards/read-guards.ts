/** Guards that look at what was read: the configuration, the list of the world, a dry run of the plan. */
import { admit, type Guard, hold, servicesOf } from "./guard.js";
import { reviewed } from "./review.js";

export const schemaStrict: Guard = {
  name: "schemaStrict",
  id: "G01",
  stage: "read",
  about:
    "holds every removal while any entry of the version cannot be parsed, is malformed or refers to nothing",
  stops: "half-broken versions: truncated files, duplicate names, dangling references",
  cost: "one bad entry, whoever it belongs to, blocks all",
  liveness: "until somebody repairs the version",
  judgeSet: ({ reading }) => {
    if (reading.whole !== "complete") return hold(`the configuration is ${reading.whole}`);
    if (reading.own.is === "unknown") return rejected(reading.version, reading.own.error.message);
    const elsewhere = reading.errors?.[0];
    if (elsewhere !== undefined) return rejected(reading.version, elsewhere.message);
    for (const name in reading.entries) {
      const entry = reading.entries[name]!;
      if (entry.is === "unknown") return rejected(reading.version, entry.error.message);
    }
    return admit;
  },
};

const rejected = (version: number, message: string) => hold(`version ${version} is rejected: ${message}`);

export const readThrough: Guard = {
  name: "readThrough",
  id: "G23",
  stage: "read",
  about:
    "holds removals while a list, of entries or of the world, failed or came in part: shorter is not empty",
  stops: "failed and partial lists taken for short ones",
  cost: "nothing is removed while the source or the inventory is in trouble",
  liveness: "as long as the list fails",
  judgeSet: ({ reading, seen }) => {
    if (reading.whole !== "complete") return hold(`the list of entries is ${reading.whole}`);
    // It looks at the transport, so it also sees the failed call behind a list that arrived as an empty one.
    if (seen.fault !== "none") return hold(`the list of the world is not to be trusted (${seen.fault})`);
    return admit;
  },
};

export const dryRunDiff: Guard = {
  name: "dryRunDiff",
  id: "G21",
  stage: "read",
  about: "a plan that differs from what the tickets say is shown to people first",
  stops: "plans that look different here than they did where they were tried",
  cost: "people look at every difference",
  liveness: "a refused plan stays refused until it changes",
  judgeSet: (context) => {
    const surprise = servicesOf(context.raw).filter((service) => !context.tickets.has(service));
    if (surprise.length === 0) return admit;
    return reviewed(context, "diff", `the dry run removes ${surprise.length} services that no ticket names`);
  },
};

export const serverDryRun: Guard = {
  name: "serverDryRun",
  id: "X03",
  stage: "read",
  about: "the platform tries the whole plan first and holds it when one part would be refused",
  stops: "plans that are only half possible: removals of what is being worked on or still needed",
  cost: "one bad part blocks all",
  liveness: "until the part that would be refused is gone from the plan",
  judgeSet: ({ raw, seen }) => {
    const going = new Set(servicesOf(raw));
    for (const service of going) {
      const state = seen.services[service];
      if (state === undefined) continue;
      if (state.busy.length > 0) return hold(`${service} is being worked on`);
      const left = state.dependants.filter((name) => !going.has(name));
      if (left.length > 0)
        return hold(`the platform would refuse to remove ${service}: ${left.join(", ")} needs it`);
    }
    return admit;
  },
};
