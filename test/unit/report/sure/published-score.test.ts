/** The plain score against published points, on curves of which the answer is known. */
import { expect, it } from "vitest";
import { publishedScore } from "../../../../src/report/sure/published-score.js";
import type { Observed } from "../../../../src/scenario/scenario.js";
import { scenarioFile } from "../../../helpers/scenario.js";
import { viewOfScenario } from "../../../helpers/view.js";

const view = viewOfScenario(scenarioFile("fail-static.yaml"));
const { outage, recovery } = view.result;
const capability = outage.capabilities[0]!.name;
const regions = ["eu-1", "eu-2", "us-1", "us-2"];
const told = (atMs: number, of: readonly string[] | null): Observed => ({
  atMs,
  event: "restored",
  capability,
  regions: of,
  meaning: "published",
  source: "status page",
  note: "",
});
/** When the simulated status page has named that many regions. */
const simulatedMs = (count: number): number =>
  recovery.byCapability[0]!.published.find(([, named]) => named >= count)![0];

it("is nought for a timeline that is the simulated one", () => {
  const observed = [told(simulatedMs(2), regions.slice(0, 2)), told(simulatedMs(4), null)];
  expect(publishedScore(view, observed, null)).toEqual({
    points: 2,
    reached: 2,
    medianMs: 0,
    medianAbsoluteMs: 0,
    covered: null,
  });
});

it("tells how much later the simulation is", () => {
  const observed = [told(simulatedMs(4) - 600_000, null)];
  expect(publishedScore(view, observed, null)).toMatchObject({
    medianMs: 600_000,
    medianAbsoluteMs: 600_000,
  });
});

it("counts the points inside the band", () => {
  const band = {
    runs: 9,
    recovery: { low: 0, middle: 0, high: 0 },
    unservedLogins: { low: 0, middle: 0, high: 0 },
    restored: [],
  };
  const bands = {
    ...band,
    published: [
      {
        capability,
        points: [
          { atMs: 0, low: 0, middle: 0, high: 1 },
          { atMs: 9_000_000, low: 3, middle: 4, high: 4 },
        ],
      },
    ],
  };
  const observed = [told(8_000_000, regions.slice(0, 2)), told(9_000_000, null)];
  expect(publishedScore(view, observed, bands)).toMatchObject({ points: 2, covered: 1 });
});

it("is none where nothing was published", () => {
  expect(publishedScore(view, [], null)).toBeNull();
});
