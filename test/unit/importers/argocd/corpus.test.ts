/** A real repository from which Argo CD installs itself and the Git server that it reads. */
import { describe, expect, test } from "vitest";
import { argocd } from "../../../../src/importers/argocd/argocd.js";
import { kubernetes } from "../../../../src/importers/kubernetes/kubernetes.js";
import { corpusTree, hasCorpus, item, needs, options } from "../../../helpers/file-tree.js";

describe.skipIf(!hasCorpus)("real repositories (skipped where ../shared/corpus is missing)", () => {
  test("khuedoan/homelab: the root generates what defines it, and is read from what it generates", () => {
    const imported = argocd.read(corpusTree("argocd", "khuedoan__homelab"), options());
    expect(imported.items.filter(({ kind }) => kind === "Application")).toHaveLength(31);
    expect(imported.managers).toMatchObject([
      {
        service: "Application/argocd/argocd",
        reads: ["Application/argocd/gitea"],
        roots: ["ApplicationSet/argocd/root"],
      },
    ]);
    expect(item(imported, "ApplicationSet/argocd/root").owner).toBe("Application/argocd/argocd");
    for (const id of ["Application/argocd/argocd", "Application/argocd/gitea"]) {
      expect(item(imported, id)).toMatchObject({
        owner: "ApplicationSet/argocd/root",
        keep: null,
        ownership: { omitted: "delete", deleted: "delete" },
      });
    }
    expect(needs(imported, "Application/argocd/argocd")).toEqual(["hard? Application/argocd/gitea"]);
  });

  test("the shop of Google: who calls whom, by the variables of its Deployments", () => {
    const imported = kubernetes.read(
      corpusTree("k8s", "GoogleCloudPlatform__microservices-demo"),
      options(["kustomize"]),
    );
    const calls = (id: string): string[] =>
      needs(imported, `Deployment/${id}`)
        .filter((need) => need.startsWith("hard? Deployment/"))
        .map((need) => need.slice(17))
        .sort();
    expect(calls("cartservice")).toEqual(["redis-cart"]);
    expect(calls("recommendationservice")).toEqual(["productcatalogservice"]);
    expect(calls("checkoutservice")).toEqual([
      "cartservice",
      "currencyservice",
      "emailservice",
      "paymentservice",
      "productcatalogservice",
      "shippingservice",
    ]);
    expect(calls("frontend")).toEqual([
      "adservice",
      "cartservice",
      "checkoutservice",
      "currencyservice",
      "productcatalogservice",
      "recommendationservice",
      "shippingservice",
    ]);
    expect(needs(imported, "Deployment/loadgenerator")).toContain("startup? Deployment/frontend");
  });
});
