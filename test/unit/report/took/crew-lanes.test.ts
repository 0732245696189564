/** Crews as lanes: no crew does two things at a time, and there are never more than were at work. */
import { expect, it } from "vitest";
import { crewLanes } from "../../../../src/report/took/crew-lanes.js";
import { scenarioFile } from "../../../helpers/scenario.js";
import { viewOfScenario } from "../../../helpers/view.js";

it("gives each job to the first crew that is free", () => {
  const job = (fromMs: number, toMs: number) => ({ service: "a", group: "g", fromMs, toMs });
  const jobs = crewLanes([job(5, 9), job(0, 4), job(0, 6), job(4, 5), job(6, 7)]);
  expect(jobs.map(({ fromMs, crew }) => [fromMs, crew])).toEqual([
    [0, 0],
    [0, 1],
    [4, 0],
    [5, 0],
    [6, 1],
  ]);
});

it("needs no more crews than the scenario has", () => {
  const jobs = crewLanes(viewOfScenario(scenarioFile("duo-2025-02-13.yaml")).work);
  expect(jobs.length).toBeGreaterThan(20);
  // docs: the scenario gives four crews.
  expect(new Set(jobs.map(({ crew }) => crew))).toEqual(new Set([0, 1, 2, 3]));
  for (const job of jobs)
    for (const other of jobs)
      if (job !== other && job.crew === other.crew && job.fromMs < job.toMs)
        expect(other.toMs <= job.fromMs || job.toMs <= other.fromMs).toBe(true);
});
