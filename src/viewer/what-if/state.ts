/** What a run has where the page has a control. */
import { quantileMs } from "../../base/quantile.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";
import type { Run, RunManager } from "../../scenario/run.js";
import type { State } from "./protocol.js";

export function stateOf(run: Run, models: readonly ManagerModel[]): State {
  const { response, fleet } = run.spec;
  return {
    crews: response.crews,
    batch: response.batch,
    diagnoseP50Ms: Math.round(quantileMs(response.diagnose, 0.5)),
    diagnoseP90Ms: Math.round(quantileMs(response.diagnose, 0.9)),
    regions: run.fleet.regionNames.length,
    regionGroups: run.fleet.groupNames.length,
    capabilities: fleet.capabilities.map(({ name, title }) => ({ name, title })),
    managers: run.managers.map((manager) => ({
      name: manager.spec.name,
      model: manager.spec.model,
      about: models.find((model) => model.name === manager.spec.model)!.about,
      parallelism: manager.policy.parallelism,
      wave: waveSize(run, manager),
      guards: manager.guards.map(({ guard }) => guard.name),
    })),
  };
}

/** Region groups that a change reaches at a time: the largest wave, or all of them where nothing lays out waves. */
export function waveSize(run: Run, { guards, waves }: RunManager): number {
  const laidOut = guards.some(({ guard }) => guard.name === "waves" || guard.name === "cells");
  return laidOut && waves.length > 0
    ? Math.max(...waves.map((wave) => wave.length))
    : run.fleet.groupNames.length;
}
