/** A report takes in what other commands left beside it, as long as it is of the same scenario, and says what it leaves out. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cli, temporaryFolder } from "../../helpers/cli.js";
import { guardFleet } from "../../helpers/guard-fleet.js";

/** What a page says, without its tags. */
const textOf = (folder: string): string =>
  readFileSync(join(folder, "reports/small/index.html"), "utf8")
    .replace(/<style>.*?<\/style>|<svg.*?<\/svg>|<script.*?<\/script>/gsu, " ")
    .replaceAll(/<[^>]*>/gu, " ")
    .replaceAll(/\s+/gu, " ");

it("is of the same scenario and version", () => {
  const folder = temporaryFolder();
  const file = join(folder, "small.yaml");
  writeFileSync(file, guardFleet({}, ""));
  const run = (): string => {
    expect(cli(["run", "small.yaml"], folder).err).toBe("");
    return textOf(folder);
  };

  const bare = run();
  expect(bare).toContain("fleetquake estimate small.yaml");
  expect(bare).toContain("fleetquake ablate small.yaml");
  expect(bare).toContain("fleetquake check small.yaml");
  expect(bare).not.toContain("left out");

  cli(["estimate", "small.yaml", "--runs", "40"], folder);
  cli(["ablate", "small.yaml", "--guards", "failStatic,noCascade"], folder);
  cli(["check", "small.yaml", "--runs", "20", "--format", "json"], folder);
  const whole = run();
  expect(whole).toContain("The ranges are over 40 replications of estimate.json");
  expect(whole).toContain("Time saved by one change");
  expect(whole).toContain("1 minimal set is enough; the cheapest: failStatic");
  expect(whole).toMatch(/failStatic( ✓ stopped)+/u);
  expect(whole).toContain("cases judged; the search ended because");
  expect(whole).not.toMatch(/Not (asked|searched) yet/);
  expect(whole).not.toContain("left out");
  // The same files and the same scenario make the same bytes.
  const bytes = (): string => readFileSync(join(folder, "reports/small/index.html"), "utf8");
  const before = bytes();
  run();
  expect(bytes()).toBe(before);

  // Another version of fleetquake, and no JSON at all.
  const estimate = join(folder, "reports/small/estimate.json");
  writeFileSync(
    estimate,
    readFileSync(estimate, "utf8").replace(/"fleetquake": "[^"]*"/, '"fleetquake": "0.0.1"'),
  );
  writeFileSync(join(folder, "reports/small/check.json"), "{");
  const other = run();
  expect(other).toContain("estimate.json here was written by fleetquake 0.0.1; it is left out.");
  expect(other).toContain("check.json here cannot be read; it is left out.");
  expect(other).toContain("1 minimal set is enough");

  // Another scenario under the same name.
  writeFileSync(file, guardFleet({}, "").replace("horizon: 12h", "horizon: 13h"));
  const stale = run();
  expect(stale).toContain("ablate.json here is of another version of the scenario file; it is left out.");
  expect(stale).toContain("fleetquake ablate small.yaml");
});
