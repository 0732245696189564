/** Guards that judge the whole raw plan: they hold all of it or nothing, and never look at what other guards left. */
import { admit, type Guard, type GuardContext, hold, numberOption, servicesOf } from "./guard.js";

export const nonEmpty: Guard = {
  name: "nonEmpty",
  id: "G04",
  stage: "set",
  about: "holds a plan that would leave nothing, or that comes from an empty list",
  stops: "empty and unreadable sources taken for an empty fleet",
  cost: "tearing everything down needs another path",
  liveness: "the last services of a fleet",
  judgeSet: ({ raw, reading, seen }) => {
    if (raw.length === 0) return admit;
    const wanted = Object.values(reading.entries).some((entry) => entry.is === "present");
    if (!wanted) return hold("the configuration lists nothing at all");
    const going = new Set(servicesOf(raw));
    const left = Object.entries(seen.services).some(
      ([name, service]) => service.label !== null && service.running.length > 0 && !going.has(name),
    );
    return left ? admit : hold("nothing would be left");
  },
};

/** New intents of this plan, and the times of those already known within the window. */
function windowOf(context: GuardContext, perMs: number): { size: number; oldestMs: number } {
  const services = new Set(servicesOf(context.raw));
  let oldestMs = context.nowMs;
  for (const [service, atMs] of context.intents) {
    if (atMs > context.nowMs - perMs) {
      services.add(service);
      oldestMs = Math.min(oldestMs, atMs);
    }
  }
  return { size: services.size, oldestMs };
}

export const budget: Guard = {
  name: "budget",
  id: "G09",
  stage: "set",
  about: "holds a plan when more than `max` services would be removed within `per`",
  stops: "mass removal, whatever its cause",
  cost: "slows legitimate teardown",
  liveness:
    "a plan with more than `max` services is never carried out as it is; what waits elsewhere counts for `per`",
  judgeSet: (context, options) => {
    if (context.raw.length === 0) return admit;
    const max = numberOption(options, "max", context.policy.budgetMax);
    const perMs = numberOption(options, "perMs", context.policy.budgetPerMs);
    const planned = servicesOf(context.raw).length;
    if (planned > max) return hold(`it removes ${planned} services, ${max} are allowed`);
    const window = windowOf(context, perMs);
    if (window.size <= max) return admit;
    return hold(`${window.size} services within the window, ${max} are allowed`, window.oldestMs + perMs);
  },
};

export const fraction: Guard = {
  name: "fraction",
  id: "G10",
  stage: "set",
  about: "holds a plan that removes more than `max` (a share) of the services seen",
  stops: "mass removal in fleets of any size",
  cost: "small fleets need at least one removal at a time",
  liveness: "a plan over the share is never carried out as it is",
  judgeSet: ({ raw, seen, policy }, options) => {
    if (raw.length === 0) return admit;
    const share = numberOption(options, "max", policy.budgetFraction);
    const total = Object.values(seen.services).filter((service) => service.label !== null).length;
    const allowed = Math.max(1, Math.floor(share * total));
    const planned = servicesOf(raw).length;
    return planned <= allowed
      ? admit
      : hold(`it removes ${planned} of ${total} services, ${allowed} are allowed`);
  },
};

export const tokenBucket: Guard = {
  name: "tokenBucket",
  id: "X02",
  stage: "set",
  about: "holds a plan that costs more tokens than the bucket has; it holds `max` and fills up within `per`",
  stops: "mass removal, with bursts allowed",
  cost: "as budget",
  liveness: "as budget",
  judgeSet: (context, options) => {
    if (context.raw.length === 0) return admit;
    const max = numberOption(options, "max", context.policy.budgetMax);
    const perMs = numberOption(options, "perMs", context.policy.budgetPerMs);
    const going = new Set(servicesOf(context.raw));
    let tokens = max;
    let atMs = 0;
    for (const [service, whenMs] of [...context.intents].sort((a, b) => a[1] - b[1])) {
      if (going.has(service)) continue;
      tokens = Math.min(max, tokens + ((whenMs - atMs) * max) / perMs) - 1;
      atMs = whenMs;
    }
    tokens = Math.min(max, tokens + ((context.nowMs - atMs) * max) / perMs);
    if (going.size <= tokens) return admit;
    if (going.size > max) return hold(`it removes ${going.size} services, the bucket holds ${max}`);
    const waitMs = Math.ceil(((going.size - tokens) * perMs) / max);
    return hold("the bucket of removals is empty", context.nowMs + waitMs);
  },
};
