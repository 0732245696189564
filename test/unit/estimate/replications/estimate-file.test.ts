import { describe, expect, it } from "vitest";
import { looksLikeEstimate, parseEstimate } from "../../../../src/estimate/replications/estimate-file.js";
import type { EstimateFile } from "../../../../src/estimate/replications/estimate-result.js";
import { censored, estimateFileOf, told } from "../../../helpers/estimate-result.js";

const file = estimateFileOf([told, censored]);
const issuesOf = (value: EstimateFile | string) => {
  const parsed = parseEstimate(typeof value === "string" ? value : JSON.stringify(value), "e.json");
  return parsed.ok ? [] : parsed.error;
};

describe("estimate.json read back", () => {
  it("is what was written", () => {
    const text = JSON.stringify(file, null, 2);
    expect(looksLikeEstimate(text)).toBe(true);
    expect(looksLikeEstimate(text.replace('"estimate"', '"compare"'))).toBe(false);
    expect(parseEstimate(text, "e.json")).toEqual({ ok: true, value: file });
  });

  it("tells all that is wrong with it, and where", () => {
    expect(issuesOf('{"kind":"estimate"')).toMatchObject([{ code: "json", file: "e.json" }]);
    const wrong = JSON.parse(JSON.stringify(file));
    wrong.results[1].runs = -1;
    wrong.results[0].luck[0].prior = "rumour";
    expect(issuesOf(wrong).map(({ path }) => path)).toEqual(["results.0.luck.0.prior", "results.1.runs"]);
  });

  it("wants what the shape alone does not ask for", () => {
    const [recovery, ...others] = told.figures;
    const cut = {
      ...told,
      figures: [
        { ...recovery!, quantiles: recovery!.quantiles.slice(1) },
        ...others.filter(({ of }) => of !== "logins"),
      ],
      phases: told.phases.slice(0, 6),
    };
    expect(issuesOf(estimateFileOf([told, cut])).map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "results.1: the figure unserved-logins is missing",
      "results.1: the quantile 0.5 of the figure recovery is missing",
      "results.1: the phase publication, in its order, is missing",
    ]);
  });
});
