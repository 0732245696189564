/** Demand of a variant. Keys that the file does not give stay absent, so that they change no trace. */
import { noRetry, plainQueue } from "../models/demand/load-policy.js";
import type { DemandSpec, QueueSpec, RetrySpec } from "../models/demand/spec.js";
import type { VariantDocument } from "./document-schema.js";
import type { Reporter } from "./reporter.js";
import { ms, share } from "./values.js";

type DemandDocument = NonNullable<VariantDocument["demand"]>;

const sessionLifetimeMs = 12 * 3_600_000;

export function convertDemand(document: VariantDocument, report: Reporter): DemandSpec {
  const demand = document.demand ?? {};
  const lifetimeMs = demand.sessionLifetime === undefined ? sessionLifetimeMs : ms(demand.sessionLifetime);
  if (lifetimeMs <= 0) {
    report({
      code: "no-session",
      path: ["demand", "sessionLifetime"],
      message: "a session lasts longer than 0",
    });
  }
  if (demand.patience !== undefined && ms(demand.patience) <= 0)
    wrong(report, "patience", "users without any patience never come back", "a time above 0");
  if (demand.admission !== undefined && share(demand.admission) <= 0)
    wrong(report, "admission", "nobody is admitted", "a share above 0");
  return {
    loginsPerSecond: demand.loginsPerSecond ?? 100,
    sessionLifetimeMs: lifetimeMs,
    ...(demand.retry === undefined ? {} : { retry: toRetry(demand.retry, report) }),
    ...(demand.queue === undefined ? {} : { queue: toQueue(demand.queue) }),
    ...(demand.admission === undefined ? {} : { admission: share(demand.admission) }),
    ...(demand.patience === undefined ? {} : { patienceMs: ms(demand.patience) }),
  };
}

function toRetry(retry: NonNullable<DemandDocument["retry"]>, report: Reporter): RetrySpec {
  const timeoutMs = retry.timeout === undefined ? noRetry.timeoutMs : ms(retry.timeout);
  const backoff =
    retry.backoff === undefined
      ? noRetry.backoff
      : { baseMs: ms(retry.backoff.base), capMs: ms(retry.backoff.cap) };
  if (timeoutMs <= 0)
    wrong(report, "retry/timeout", "a client that does not wait gets no answer", "a time above 0");
  if (backoff.baseMs <= 0)
    wrong(report, "retry/backoff/base", "the first wait is 0, and so is every other", "a time above 0");
  else if (backoff.capMs < backoff.baseMs)
    wrong(report, "retry/backoff/cap", "the longest wait is shorter than the first", "at least the base");
  return {
    max: retry.max,
    timeoutMs,
    backoff,
    jitter: retry.jitter ?? noRetry.jitter,
    budget: retry.budget ?? null,
  };
}

const toQueue = (queue: NonNullable<DemandDocument["queue"]>): QueueSpec => ({
  bound: queue.bound ?? plainQueue.bound,
  order: queue.order ?? plainQueue.order,
  dropExpired: queue.dropExpired ?? plainQueue.dropExpired,
});

const wrong = (report: Reporter, at: string, message: string, expected: string): void =>
  report({ code: "wrong-demand", path: ["demand", ...at.split("/")], message, expected });
