/** The table of region groups says the same as the table of capabilities. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { groupRows } from "../../../../src/report/hurt/group-rows.js";
import { root, scenarioFile } from "../../../helpers/scenario.js";
import { viewOfScenario } from "../../../helpers/view.js";

const files = readdirSync(join(root, "scenarios")).filter((name) => name.endsWith(".yaml"));

it.each(files)("%s", (file) => {
  const view = viewOfScenario(scenarioFile(file));
  const rows = groupRows(view);
  const { outage, recovery } = view.result;
  const total = rows.reduce((sum, { logins }) => sum + logins, 0);
  // Every figure is rounded to two decimals, once a group and capability.
  expect(Math.abs(total - outage.unservedLogins)).toBeLessThan(
    0.01 * rows.length * outage.capabilities.length,
  );
  expect(rows.reduce((sum, { regions }) => sum + regions, 0)).toBe(view.regions);
  const hurt = rows.reduce((sum, { hurtRegions }) => sum + hurtRegions, 0);
  const most = Math.max(0, ...outage.capabilities.map(({ regionsDegraded }) => regionsDegraded));
  expect(hurt).toBeGreaterThanOrEqual(most);
  if (recovery.allRestoredAtMs !== null)
    expect(Math.max(...rows.map(({ allRestoredAtMs }) => allRestoredAtMs ?? 0))).toBe(
      recovery.allRestoredAtMs,
    );
});
