/** Wrong scenario files: what is said about each is golden, word for word and place by place. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatIssue, type Issue } from "../../../src/base/issue.js";
import { err, ok } from "../../../src/base/result.js";
import { buildRun } from "../../../src/scenario/build-run.js";
import { parseScenario } from "../../../src/scenario/parse.js";
import { catalogue, known } from "../../helpers/catalogue.js";
import { root } from "../../helpers/scenario.js";

const folder = join(root, "scenarios/invalid");
const files = readdirSync(folder).sort();

function issuesOf(file: string): readonly Issue[] {
  const parsed = parseScenario(readFileSync(join(folder, file), "utf8"), file, {
    known,
    readFile: (path) =>
      path.includes("..")
        ? err({
            code: "outside",
            severity: "error",
            message: `${path} is outside the folder of the scenario`,
          })
        : ok(readFileSync(join(folder, path), "utf8")),
  });
  if (!parsed.ok) return parsed.error;
  return parsed.value.scenario.variants.flatMap((variant) => {
    const run = buildRun(parsed.value.scenario.name, variant, catalogue);
    return run.ok ? [] : run.error.map(parsed.value.locate);
  });
}

describe("wrong scenario files", () => {
  it("are at least 25", () => expect(files.length).toBeGreaterThanOrEqual(25));

  for (const file of files.filter((name) => name !== "observed-missing.yaml")) {
    it(`says what is wrong with ${file}`, async () => {
      const issues = issuesOf(file);
      expect(issues.length).toBeGreaterThan(0);
      for (const issue of issues) {
        expect(issue.severity).toBe("error");
        expect(issue.line, formatIssue(issue)).toBeGreaterThan(0);
        expect(issue.column, formatIssue(issue)).toBeGreaterThan(0);
      }
      const text = `${issues.map(formatIssue).join("\n")}\n`;
      await expect(text).toMatchFileSnapshot(join(root, "test/golden/invalid", `${file}.txt`));
    });
  }
});
