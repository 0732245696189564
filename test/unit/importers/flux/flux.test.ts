/** What Flux applies, deletes and keeps, by the settings of small repositories. */
import { describe, expect, test } from "vitest";
import { formatIssue } from "../../../../src/base/issue.js";
import { flux } from "../../../../src/importers/flux/flux.js";
import { rootDirectories } from "../../../../src/importers/flux/roots.js";
import { ids, item, needs, options, treeOf } from "../../../helpers/file-tree.js";

const kustomization = (name: string, path: string, more = "", prune = "true"): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  interval: 1h
  path: ${path}
  prune: ${prune}
  sourceRef: {kind: GitRepository, name: flux-system}
${more}`;
const release = (name: string, spec = "", namespace = "shop"): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n  interval: 1h\n  chartRef: {kind: OCIRepository, name: ${name}}\n${spec}`;
const oci = (name: string, namespace = "shop"): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {interval: 1h, url: 'oci://x/charts/${name}'}\n`;
const config = (name: string, more = "", namespace = "shop"): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '${name}', namespace: ${namespace}${more}}\n`;

const read = (files: Record<string, string>, entry: readonly string[] = []) =>
  flux.read(treeOf(files), options(entry));
/** Variables as Flux writes them; the linter takes those for a mistake. */
const variables = (text: string): string => text.replaceAll("%{", `$\{`);
/** A root that applies `apps`, and what is in it. */
const withApps = (apps: Record<string, string>, more = "", prune = "true") =>
  read({ "cluster/apps.yaml": kustomization("apps", "./apps", more, prune), ...apps });
const refusals = (imported: ReturnType<typeof read>): string[] =>
  [...imported.refused].map(([id, issue]) => `${id}: ${formatIssue(issue)}`);

test("each Kustomization owns what its path gives; releases run, need their chart to start, and are not known to need more", () => {
  const imported = withApps({
    "apps/kustomization.yaml": "resources: [a.yaml]\n",
    "apps/a.yaml": kustomization("a", "./a"),
    "a/x.yaml": [release("web"), oci("web"), config("c")].join("---\n"),
  });
  expect(imported.items.map(({ id, owner, runs }) => `${id} < ${owner}${runs ? " runs" : ""}`)).toEqual([
    "ConfigMap/shop/c < Kustomization/flux-system/a",
    "HelmRelease/shop/web < Kustomization/flux-system/a runs",
    "Kustomization/flux-system/a < Kustomization/flux-system/apps",
    "Kustomization/flux-system/apps < null",
    "OCIRepository/shop/web < Kustomization/flux-system/a",
  ]);
  expect(needs(imported, "HelmRelease/shop/web")).toEqual(["startup OCIRepository/shop/web"]);
  expect(item(imported, "HelmRelease/shop/web").needsKnown).toBe(false);
  expect(imported.managers).toMatchObject([
    { name: "flux", preset: "flux/kustomization", service: null, roots: ["Kustomization/flux-system/apps"] },
  ]);
  expect(imported.reads).toEqual(["a/x.yaml", "apps/a.yaml", "apps/kustomization.yaml", "cluster/apps.yaml"]);
});

test.each([
  ["prune", "", "true", "delete", "delete", ["prune: true"]],
  ["no prune", "", "false", "keep", "keep", ["prune: false"]],
  [
    "Orphan",
    "  deletionPolicy: Orphan\n",
    "true",
    "delete",
    "keep",
    ["prune: true", "deletionPolicy: Orphan"],
  ],
  [
    "Delete",
    "  deletionPolicy: Delete\n",
    "false",
    "keep",
    "delete",
    ["prune: false", "deletionPolicy: Delete"],
  ],
  [
    "WaitForTermination",
    "  deletionPolicy: WaitForTermination\n",
    "true",
    "delete",
    "delete",
    ["prune: true", "deletionPolicy: WaitForTermination"],
  ],
  [
    "MirrorPrune",
    "  deletionPolicy: MirrorPrune\n",
    "false",
    "keep",
    "keep",
    ["prune: false", "deletionPolicy: MirrorPrune"],
  ],
  ["suspend", "  suspend: true\n", "true", "keep", "keep", ["prune: true", "suspend: true"]],
])(
  "%s decides what happens to the inventory, with the lines that say so",
  (_, more, prune, omitted, deleted, because) => {
    const { ownership } = item(
      withApps({ "apps/c.yaml": config("c") }, more, prune),
      "Kustomization/flux-system/apps",
    );
    expect(ownership).toMatchObject({ omitted, deleted, refused: "keep" });
    expect(ownership!.because.map(({ text }) => text)).toEqual(because);
    expect(ownership!.because[0]!.at).toEqual({ file: "cluster/apps.yaml", line: 7, column: 3 });
  },
);

test("annotations and labels keep objects; a suspended release is deleted without being uninstalled", () => {
  const mark = (key: string): string => `{kustomize.toolkit.fluxcd.io/${key}: disabled}`;
  const imported = withApps({
    "apps/c.yaml": [
      config("a", `, annotations: ${mark("prune")}`),
      config("b", `, labels: ${mark("reconcile")}`),
      config("c", `, annotations: ${mark("ssa")}`),
      release("r", "  suspend: true\n"),
    ].join("---\n"),
  });
  const keep = (id: string) => item(imported, id).keep;
  expect(keep("ConfigMap/shop/a")).toEqual({
    text: "kustomize.toolkit.fluxcd.io/prune: disabled",
    at: { file: "apps/c.yaml", line: 3, column: 54 },
  });
  expect(keep("ConfigMap/shop/b")?.text).toBe("kustomize.toolkit.fluxcd.io/reconcile: disabled");
  expect(keep("ConfigMap/shop/c")).toBeNull();
  expect(keep("HelmRelease/shop/r")?.text).toBe("suspend: true");
});

describe("order", () => {
  const apps = (spec: string): Record<string, string> => ({
    "apps/a.yaml": kustomization("a", "./a", "  dependsOn: [{name: b}]\n"),
    "apps/b.yaml": kustomization("b", "./b", spec),
    "a/x.yaml": release("web", "  dependsOn: [{name: db, namespace: data}]\n"),
    "b/x.yaml": [release("db", "", "data"), release("cache", "", "data")].join("---\n"),
  });
  test("dependsOn is a need to start, and with wait the services behind it are ready first", () => {
    const imported = withApps(apps("  wait: true\n"));
    expect(needs(imported, "Kustomization/flux-system/a")).toEqual(["startup Kustomization/flux-system/b"]);
    expect(needs(imported, "HelmRelease/shop/web")).toEqual([
      "startup HelmRelease/data/db",
      "startup HelmRelease/data/cache",
    ]);
    expect(item(imported, "HelmRelease/shop/web")).toMatchObject({ needsKnown: true });
  });
  test("with health checks those that are checked; with neither it is ready as soon as it is applied", () => {
    const check =
      "  healthChecks: [{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: cache, namespace: data}]\n";
    expect(needs(withApps(apps(check)), "HelmRelease/shop/web")).toEqual([
      "startup HelmRelease/data/cache",
      "startup HelmRelease/data/db",
    ]);
    expect(needs(withApps(apps("")), "HelmRelease/shop/web")).toEqual(["startup HelmRelease/data/db"]);
  });
  test("a dependency that is not described is said: its Kustomization waits for ever", () => {
    const imported = withApps({
      "apps/a.yaml": kustomization("a", "./a", "  dependsOn: [{name: gone}]\n"),
      "a/x.yaml": config("c"),
    });
    expect(imported.issues.map(formatIssue)).toEqual([
      "apps/a.yaml:9:15: warning unknown-dependency: flux-system/a depends on flux-system/gone, which is not described: it waits for ever at spec.dependsOn",
    ]);
  });
});

test("patches of the parent reach its Kustomizations, and the line of the patch is quoted", () => {
  const patches = `  patches:
    - target: {group: kustomize.toolkit.fluxcd.io, kind: Kustomization}
      patch: |-
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: _
        spec:
          prune: false
          patches:
            - target: {kind: ConfigMap}
              patch: |
                - op: add
                  path: /metadata/annotations
                  value: {kustomize.toolkit.fluxcd.io/prune: disabled}
`;
  const imported = withApps({ "apps/a.yaml": kustomization("a", "./a"), "a/x.yaml": config("c") }, patches);
  expect(item(imported, "Kustomization/flux-system/a").ownership).toMatchObject({
    omitted: "keep",
    because: [{ text: "prune: false", at: { file: "cluster/apps.yaml", line: 17, column: 11 } }],
  });
  expect(item(imported, "ConfigMap/shop/c").keep).toEqual({
    text: "kustomize.toolkit.fluxcd.io/prune: disabled",
    at: { file: "cluster/apps.yaml", line: 23, column: 27 },
  });
});

test("targetNamespace, components and variables of the Kustomization; a Namespace is renamed with the rest", () => {
  const imported = withApps({
    "apps/a.yaml": kustomization(
      "a",
      "./a",
      "  targetNamespace: other\n  components: [../extra]\n  postBuild: {substitute: {APP: web}}\n",
    ),
    "a/kustomization.yaml": "resources: [x.yaml]\n",
    "a/x.yaml": `apiVersion: v1\nkind: Namespace\nmetadata: {name: mine}\n---\n${config(variables("%{APP}-c"))}`,
    "extra/kustomization.yaml": "kind: Component\nresources: [claim.yaml]\n",
    "extra/claim.yaml": variables(
      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: '%{CLAIM:=%{APP}-data}'}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: '%{SIZE:-5Gi}'}}}\n",
    ),
  });
  expect(ids(imported).filter((id) => !id.startsWith("Kustomization"))).toEqual([
    "ConfigMap/other/web-c",
    "Namespace/other",
    "PersistentVolumeClaim/other/web-data",
  ]);
  expect(item(imported, "PersistentVolumeClaim/other/web-data").data).toBe(true);
});

test("variables of the cluster stay as they are written, unless they are given", () => {
  const files = treeOf({
    "cluster/apps.yaml": kustomization(
      "apps",
      "./apps",
      "  postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}\n",
    ),
    "apps/c.yaml": [config(variables("a-%{REGION}")), config(variables("$%{REGION}-x-%{OTHER:-y}"))].join(
      "---\n",
    ),
  });
  const open = flux.read(files, options());
  expect(ids(open)).toContain(variables("ConfigMap/shop/a-%{REGION}"));
  expect(open.issues.map(({ code, line }) => `${code} ${line}`)).toEqual(["unknown-variable 9"]);
  const given = flux.read(files, { ...options(), variables: new Map([["REGION", "north"]]) });
  expect(ids(given)).toContain("ConfigMap/shop/a-north");
  expect(given.issues).toEqual([]);
});

describe("what is not applied", () => {
  test.each([
    ["a build that fails", { "apps/kustomization.yaml": "resources: [z.yaml]\n" }, "there is no z.yaml"],
    ["a path that is not there", {}, "there is no directory ./apps"],
    [
      "a file that is no manifest, where Flux takes all files",
      { "apps/values.yaml": "a: 1\n" },
      "apiVersion or kind is missing",
    ],
    ["an object that the API refuses", { "apps/c.yaml": config("_") }, "metadata.name is no name"],
    [
      "a Kustomization without prune",
      { "apps/a.yaml": kustomization("a", "./a").replace(/ {2}prune.*\n/, "") },
      "spec.prune is missing",
    ],
    [
      "an encrypted Secret that nobody decrypts",
      { "apps/s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: n}\nsops: {mac: x}\n" },
      "no spec.decryption",
    ],
  ] as [string, Record<string, string>, string][])(
    "%s refuses its owner, which then deletes nothing",
    (_, files, message) => {
      const imported = withApps(files);
      expect(refusals(imported)).toEqual([expect.stringContaining(`Kustomization/flux-system/apps: `)]);
      expect(refusals(imported)[0]).toContain(message);
      expect(item(imported, "Kustomization/flux-system/apps").owner).toBeNull();
    },
  );

  test("Flux ignores unknown fields of the file at its path, which kustomize would refuse", () => {
    const imported = withApps({
      "apps/kustomization.yaml": "resources: [c.yaml]\nnonsense: 1\n",
      "apps/c.yaml": config("c"),
    });
    expect(imported.refused.size).toBe(0);
    expect(imported.issues.map(formatIssue).join()).toContain("no field nonsense");
  });

  test("an emptied list: kustomize refuses a file that says nothing, but not one to which Flux has added something", () => {
    const files = { "apps/kustomization.yaml": "resources:\n# - c.yaml\n", "apps/c.yaml": config("c") };
    expect(refusals(withApps(files))[0]).toContain("the kustomization is empty");
    const added = withApps(files, "  targetNamespace: shop\n");
    expect(added.refused.size).toBe(0);
    expect(ids(added)).toEqual(["Kustomization/flux-system/apps"]);
  });

  test("the objects beside a refused one are still there", () => {
    const imported = withApps({ "apps/c.yaml": [config("_"), config("fine")].join("---\n") });
    expect(ids(imported)).toEqual(["ConfigMap/shop/fine", "Kustomization/flux-system/apps"]);
  });

  test("what another repository holds is unknown, not empty", () => {
    const other = kustomization("apps", "./elsewhere").replace("name: flux-system}", "name: other}");
    const imported = read({
      "cluster/ks.yaml": kustomization("root", "./cluster/more"),
      "cluster/more/ks.yaml": other,
    });
    expect(imported.issues.map(({ code }) => code)).toEqual(["other-source"]);
    // The source is described nowhere: the Kustomization waits for it.
    expect([...imported.refused.keys()]).toEqual(["Kustomization/flux-system/apps"]);
  });
});

test("Flux makes up a kustomization of all files below a path, and stops at directories that have one", () => {
  const imported = withApps({
    "apps/a.yaml": config("a"),
    "apps/deep/down/b.yml": config("b"),
    "apps/own/kustomization.yaml": "namePrefix: x-\nresources: [c.yaml]\n",
    "apps/own/c.yaml": config("c"),
    "apps/own/unused.yaml": config("unused"),
    "apps/.hidden/d.yaml": config("d"),
    "apps/readme.md": "# no manifest",
  });
  expect(ids(imported)).toEqual([
    "ConfigMap/shop/a",
    "ConfigMap/shop/b",
    "ConfigMap/shop/x-c",
    "Kustomization/flux-system/apps",
  ]);
});

describe("Flux as one of its own things", () => {
  const instance = (url: string): string =>
    release(
      "flux-instance",
      `  values: {instance: {sync: {kind: GitRepository, url: '${url}', path: cluster}}}\n`,
      "flux-system",
    );
  const files = (url: string): Record<string, string> => ({
    "cluster/ks.yaml": [
      kustomization("operator", "./operator", "  wait: true\n"),
      kustomization("instance", "./instance", "  dependsOn: [{name: operator}]\n"),
      kustomization("git", "./git"),
    ].join("---\n"),
    "operator/x.yaml": [
      release("flux-operator", "", "flux-system"),
      oci("flux-operator", "flux-system"),
    ].join("---\n"),
    "instance/x.yaml": [instance(url), oci("flux-instance", "flux-system")].join("---\n"),
    "git/x.yaml": release("forgejo", "  values: {ingress: {hosts: [{host: git.example.com}]}}\n", "git"),
  });

  test("the release of the instance is what it runs as, and the operator what installs that", () => {
    const imported = read(files("https://github.com/x/y"));
    expect(imported.managers).toMatchObject([
      {
        name: "flux",
        service: "HelmRelease/flux-system/flux-instance",
        reads: [],
        roots: ["Kustomization/flux-system/flux-system"],
        at: { file: "instance/x.yaml", line: 7 },
      },
      {
        name: "flux-operator",
        service: "HelmRelease/flux-system/flux-operator",
        roots: ["HelmRelease/flux-system/flux-instance"],
      },
    ]);
    expect(needs(imported, "HelmRelease/flux-system/flux-instance")).toContain(
      "startup HelmRelease/flux-system/flux-operator",
    );
    // It would be pruned like anything else: nothing keeps it.
    const operator = item(imported, "HelmRelease/flux-system/flux-operator");
    expect(operator.keep).toBeNull();
    expect(item(imported, operator.owner!).ownership).toMatchObject({ omitted: "delete", deleted: "delete" });
  });

  test.each([
    ["http://forgejo-http.git.svc.cluster.local:3000/x/y", ["HelmRelease/git/forgejo"]],
    ["https://git.example.com/x/y.git", ["HelmRelease/git/forgejo"]],
    ["https://github.com/x/y", []],
  ])("a source at %s is read from %j", (url, reads) => {
    expect(read(files(url)).managers[0]!.reads).toEqual(reads);
  });

  test("a bootstrapped cluster applies its own root, and its controllers are a Deployment", () => {
    const controller =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: kustomize-controller, namespace: flux-system}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: manager}]}}}\n";
    const imported = read({
      "clusters/one/flux-system/gotk-sync.yaml": kustomization("flux-system", "./clusters/one"),
      "clusters/one/flux-system/gotk-components.yaml": controller,
      "clusters/one/flux-system/kustomization.yaml": "resources: [gotk-components.yaml, gotk-sync.yaml]\n",
    });
    expect(imported.managers).toMatchObject([
      {
        service: "Deployment/flux-system/kustomize-controller",
        roots: ["Kustomization/flux-system/flux-system"],
      },
    ]);
    expect(item(imported, "Kustomization/flux-system/flux-system").owner).toBe(
      "Kustomization/flux-system/flux-system",
    );
  });
});

test("several clusters in one repository are told apart, and one can be picked", () => {
  const files = {
    "clusters/a/flux-system/gotk-sync.yaml": "# bootstrap writes it\n",
    "clusters/b/flux-system/gotk-sync.yaml": "# bootstrap writes it\n",
    "clusters/a/x.yaml": config("c"),
    "clusters/b/x.yaml": config("c"),
  };
  expect(ids(read(files)).filter((id) => id.startsWith("ConfigMap"))).toEqual([
    "ConfigMap/shop/c@clusters/a",
    "ConfigMap/shop/c@clusters/b",
  ]);
  expect(ids(read(files, ["clusters/b"])).filter((id) => id.startsWith("ConfigMap"))).toEqual([
    "ConfigMap/shop/c",
  ]);
  expect(read(files).managers.map(({ name }) => name)).toEqual(["flux-a", "flux-b"]);
});

test("a directory as entry stays the root whatever becomes of what points at it", () => {
  const sync = release(
    "flux-instance",
    "  values: {instance: {sync: {kind: GitRepository, url: 'https://x/y', path: ./cluster}}}\n",
  );
  const files = { "instance.yaml": sync, "cluster/c.yaml": config("c") };
  expect(rootDirectories(treeOf(files))).toEqual(["cluster"]);
  const [entry] = rootDirectories(treeOf(files));
  const edited = read({ ...files, "instance.yaml": sync.replace("path:", "pth:") }, [entry!]);
  expect(ids(edited)).toEqual(["ConfigMap/shop/c", "Kustomization/flux-system/cluster"]);
});

test("a source of another name is this repository where nobody says otherwise and its path is here", () => {
  const source = (name: string): string =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1h, url: 'https://x/${name}'}\n`;
  const at = (name: string, path: string): string =>
    kustomization(name, path).replace("name: flux-system}", `name: ${name}}`);
  const imported = read(
    {
      "cluster/ks.yaml": [source("home"), source("other"), at("home", "./apps"), at("other", "./apps")].join(
        "---\n",
      ),
      "apps/c.yaml": config("c"),
    },
    ["cluster"],
  );
  expect(item(imported, "ConfigMap/shop/c").owner).toBe("Kustomization/flux-system/home");
  expect(imported.issues.map(({ code, message }) => `${code} ${message.slice(0, 42)}`)).toEqual([
    "other-source what GitRepository flux-system/other holds",
  ]);
});

test("artifacts cut a repository into sources", () => {
  const generator = `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: {name: g, namespace: flux-system}
spec:
  sources: [{alias: all, kind: GitRepository, name: flux-system}]
  artifacts: [{name: apps, copy: [{from: '@all/src/base/**', to: '@artifact/base/'}, {from: '@all/src/live/**', to: '@artifact/live/'}]}]
`;
  const imported = withApps({
    "apps/g.yaml": generator,
    "apps/a.yaml": kustomization("a", "./live").replace(
      "kind: GitRepository, name: flux-system",
      "kind: ExternalArtifact, name: apps",
    ),
    "src/live/kustomization.yaml": "resources: [../base]\n",
    "src/base/kustomization.yaml": "resources: [c.yaml]\n",
    "src/base/c.yaml": config("c"),
  });
  expect(item(imported, "ConfigMap/shop/c")).toMatchObject({
    owner: "Kustomization/flux-system/a",
    at: { file: "src/base/c.yaml" },
  });
  expect(needs(imported, "Kustomization/flux-system/a")).toEqual(["startup ArtifactGenerator/flux-system/g"]);
  expect(imported.reads).toContain("src/base/c.yaml");
});

test("hosts in the values of a release are uncertain needs", () => {
  const values = "  values: {env: {DB_HOST: db-rw.data.svc.cluster.local}}\n";
  const imported = withApps({
    "apps/x.yaml": [release("web", values), release("db", "", "data")].join("---\n"),
  });
  expect(needs(imported, "HelmRelease/shop/web")).toEqual(["hard? HelmRelease/data/db"]);
  expect(item(imported, "HelmRelease/shop/web").needs[0]!.evidence).toBe(
    "the value DB_HOST names its Service db-rw",
  );
});

test("two Kustomizations that claim one object: the first has it, and it is said", () => {
  const imported = withApps({
    "apps/a.yaml": kustomization("a", "./a"),
    "apps/b.yaml": kustomization("b", "./b"),
    "a/x.yaml": config("c"),
    "b/x.yaml": config("c"),
  });
  expect(item(imported, "ConfigMap/shop/c").owner).toBe("Kustomization/flux-system/a");
  expect(imported.issues.map(({ code, file }) => `${code} ${file}`)).toEqual(["described-twice b/x.yaml"]);
});

test("a repository without Flux says so", () => {
  expect(read({ "a.yaml": config("c") }).issues.map(formatIssue)).toEqual([
    "error no-root: no FluxInstance, no gotk-sync.yaml and no Kustomization of Flux",
  ]);
});
