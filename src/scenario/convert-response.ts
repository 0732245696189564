/** People of a variant; what is not said comes from published priors. */
import type { Distribution } from "../base/distribution.js";
import type { ResponseSpec } from "../models/people/spec.js";
import type { VariantDocument } from "./document-schema.js";
import type { Reporter } from "./reporter.js";
import { share } from "./values.js";

const minute = 60_000;
const lognormal = (p50: number, p90: number): Distribution => ({
  law: "lognormal",
  p50Ms: p50 * minute,
  p90Ms: p90 * minute,
});

/** Priors in minutes, median and 90 %: docs/architecture.md, "People". */
const priors = {
  detect: lognormal(5, 12),
  acknowledge: lognormal(5, 11),
  diagnose: lognormal(45, 125),
  decide: { law: "exponential", meanMs: 15 * minute } as Distribution,
  repairConfiguration: lognormal(10, 20),
  verify: lognormal(8, 15),
  publish: lognormal(12, 29),
  approve: lognormal(10, 30),
};

/** Does a duration come from a published prior, since the scenario does not know better? */
export const isPrior = (key: string, response: ResponseSpec): boolean =>
  key in priors &&
  JSON.stringify(response[key as keyof typeof priors]) === JSON.stringify(priors[key as keyof typeof priors]);

export function convertResponse(document: VariantDocument, report: Reporter): ResponseSpec {
  const response = document.response ?? {};
  const time = (key: keyof typeof priors): Distribution => {
    const value = response[key];
    return value === undefined ? priors[key] : report.distribution(value, ["response", key]);
  };
  const crews = response.crews ?? 4;
  if (crews < 1)
    report({
      code: "no-crews",
      path: ["response", "crews"],
      message: `${crews} crews cannot repair anything`,
      expected: "at least 1",
    });
  return {
    alert: {
      capabilities: response.alert?.capabilities ?? null,
      share: response.alert?.share === undefined ? 0.2 : share(response.alert.share),
    },
    detect: time("detect"),
    acknowledge: time("acknowledge"),
    diagnose: time("diagnose"),
    decide: time("decide"),
    configuration: response.configuration ?? "repair",
    repairConfiguration: time("repairConfiguration"),
    redeployManager:
      response.redeployManager === undefined
        ? null
        : report.distribution(response.redeployManager, ["response", "redeployManager"]),
    crews,
    batch: response.batch ?? "region",
    order: response.order?.groups ?? [],
    verify: time("verify"),
    publish: time("publish"),
    approve: time("approve"),
    ...(response.shedLoad === undefined
      ? {}
      : { shedLoad: report.distribution(response.shedLoad, ["response", "shedLoad"]) }),
  };
}
