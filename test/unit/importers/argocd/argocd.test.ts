/** What Argo CD applies, deletes and keeps, by the settings of small repositories. */
import { describe, expect, test } from "vitest";
import { formatIssue } from "../../../../src/base/issue.js";
import { argocd } from "../../../../src/importers/argocd/argocd.js";
import { ids, item, needs, options, treeOf } from "../../../helpers/file-tree.js";

const repo = "https://git.example.com/x/y";
const application = (
  name: string,
  path: string,
  more = "",
  metadata = "",
): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
${metadata}spec:
  project: default
  source: {repoURL: '${repo}', path: ${path}, targetRevision: HEAD}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
${more}`;
const automated = (rest: string): string =>
  `  syncPolicy:\n    automated:\n${rest.replace(/^/gm, "      ")}\n`;
const set = (
  generators: string,
  spec = "",
  template = "{{path.basename}}",
): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: root, namespace: argocd}
spec:
${spec}  generators:
${generators.replace(/^/gm, "  ")}
  template:
    metadata: {name: '${template}'}
    spec:
      project: default
      source: {repoURL: '${repo}', path: '{{path}}'}
      destination: {name: in-cluster, namespace: shop}
      syncPolicy: {automated: {prune: true}}
`;
const directories = (...paths: string[]): string =>
  `- git:\n    repoURL: ${repo}\n    directories:\n${paths.map((path) => `    - ${path}\n`).join("")}`.trimEnd();
const config = (name: string, annotations = "{}"): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations: ${annotations}\n`;
const deployment = (name: string, annotations = "{}"): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, annotations: ${annotations}}\nspec: {selector: {matchLabels: {a: ${name}}}, template: {metadata: {labels: {a: ${name}}}, spec: {containers: [{name: c}]}}}\n`;

const read = (files: Record<string, string>, entry: readonly string[] = []) =>
  argocd.read(treeOf(files), options(entry));
const finalizer = "  finalizers:\n  - resources-finalizer.argocd.argoproj.io\n";

test.each([
  ["nothing automated", "", "", "keep", "keep", []],
  ["automated without prune", automated("selfHeal: true"), "", "keep", "keep", []],
  [
    "prune",
    automated("prune: true\nallowEmpty: true"),
    "",
    "delete",
    "keep",
    ["prune: true", "allowEmpty: true"],
  ],
  [
    "prune that is switched off",
    automated("prune: true\nenabled: false"),
    "",
    "keep",
    "keep",
    ["prune: true", "enabled: false"],
  ],
  ["the finalizer", "", finalizer, "keep", "delete", ["- resources-finalizer.argocd.argoproj.io"]],
  [
    "both",
    automated("prune: true"),
    finalizer,
    "delete",
    "delete",
    ["prune: true", "- resources-finalizer.argocd.argoproj.io"],
  ],
])(
  "%s decides what happens to what an Application owns, with the lines that say so",
  (_, more, metadata, omitted, deleted, because) => {
    const imported = read({ "root.yaml": application("a", "a", more, metadata), "a/x.yaml": config("c") });
    const { ownership } = item(imported, "Application/argocd/a");
    expect(ownership).toMatchObject({ omitted, deleted, refused: "keep" });
    expect(ownership!.because.map(({ text }) => text)).toEqual(because);
    for (const { at } of ownership!.because) expect(at.file).toBe("root.yaml");
    expect(item(imported, "ConfigMap/shop/c").owner).toBe("Application/argocd/a");
  },
);

test("annotations of a resource keep it from pruning, from deletion, or both; definitions are never deleted along", () => {
  const option = (text: string): string => `{argocd.argoproj.io/sync-options: '${text}'}`;
  const imported = read({
    "root.yaml": application("a", "a"),
    "a/x.yaml": [
      config("prune", option("Prune=false")),
      config("confirm", option("Replace=true, Prune=confirm")),
      config("delete", option("Delete=false")),
      config("both", option("Prune=false,Delete=false")),
      config("helm", "{helm.sh/resource-policy: keep}"),
      config("plain", option("Prune=true")),
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: w.x.io}\n",
    ].join("---\n"),
  });
  const kept = (id: string): string => `${item(imported, id).keep?.text} ${item(imported, id).keepOnly}`;
  expect(kept("ConfigMap/shop/prune")).toBe("argocd.argoproj.io/sync-options: Prune=false omitted");
  expect(kept("ConfigMap/shop/confirm")).toContain("Prune=confirm omitted");
  expect(kept("ConfigMap/shop/delete")).toContain("Delete=false deleted");
  expect(kept("ConfigMap/shop/both")).toContain("undefined");
  expect(kept("ConfigMap/shop/helm")).toBe("helm.sh/resource-policy: keep deleted");
  expect(kept("CustomResourceDefinition/w.x.io")).toBe("kind: CustomResourceDefinition deleted");
  expect(item(imported, "ConfigMap/shop/plain").keep).toBeNull();
});

describe("sources", () => {
  test("a directory without what lies below it; with recurse all of it, less what is excluded", () => {
    const files = { "a/x.yaml": config("x"), "a/b/y.yaml": config("y"), "a/b/z.yaml": config("z") };
    const at = (more: string) =>
      read({
        "root.yaml": application("a", "a").replace("targetRevision: HEAD", `targetRevision: HEAD${more}`),
        ...files,
      });
    const names = (imported: ReturnType<typeof read>) =>
      ids(imported).filter((id) => id.startsWith("ConfigMap"));
    expect(names(at(""))).toEqual(["ConfigMap/shop/x"]);
    expect(names(at(", directory: {recurse: true, exclude: '{b/y.yaml,none}'}"))).toEqual([
      "ConfigMap/shop/x",
      "ConfigMap/shop/z",
    ]);
  });

  test("a kustomization, with what the Application adds to it", () => {
    const imported = read({
      "root.yaml": application("a", "a").replace("targetRevision: HEAD", "kustomize: {namePrefix: p-}"),
      "a/kustomization.yaml": "namespace: n\nresources: [x.yaml]\n",
      "a/x.yaml": config("x"),
    });
    expect(ids(imported)).toEqual(["Application/argocd/a", "ConfigMap/n/p-x"]);
  });

  test("a chart is not rendered: the Application stands for what it makes, and its values name whom it needs", () => {
    const imported = read({
      "root.yaml": [
        application("a", "a"),
        application("b", "b").replace("namespace: shop", "namespace: data"),
      ].join("---\n"),
      "a/Chart.yaml": "apiVersion: v2\nversion: 0.1.0\nname: a\n",
      "a/values.yaml": "db:\n  url: postgres://b-rw.data:5432/x\n",
      "b/Chart.yaml": "apiVersion: v2\nversion: 0.1.0\nname: b\n",
    });
    expect(item(imported, "Application/argocd/a")).toMatchObject({ runs: true, needsKnown: true });
    expect(item(imported, "Application/argocd/a").needs).toEqual([
      {
        on: "Application/argocd/b",
        kind: "hard",
        certain: false,
        evidence: "the value url names its Service b-rw",
        at: { file: "a/values.yaml", line: 2, column: 3 },
      },
    ]);
    expect(imported.issues.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "not-rendered a/Chart.yaml",
      "not-rendered b/Chart.yaml",
    ]);
  });

  test.each([
    [
      "a path that is not there",
      { "other/x.yaml": config("x"), "y/root.yaml": application("b", "other") },
      "there is no directory a",
    ],
    ["a file that is no YAML", { "a/x.yaml": "a: [" }, "a/x.yaml:1:"],
    ["a file that is no manifest", { "a/x.yaml": "a: 1\n" }, "apiVersion or kind is missing"],
    ["an object that the API refuses", { "a/x.yaml": config("_") }, "no name"],
    ["a kustomization that fails", { "a/kustomization.yaml": "resources: [z.yaml]\n" }, "there is no z.yaml"],
  ] as [string, Record<string, string>, string][])("%s refuses the Application", (_, files, message) => {
    const imported = read({ "root.yaml": application("a", "a"), ...files });
    expect(formatIssue(imported.refused.get("Application/argocd/a")!)).toContain(message);
  });

  test("another cluster has its own ids", () => {
    const away = application("a", "a").replace("server: 'https://kubernetes.default.svc'", "name: north");
    expect(ids(read({ "root.yaml": away, "a/x.yaml": config("c") }))).toEqual([
      "Application/argocd/a",
      "ConfigMap/shop/c@north",
    ]);
  });
});

describe("generators", () => {
  const apps = {
    "apps/a/x.yaml": config("a"),
    "apps/b/x.yaml": config("b"),
    "apps/.c/x.yaml": config("c"),
    "other/x.yaml": config("o"),
  };
  const applications = (
    generators: string,
    files: Record<string, string> = apps,
    spec = "",
    template?: string,
  ): string[] =>
    ids(read({ "root.yaml": set(generators, spec, template), ...files }))
      .filter((id) => id.startsWith("Application/"))
      .map((id) => id.slice(19));

  test("directories that a pattern includes and none excludes", () => {
    expect(applications(directories("path: apps/*"))).toEqual(["a", "b"]);
    expect(applications(directories("path: apps/*", "{path: apps/b, exclude: true}"))).toEqual(["a"]);
    expect(applications(directories("path: '*'"))).toEqual(["apps", "other"]);
  });

  test("files, with what is in them", () => {
    const files = {
      ...apps,
      "conf/n/c.json": '{"cluster": {"name": "north"}}',
      "conf/s/c.json": '{"cluster": {"name": "south"}}',
    };
    const generator = `- git:\n    repoURL: ${repo}\n    files: [{path: 'conf/**/c.json'}]`;
    expect(applications(generator, files, "", "{{cluster.name}}-{{path.basename}}")).toEqual([
      "north-n",
      "south-s",
    ]);
  });

  test("lists, clusters that Secrets describe, and matrix and merge of them", () => {
    const secret =
      "apiVersion: v1\nkind: Secret\nmetadata: {name: north, labels: {argocd.argoproj.io/secret-type: cluster, env: live}}\nstringData: {config: hunter2}\n";
    const files = { ...apps, "clusters/north.yaml": secret };
    const list = "- list: {elements: [{path: apps/a, n: x}, {path: apps/b, n: y}]}";
    expect(applications(list, files, "", "{{n}}")).toEqual(["x", "y"]);
    expect(applications("- clusters: {}", files, "", "{{name}}")).toEqual(["in-cluster", "north"]);
    expect(applications("- clusters: {selector: {matchLabels: {env: live}}}", files, "", "{{name}}")).toEqual(
      ["north"],
    );
    const matrix = `- matrix:\n    generators:\n    - list: {elements: [{n: x}]}\n    - git: {repoURL: '${repo}', directories: [{path: 'apps/*'}]}`;
    expect(applications(matrix, files, "", "{{n}}-{{path.basename}}")).toEqual(["x-a", "x-b"]);
    const merge =
      "- merge:\n    mergeKeys: [n]\n    generators:\n    - list: {elements: [{n: x, v: one}, {n: y, v: one}]}\n    - list: {elements: [{n: y, v: two}]}";
    expect(applications(merge, files, "", "{{n}}-{{v}}")).toEqual(["x-one", "y-two"]);
    expect(JSON.stringify(read({ "root.yaml": set("- clusters: {}"), ...files }).items)).not.toContain(
      "hunter2",
    );
  });

  test("Go templates", () => {
    expect(
      applications(
        directories("path: apps/*"),
        apps,
        "  goTemplate: true\n",
        "{{ .path.basename | upper | lower }}-x",
      ),
    ).toEqual(["a-x", "b-x"]);
  });

  test("what a generator gives that asks somebody else is unknown, not empty", () => {
    const imported = read({ "root.yaml": set("- pullRequest: {github: {}}") });
    expect(imported.issues.map(formatIssue)).toEqual([
      "root.yaml:6:5: warning generator: what the generator pullRequest gives is not known here",
    ]);
  });

  test.each([
    [
      "a file with parameters is no YAML",
      `- git:\n    repoURL: ${repo}\n    files: [{path: c.json}]`,
      { "c.json": "{" },
      "c.json",
    ],
    [
      "two have one name",
      "- list: {elements: [{path: {basename: a}}, {path: {basename: a}}]}",
      {},
      "two Applications are called a",
    ],
    ["matrix has one generator", "- matrix: {generators: [{list: {}}]}", {}, "matrix has two"],
  ] as [string, string, Record<string, string>, string][])(
    "nothing changes where %s",
    (_, generators, files, message) => {
      const imported = read({ "root.yaml": set(generators), ...files });
      expect(formatIssue(imported.refused.get("ApplicationSet/argocd/root")!)).toContain(message);
      expect(ids(imported)).toEqual(["ApplicationSet/argocd/root"]);
    },
  );

  test.each([
    ["", "delete", "delete", "delete"],
    ["  syncPolicy: {applicationsSync: create-only}\n", "keep", "delete", "delete"],
    ["  syncPolicy: {applicationsSync: create-update}\n", "keep", "delete", "delete"],
    ["  syncPolicy: {preserveResourcesOnDeletion: true}\n", "delete", "delete", "keep"],
  ])(
    "with %j a set that gives one less does: %s; its deletion: %s; that of an Application: %s",
    (spec, omitted, deleted, resources) => {
      const imported = read({ "root.yaml": set(directories("path: apps/*"), spec), ...apps });
      expect(item(imported, "ApplicationSet/argocd/root").ownership).toMatchObject({ omitted, deleted });
      expect(item(imported, "Application/argocd/a").ownership!.deleted).toBe(resources);
      expect(item(imported, "Application/argocd/a").owner).toBe("ApplicationSet/argocd/root");
    },
  );
});

describe("order", () => {
  const wave = (number: number): string => `{argocd.argoproj.io/sync-wave: '${number}'}`;
  test("what runs in a later wave starts after what runs in the one before; hooks before the sync come first", () => {
    const job =
      "apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n  annotations: {argocd.argoproj.io/hook: PreSync}\n";
    const imported = read({
      "root.yaml": application("a", "a"),
      "a/x.yaml": [
        deployment("db", wave(-1)),
        deployment("web"),
        deployment("shop"),
        deployment("late", wave(5)),
        job,
      ].join("---\n"),
    });
    expect(needs(imported, "Deployment/shop/late")).toEqual([
      "startup Deployment/shop/web",
      "startup Deployment/shop/shop",
    ]);
    expect(needs(imported, "Deployment/shop/web")).toEqual(["startup Deployment/shop/db"]);
    expect(needs(imported, "Deployment/shop/db")).toEqual(["startup Job/shop/migrate-*"]);
    expect(item(imported, "Deployment/shop/late").needs[0]).toMatchObject({
      evidence: "sync wave 5 comes after 0",
      at: { file: "a/x.yaml", line: 18 },
    });
    // Nobody prunes a hook.
    expect(item(imported, "Job/shop/migrate-*").keep?.text).toBe("argocd.argoproj.io/hook: PreSync");
  });

  test("Applications in waves are applied in order, and probably not waited for", () => {
    const child = (name: string, number: number): string =>
      application(name, name, "", `  annotations: ${wave(number)}\n`);
    const imported = read({
      "root.yaml": application("root", "apps"),
      "apps/x.yaml": [child("a", 0), child("b", 1)].join("---\n"),
      "a/x.yaml": config("a"),
      "b/x.yaml": config("b"),
    });
    expect(needs(imported, "Application/argocd/b")).toEqual(["startup? Application/argocd/a"]);
    expect(item(imported, "Application/argocd/b").owner).toBe("Application/argocd/root");
    expect(imported.managers[0]!.roots).toEqual(["Application/argocd/root"]);
  });

  test("an Application needs its project", () => {
    const project =
      "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team, namespace: argocd}\n";
    const imported = read({
      "r/root.yaml": application("root", "r").replace("project: default", "project: team"),
      "r/p.yaml": project,
    });
    expect(needs(imported, "Application/argocd/root")).toEqual(["startup AppProject/argocd/team"]);
  });
});

test("Argo CD that applies itself from a Git server that it applies", () => {
  const values = `argocd-apps:
  applicationsets:
    root:
      namespace: argocd
      generators:
      - git:
          repoURL: &url http://gitea-http.gitea:3000/ops/lab
          directories: [{path: 'system/*'}]
      template:
        metadata: {name: '{{path.basename}}'}
        spec:
          project: default
          source: {repoURL: *url, path: '{{path}}'}
          destination: {name: in-cluster, namespace: '{{path.basename}}'}
          syncPolicy: {automated: {prune: true}}
`;
  const imported = read({
    "system/argocd/Chart.yaml":
      "apiVersion: v2\nversion: 0.1.0\nname: argocd\ndependencies: [{name: argo-cd}, {name: argocd-apps}]\n",
    "system/argocd/values.yaml": values,
    "system/gitea/Chart.yaml": "apiVersion: v2\nversion: 0.1.0\nname: gitea\ndependencies: [{name: gitea}]\n",
  });
  expect(imported.managers).toEqual([
    {
      name: "argocd",
      preset: "argocd/application",
      service: "Application/argocd/argocd",
      reads: ["Application/argocd/gitea"],
      roots: ["ApplicationSet/argocd/root"],
      at: { file: "system/argocd/values.yaml", line: 3, column: 5 },
    },
  ]);
  // It is in its own inventory, by way of the Application that it generates.
  expect(item(imported, "ApplicationSet/argocd/root").owner).toBe("Application/argocd/argocd");
  expect(item(imported, "Application/argocd/argocd")).toMatchObject({
    owner: "ApplicationSet/argocd/root",
    keep: null,
    ownership: { omitted: "delete", deleted: "delete", because: [{ text: "prune: true", at: { line: 15 } }] },
  });
});

test("an Application that is written down and generated is one, and it is said", () => {
  const imported = read({
    "root.yaml": set(directories("path: apps/*")),
    "apps/a/x.yaml": application("a", "plain"),
    "plain/x.yaml": config("c"),
  });
  expect(item(imported, "Application/argocd/a")).toMatchObject({
    owner: "ApplicationSet/argocd/root",
    ownership: { omitted: "delete" },
  });
  expect(imported.issues.map(({ code }) => code)).toEqual(["described-twice"]);
});

test("a controller among the manifests is what Argo CD runs as", () => {
  const controller = deployment("argocd-application-controller").replace(
    "kind: Deployment",
    "kind: StatefulSet",
  );
  const imported = read({ "root.yaml": application("argocd", "a"), "a/x.yaml": controller });
  expect(imported.managers[0]!.service).toBe("StatefulSet/shop/argocd-application-controller");
});

test("entry names files or directories; other objects in them are applied by people", () => {
  const files = {
    "one/root.yaml": [application("a", "a"), config("c")].join("---\n"),
    "two/root.yaml": application("b", "a"),
    "a/x.yaml": config("x"),
  };
  expect(ids(read(files, ["one"]))).toEqual(["Application/argocd/a", "ConfigMap/c", "ConfigMap/shop/x"]);
  expect(ids(read(files, ["two/root.yaml"]))).toEqual(["Application/argocd/b", "ConfigMap/shop/x"]);
  expect(read(files, ["three"]).issues.map(({ code }) => code)).toEqual(["missing-file"]);
  expect(read({ "a.yaml": config("c") }).issues.map(({ code }) => code)).toEqual(["no-root"]);
});

test("Applications that only a template makes are told with its line", () => {
  const template =
    "{{- range .Values.apps }}\napiVersion: argoproj.io/v1alpha1\nkind: Application\n{{- end }}\n";
  const { issues } = read({
    "apps/Chart.yaml": "name: apps\nversion: 1.0.0\napiVersion: v2\n",
    "apps/templates/a.yaml": template,
  });
  expect(issues.find(({ code }) => code === "no-root")).toMatchObject({
    file: "apps/templates/a.yaml",
    line: 3,
    severity: "error",
  });
});

test("a kustomization that nothing applies is one, though it says neither apiVersion nor kind", () => {
  const tree = treeOf({
    "root.yaml": application("shop", "shop"),
    "shop/a.yaml": config("a"),
    "other/kustomization.yaml": "resources: [b.yaml]\n",
    "other/notes.yaml": "title: of people\n",
  });
  const imported = argocd.read(tree, options());
  expect(imported.reads).toEqual(["root.yaml", "shop/a.yaml"]);
  const leftOut = argocd.leftOut!(tree, imported);
  expect(leftOut.map(formatIssue)).toEqual([
    "other/kustomization.yaml:1:1: warning not-applied: no Application applies it",
    "other/notes.yaml:1:1: warning no-manifest: no object of Kubernetes",
  ]);
});
