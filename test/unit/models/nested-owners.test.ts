/** Objects that own objects: what goes with the outermost one, down to the services. */
import { describe, expect, it } from "vitest";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

/** Which services are gone after the root object was removed on purpose. */
function gone(inner: string, change = "intend: { remove: [root] }", policy = "absence: prune"): string[] {
  const scenario = scenarioOf(`
fleetquake: 1
title: Nested
horizon: 6h
regions: { eu: { members: [eu-1] } }
services:
  web: { manager: m, deploy: 1m }
  api: { manager: m, deploy: 1m }
  other: { manager: m, deploy: 1m }
objects:
  root: { manager: m, owns: [shop, api], finalizer: cascade, prune: true }
  shop: { manager: m, owns: [web], ${inner} }
capabilities: { site: { service: web, share: 1 } }
managers: { m: { model: fail-static, policy: { ${policy}, cascade: background, ownership: ownerRef, drift: report } } }
changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [root, api, web] }], ${change} }]
response: { detect: 6h }
`);
  const { events } = traceOf(runOf(scenario));
  return [...new Set(events.flatMap((event) => (event.e === "removed" ? [event.service] : [])))].sort();
}

describe("what goes with the outermost owner", () => {
  it("is everything below, where each owner takes along what it owns", () => {
    expect(gone("finalizer: cascade, prune: true")).toEqual(["api", "web"]);
  });

  it("ends at an owner that lets go of what it owns", () => {
    expect(gone("finalizer: orphan, prune: true")).toEqual(["api"]);
  });

  it("is what hangs on the inner one alone, where only that goes", () => {
    expect(gone("finalizer: cascade, prune: true", "intend: { remove: [shop] }")).toEqual(["web"]);
  });
});

it("an owner that does not prune keeps what is no longer described", () => {
  const edits =
    'edits: [{ delete: applications/web }, { set: "managers/m#/manages", to: [root, shop, api, other] }]';
  expect(gone("finalizer: cascade, prune: true", edits)).toEqual(["web"]);
  expect(gone("finalizer: cascade, prune: false", edits)).toEqual([]);
});
