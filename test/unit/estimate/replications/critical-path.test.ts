/** What the end of the recovery waited for, on a path known by hand and on events told by hand. */
import { describe, expect, it } from "vitest";
import { CriticalPathFold } from "../../../../src/estimate/replications/critical-path.js";
import { createSampler } from "../../../../src/estimate/replications/sampler.js";
import { kindOf } from "../../../../src/trace/instance-sink.js";
import { runOf } from "../../../helpers/scenario.js";
import { type SelfRemoval, selfRemoval } from "../../../helpers/self-removal.js";

function onPath(options: SelfRemoval): readonly string[] {
  const run = runOf(selfRemoval(options));
  const { critical } = createSampler(run).sample(1, 0, 1);
  return run.fleet.serviceNames.filter((_, service) => critical[service] === 1);
}

describe("the critical path", () => {
  it("goes through everything that one crew did one after the other", () => {
    expect(onPath({})).toEqual(["app", "control", "network", "web"]);
  });

  it("goes through needs alone where nobody waits for a crew", () => {
    // Web takes longer than app and needs network, which needs the manager.
    expect(onPath({ crews: 9 })).toEqual(["control", "network", "web"]);
  });

  it("ends at what the capability needs, not at what started last", () => {
    const slow = "slow: { manager: legacy, deploy: 3h, layer: 2 }";
    expect(onPath({ services: slow, crews: 9 })).toEqual(["control", "network", "web"]);
  });

  it("is empty where nothing came back", () => {
    expect(onPath({ horizon: "2h" })).toEqual([]);
  });
});

describe("the fold", () => {
  const { fleet } = runOf(selfRemoval());
  const instance = (service: string, region: string): number =>
    fleet.instanceAt(fleet.serviceIndex.get(service)!, fleet.regionIndex.get(region)!);

  it("does not walk to an instance that was started again since", () => {
    const fold = new CriticalPathFold(fleet);
    const start = (service: string, region: string, from: number, to: number): void => {
      fold.instance(0, from, kindOf.deploying, instance(service, region));
      fold.instance(0, to, kindOf.running, instance(service, region));
    };
    fold.quality(0, 0, 0, 0, 0);
    // Web comes up when app is begun, but goes away and comes up again later, beside the path.
    start("web", "us-1", 0, 10);
    start("app", "eu-1", 10, 20);
    start("web", "us-1", 30, 40);
    fold.quality(0, 20, 0, 0, 1);
    const counts = new Uint32Array(fleet.services.length);
    fold.count(counts);
    expect(fleet.serviceNames.filter((_, k) => counts[k] === 1)).toEqual(["app"]);
  });

  it("forgets the last replication", () => {
    const fold = new CriticalPathFold(fleet);
    fold.quality(0, 0, 0, 0, 0);
    fold.instance(0, 5, kindOf.running, instance("app", "eu-1"));
    fold.quality(0, 5, 0, 0, 1);
    fold.reset();
    const counts = new Uint32Array(fleet.services.length);
    fold.count(counts);
    expect([...counts].every((count) => count === 0)).toBe(true);
  });
});
