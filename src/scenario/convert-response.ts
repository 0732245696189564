/** People of a variant; what is not said comes from published priors. */
import type { Distribution } from "../base/distribution.js";
import { type DurationName, type PriorName, priorOf } from "../models/people/priors.js";
import type { ResponseSpec } from "../models/people/spec.js";
import type { VariantDocument } from "./document-schema.js";
import type { Reporter } from "./reporter.js";
import { share } from "./values.js";

export function convertResponse(document: VariantDocument, report: Reporter): ResponseSpec {
  const response: Exclude<NonNullable<VariantDocument["response"]>, string> = typeof document.response ===
  "string"
    ? { like: document.response }
    : (document.response ?? {});
  const priors: Partial<Record<DurationName, PriorName>> = {};
  const time = (key: DurationName): Distribution => {
    const value = response[key];
    if (value !== undefined) return report.distribution(value, ["response", key]);
    const { law, prior } = priorOf(key, response.like);
    priors[key] = prior;
    return law;
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
    priors,
  };
}
