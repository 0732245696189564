/** Collects findings of one variant; positions are looked up where they are turned into Issues. */
import type { Distribution } from "../base/distribution.js";
import { nearestName } from "../base/issue.js";
import type { DistributionDocument } from "./document-schema.js";
import type { Finding } from "./shape-issues.js";
import type { Path } from "./source.js";
import { distributionProblem, toDistribution } from "./values.js";

export interface Reporter {
  (finding: Finding & { readonly severity?: "error" | "warning" }): void;
  /** A name that leads nowhere, with the nearest that would. */
  unknown(what: string, name: string, known: Iterable<string>, path: Path, atKey?: boolean): void;
  /** Converts, and reports numbers that make no distribution. */
  distribution(value: DistributionDocument, path: Path): Distribution;
}

export type Reported = Finding & { readonly severity?: "error" | "warning" };

export function createReporter(found: Reported[]): Reporter {
  const report = (finding: Reported): void => {
    found.push(finding);
  };
  return Object.assign(report, {
    unknown: (what: string, name: string, known: Iterable<string>, path: Path, atKey = false): void => {
      const names = [...known];
      const near = nearestName(name, names);
      const code = `unknown-${what.replaceAll(" ", "-")}`;
      report({
        code,
        path,
        atKey,
        message: `there is no ${what} "${name}"`,
        ...(near !== undefined
          ? { hint: `did you mean "${near}"?` }
          : names.length > 0 && names.length <= 20
            ? { expected: `one of ${names.join(", ")}` }
            : {}),
      });
    },
    distribution: (value: DistributionDocument, path: Path): Distribution => {
      const law = toDistribution(value);
      const problem = distributionProblem(law);
      if (problem !== null) report({ code: "wrong-distribution", path, message: problem });
      return law;
    },
  });
}
