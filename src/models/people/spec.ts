/** How people respond, as a scenario describes it. Every duration is drawn once an incident. */
import type { Distribution } from "../../base/distribution.js";
import type { Name } from "../fleet/spec.js";
import type { DurationName, PriorName } from "./priors.js";

export interface ResponseSpec {
  /** A page goes out when a capability (any, or those named) is down in at least this share of the regions. */
  readonly alert: { readonly capabilities: readonly Name[] | null; readonly share: number };
  readonly detect: Distribution;
  readonly acknowledge: Distribution;
  readonly diagnose: Distribution;
  readonly decide: Distribution;
  /**
   * What happens to the configuration before the manager is brought back: repaired, frozen (the manager is paused
   * until the services are back, then the configuration is repaired), or nothing.
   */
  readonly configuration: "repair" | "freeze" | "leave";
  readonly repairConfiguration: Distribution;
  /** Bringing the manager back by hand; null: the deploy time of the service it runs as. */
  readonly redeployManager: Distribution | null;
  /** Teams that redeploy at the same time. */
  readonly crews: number;
  /** What one crew takes on at a time: a service in one region, or in all regions of a group at once. */
  readonly batch: "region" | "group";
  /** Region groups in the order people choose; groups not named come after, in canonical order. */
  readonly order: readonly Name[];
  /** From the last instance of a batch up to "we have checked that it works". */
  readonly verify: Distribution;
  /** From verified to told on the status page. */
  readonly publish: Distribution;
  /** Time one person takes to approve or refuse one removal. */
  readonly approve: Distribution;
  /** Until people turn away what is too much for services that have collapsed. Absent: see `shedLoadPrior`. */
  readonly shedLoad?: Distribution;
  /** Which of these durations nobody measured here, and which published set each comes from. */
  readonly priors: Readonly<Partial<Record<DurationName, PriorName>>>;
}

/** Where a scenario does not say (an assumption, as long as a decision): median 10, 90 % 25 minutes. */
export const shedLoadPrior: Distribution = { law: "lognormal", p50Ms: 600_000, p90Ms: 1_500_000 };
