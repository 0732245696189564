/** Real repositories of Flux, against graphs that `kubectl kustomize` gave, and what they tell about removing Flux itself. */
import { describe, expect, test } from "vitest";
import type { Imported, Item } from "../../../../src/importers/contract.js";
import { flux } from "../../../../src/importers/flux/flux.js";
import { findRoots } from "../../../../src/importers/flux/roots.js";
import { walk } from "../../../../src/importers/flux/walk.js";
import { filesOf, Noting } from "../../../../src/importers/kubernetes/files.js";
import { corpusTree, golden, hasCorpus, item, options } from "../../../helpers/file-tree.js";

interface Golden {
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly edges: readonly (readonly [string, string])[];
}

/** The Kustomizations below the two at the top, as the golden graphs write them. */
function graphOf(name: string): Golden {
  const files = new Noting(filesOf(corpusTree("flux", name)));
  const { units } = walk(files, findRoots(files, [], []), new Map());
  const below = units.filter(({ spec }) => !["flux-system", "cluster-apps"].includes(spec.name));
  return {
    nodes: Object.fromEntries(
      below.map(({ spec }) => [
        `${spec.namespace}/${spec.name}`,
        {
          path: spec.path,
          prune: spec.prune,
          wait: spec.wait,
          targetNamespace: spec.targetNamespace,
          suspend: spec.suspend,
          healthChecks: spec.healthChecks.length,
          hasNamespace: spec.object.namespace !== null,
          sourceRef: spec.source,
          timeout: spec.timeout,
        },
      ]),
    ),
    edges: below
      .flatMap(({ spec }) =>
        spec.dependsOn.map((on): [string, string] => [
          `${spec.namespace}/${spec.name}`,
          `${on.namespace}/${on.name}`,
        ]),
      )
      .sort(),
  };
}

/** Its owners, from the nearest to the root. */
function ownersOf(imported: Imported, id: string): Item[] {
  const owners: Item[] = [];
  for (
    let here = item(imported, id).owner;
    here !== null && owners.length < 10;
    here = item(imported, here).owner
  ) {
    owners.push(item(imported, here));
  }
  return owners;
}

describe.skipIf(!hasCorpus)("real repositories (skipped where ../shared/corpus is missing)", () => {
  test.each(["onedr0p__home-ops", "bjw-s-labs__home-ops"])(
    "%s has the Kustomizations and the order of its golden graph",
    (name) => {
      const { nodes, edges } = golden(`${name}.apps.json`) as Golden;
      const ours = graphOf(name);
      expect(ours.nodes).toEqual(nodes);
      expect(ours.edges).toEqual([...edges].sort());
    },
  );

  test("onedr0p: nothing keeps the operator of Flux, nor Flux, from being pruned with their directories", () => {
    const imported = flux.read(corpusTree("flux", "onedr0p__home-ops"), options());
    expect([...imported.refused.keys()]).toEqual([]);
    expect(imported.managers.map(({ name, service }) => `${name} ${service}`)).toEqual([
      "flux HelmRelease/flux-system/flux-instance",
      "flux-operator HelmRelease/flux-system/flux-operator",
    ]);
    for (const { service } of imported.managers) {
      expect(item(imported, service!).keep).toBeNull();
      const owners = ownersOf(imported, service!);
      expect(owners.map(({ id }) => id)).toEqual([
        service!.replace("HelmRelease", "Kustomization"),
        "Kustomization/flux-system/cluster-apps",
        "Kustomization/flux-system/flux-system",
      ]);
      for (const owner of owners) {
        expect(owner).toMatchObject({ keep: null, ownership: { omitted: "delete", deleted: "delete" } });
      }
      expect(owners[0]!.ownership!.because).toMatchObject([{ text: "prune: true" }]);
    }
  });

  test("bjw-s: `prune: false` of their own Kustomizations keeps the operator and Flux, though the parent prunes those", () => {
    const imported = flux.read(corpusTree("flux", "bjw-s-labs__home-ops"), options());
    expect([...imported.refused.keys()]).toEqual([]);
    for (const name of ["flux-operator", "flux-instance"]) {
      const [own, parent] = ownersOf(imported, `HelmRelease/flux-system/${name}`);
      expect(own).toMatchObject({ keep: null, ownership: { omitted: "keep", deleted: "keep" } });
      expect(own!.ownership!.because).toMatchObject([{ text: "prune: false" }]);
      expect(parent).toMatchObject({
        id: "Kustomization/flux-system/cluster-apps",
        ownership: { omitted: "delete" },
      });
    }
  });

  test.each(["onedr0p__home-ops", "bjw-s-labs__home-ops"])(
    "%s: annotations save the Namespaces and nothing else",
    (name) => {
      const imported = flux.read(corpusTree("flux", name), options());
      const kept = imported.items.filter(({ keep }) => keep !== null);
      expect(kept.length).toBeGreaterThan(10);
      expect(kept.map(({ id }) => id)).toEqual(
        imported.items.filter(({ kind }) => kind === "Namespace").map(({ id }) => id),
      );
      for (const { keep } of kept) expect(keep!.text).toBe("kustomize.toolkit.fluxcd.io/prune: disabled");
      const inside = kept.flatMap(({ contains }) => contains);
      expect(inside).toContain("HelmRelease/flux-system/flux-operator");
    },
  );

  test("the example of Flux for two clusters, by its artifacts", () => {
    const tree = corpusTree("flux", "fluxcd__flux2-kustomize-helm-example");
    const staging = flux.read(tree, options(["clusters/staging"]));
    expect(item(staging, "HelmRelease/podinfo/podinfo")).toMatchObject({
      owner: "Kustomization/flux-system/apps",
      at: { file: "apps/base/podinfo/release.yaml" },
    });
    expect(
      item(staging, "Kustomization/flux-system/apps").needs.map(({ on, evidence }) => `${evidence} ${on}`),
    ).toEqual([
      "dependsOn Kustomization/flux-system/infra-configs",
      "sourceRef ArtifactGenerator/flux-system/flux-system",
    ]);
    expect(flux.read(tree, options()).managers.map(({ name }) => name)).toEqual([
      "flux-production",
      "flux-staging",
    ]);
  });
});
