/** Presets at work in a fleet: what sets one verb of a manager apart from another, and options that are single axes. */
import { describe, expect, it } from "vitest";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

const fleet = (model: string, happens: string, more = ""): string => `
fleetquake: 1
title: presets
horizon: 8h
regions: { eu: { members: [eu-1] } }
services:
  base: { manager: m, deploy: 2m }
  web: { manager: m, deploy: 2m, needs: [base] }
  old: { manager: m, deploy: 2m }
  kept: { manager: m, deploy: 2m, protect: true }
objects: { app: { manager: m, owns: [old], prune: true } }
capabilities: { site: { service: web, share: 1 } }
managers: { m: { model: ${model}, ${more} } }
response: { configuration: leave, approve: 10m }
${happens}
`;

/** What became of services and of the manager, each thing once, in the order of their names. */
function seen(model: string, happens: string, more = ""): readonly string[] {
  const { events } = traceOf(runOf(scenarioOf(fleet(model, happens, more))));
  const told = events.flatMap((event): readonly string[] => {
    switch (event.e) {
      case "removed":
      case "stopped":
      case "crashed":
        return [`${event.e} ${event.service}`];
      case "deploying":
        return event.hand ? [] : [`deployed ${event.service}`];
      case "released":
        return [`let go of ${event.service}`];
      case "manager":
        return [`manager ${event.state}`];
      default:
        return [];
    }
  });
  return [...new Set(told)].sort();
}

const approved = "approvals: [{ by: y, covers: [old, app] }]";
const removal = (services: string): string =>
  `changes: [{ at: 1h, author: x, ${approved}, intend: { remove: [${services}] } }]`;
const edits = (...list: readonly string[]): string =>
  `changes:\n${list.map((edit, k) => `  - { at: ${k + 1}h, author: x, edits: [${edit}] }`).join("\n")}`;
const inError = '{ set: "applications/old#/replicas", to: many }';
const omitted = (name: string): string =>
  `{ delete: applications/${name} }, { set: "managers/m#/manages", to: [app, base, kept, web] }`;
const everythingGone = [
  ...["base", "web", "old", "kept", "app"].map((name) => `{ delete: applications/${name} }`),
  '{ set: "managers/m#/manages", to: [] }',
].join(", ");
const update = "changes: [{ at: 1h, author: x, intend: { update: [base] } }]";
const crash = "faults: [{ at: 1h, what: crash, of: web }]";

describe("what is no longer described", () => {
  it.each([
    ["compose/up", []],
    ["compose/up-remove-orphans", ["removed old"]],
    ["kubectl/apply", []],
    ["kubectl/apply-prune", ["removed old"]],
    ["argocd/application", []],
    ["argocd/automated-prune", ["removed old"]],
    ["argocd/applicationset", ["removed old"]],
    ["argocd/applicationset-create-update", []],
    ["flux/kustomization", ["removed old"]],
    ["flux/kustomization-no-prune", []],
    ["terraform/apply-targets", []],
    ["systemd/start", []],
    ["systemd/isolate", ["removed old"]],
    ["nomad/job-run", []],
    ["s6/rescan", []],
    ["s6/rescan-nuke", ["removed old"]],
    ["pm2/resurrect", []],
  ])("%s", (model, expected) => {
    expect(seen(model, edits(omitted("old")))).toEqual(expected);
  });

  it("is destroyed by terraform once somebody has said yes to the plan, and scaled to zero first by ECS", () => {
    expect(seen("terraform/apply", removal("old"))).toEqual(["removed old"]);
    expect(seen("terraform/apply", edits(omitted("old")))).toEqual([]);
    expect(seen("ecs/cloudformation", edits(omitted("old")))).toEqual(["removed old", "stopped old"]);
  });
});

describe("an entry in error", () => {
  it.each([
    ["compose/up-remove-orphans", []],
    ["supervisord/update", []],
    ["runit/runsvdir", ["removed old"]],
    ["monit/sighup", ["manager down"]],
    ["argocd/applicationset", ["removed base", "removed kept", "removed old", "removed web"]],
  ])("%s", (model, expected) => {
    expect(seen(model, edits(inError))).toEqual(expected);
  });

  it("ends supervisord on a reload, after it has stopped everything", () => {
    const everything = ["removed base", "removed kept", "removed old", "removed web"];
    expect(seen("supervisord/reload", edits(inError))).toEqual(["manager down", ...everything]);
    const { events } = traceOf(runOf(scenarioOf(fleet("supervisord/reload", edits(inError)))));
    const last = events.filter((event) => event.e === "removed" || event.e === "manager").at(-1);
    expect(last).toMatchObject({ e: "manager", state: "down" });
  });

  it("keeps kubectl from pruning until it is repaired", () => {
    const both = `${omitted("old")}, { set: "applications/web#/replicas", to: many }`;
    expect(seen("kubectl/apply-prune", edits(both))).toEqual([]);
    const repaired = '{ set: "applications/web#/replicas", to: 1 }';
    expect(seen("kubectl/apply-prune", edits(both, repaired))).toEqual(["removed old"]);
  });

  it("makes supervisord restart without anybody to listen to where its own section is gone", () => {
    const told = seen("supervisord/reload", edits("{ delete: managers/m }"));
    expect(told.filter((text) => text.startsWith("crashed"))).toHaveLength(4);
    expect(told).toContain("manager wedged");
  });
});

describe("one change", () => {
  it("restarts everything with pm2 start, podman --replace and supervisord reload, and once", () => {
    for (const model of ["pm2/start", "podman/kube-play-replace", "supervisord/reload"]) {
      const told = seen(model, update);
      expect(told.filter((text) => text.startsWith("crashed")).length).toBeGreaterThanOrEqual(3);
      const { events } = traceOf(runOf(scenarioOf(fleet(model, update))));
      expect(events.filter((event) => event.e === "crashed" && event.service === "kept")).toHaveLength(1);
    }
    expect(seen("supervisord/update", update)).toEqual([]);
  });

  it("undoes it all with helm uninstall and pm2 delete, but for what helm is told to keep", () => {
    expect(seen("helm/uninstall", update)).toEqual(["removed base", "removed old", "removed web"]);
    expect(seen("pm2/delete", update).filter((text) => text.startsWith("removed"))).toHaveLength(4);
  });
});

describe("an owner that is removed", () => {
  it("takes along what it owns, is gone after it, or lets it go", () => {
    expect(seen("kubernetes/background", removal("app"))).toEqual(["removed old"]);
    expect(seen("kubernetes/foreground", removal("app"))).toEqual(["removed old"]);
    expect(seen("flux/kustomization", removal("app"))).toEqual(["removed old"]);
    expect(seen("kubernetes/orphan", removal("app"))).toEqual(["let go of old"]);
    expect(seen("flux/kustomization-no-prune", removal("app"))).not.toContain("removed old");
  });
});

describe("options", () => {
  it("Argo CD: selfHeal", () => {
    expect(seen("argocd/application", crash)).not.toContain("deployed web");
    expect(seen("argocd/application", crash, "policy: { drift: redeploy }")).toContain("deployed web");
  });

  it("Argo CD: allowEmpty", () => {
    const all = ["removed base", "removed kept", "removed old", "removed web"];
    expect(seen("argocd/automated-prune", edits(everythingGone))).toEqual([]);
    const allowed = seen("argocd/automated-prune", edits(everythingGone), "guards: { drop: [nonEmpty] }");
    expect(allowed).toEqual(all);
  });

  it("Argo CD: an Application without its finalizer", () => {
    expect(seen("argocd/app-of-apps", removal("app"))).toEqual(["removed old"]);
    expect(seen("argocd/app-of-apps", removal("app"), "policy: { cascade: orphan }")).toEqual([
      "let go of old",
    ]);
  });
});
