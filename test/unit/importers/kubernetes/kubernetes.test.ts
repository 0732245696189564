/** What manifests say about who runs, who needs whom, and what is lost with what. */
import { expect, test } from "vitest";
import { formatIssue } from "../../../../src/base/issue.js";
import { kubernetes } from "../../../../src/importers/kubernetes/kubernetes.js";
import { ids, item, needs, options, treeOf } from "../../../helpers/file-tree.js";

const read = (files: Record<string, string>, entry: readonly string[] = []) =>
  kubernetes.read(treeOf(files), options(entry));
const workload = (name: string, spec: string, kind = "Deployment"): string => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
${spec.replace(/^/gm, "      ")}
`;
const service = (name: string, app = name): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {selector: {app: ${app}}}\n`;
const plain = "containers: [{name: main, image: i}]";

test("pods that stay run; jobs, which come and go, do not; replicas are as written", () => {
  const job = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly, namespace: shop}\n";
  const imported = read({
    "a.yaml": [workload("web", plain), workload("db", plain, "StatefulSet"), job].join("---\n"),
  });
  expect(imported.items.map(({ id, runs, replicas }) => `${id} ${runs} ${replicas}`)).toEqual([
    "CronJob/shop/nightly false 1",
    "Deployment/shop/web true 3",
    "StatefulSet/shop/db true 3",
  ]);
  expect(item(imported, "StatefulSet/shop/db").at).toEqual({ file: "a.yaml", line: 12, column: 1 });
  expect(imported.managers).toEqual([]);
});

test("a variable that names a Service is an uncertain need of it and of the pods behind it, with the line", () => {
  const env =
    "containers: [{name: main, env: [{name: DB_ADDR, value: 'db:5432'}, {name: MODE, value: cache}]}]";
  const imported = read({
    "a.yaml": [workload("web", env), workload("db", plain), service("db"), service("cache", "db")].join(
      "---\n",
    ),
  });
  expect(needs(imported, "Deployment/shop/web")).toEqual([
    "hard? Service/shop/db",
    "hard? Deployment/shop/db",
  ]);
  expect(item(imported, "Deployment/shop/web").needs[1]).toMatchObject({
    evidence: "the variable DB_ADDR names the Service db, which selects it",
    at: { file: "a.yaml", line: 10 },
  });
  expect(needs(imported, "Service/shop/db")).toEqual(["hard Deployment/shop/db"]);
  expect(item(imported, "Deployment/shop/web").needsKnown).toBe(true);
  expect(item(imported, "Deployment/shop/db").needsKnown).toBe(false);
});

test.each([
  ["http://db.shop.svc.cluster.local/x", "X", true],
  ["postgres://user:pass@db:5432/shop", "X", true],
  ["db", "DB_HOST", true],
  ["db", "MODE", false],
  ["db.other", "DB_HOST", false],
  ["10.0.0.1:80", "DB_HOST", false],
])("%s in %s means the Service db: %s", (value, name, meant) => {
  const env = `containers: [{name: main, env: [{name: ${name}, value: '${value}'}]}]`;
  const imported = read({ "a.yaml": [workload("web", env), service("db", "none")].join("---\n") });
  expect(needs(imported, "Deployment/shop/web")).toEqual(meant ? ["hard? Service/shop/db"] : []);
});

test("what an init container waits for is needed to start; arguments name hosts, too", () => {
  const spec = `initContainers: [{name: wait, command: [sh, -c, 'until nc -z db 5432; do sleep 1; done']}]
containers: [{name: main, args: ['--queue=mq:5672']}]`;
  const imported = read({
    "a.yaml": [workload("web", spec), service("db", "none"), service("mq", "none")].join("---\n"),
  });
  expect(needs(imported, "Deployment/shop/web")).toEqual([
    "startup? Service/shop/db",
    "hard? Service/shop/mq",
  ]);
  expect(item(imported, "Deployment/shop/web").needs[0]!.evidence).toBe(
    "the init container wait waits for the Service db",
  );
});

test("volumes, variables and accounts are certain; optional ones are no needs", () => {
  const spec = `serviceAccountName: web
volumes:
- {name: a, persistentVolumeClaim: {claimName: data}}
- {name: b, configMap: {name: conf}}
- {name: c, secret: {secretName: made, optional: true}}
containers: [{name: main, envFrom: [{secretRef: {name: made}}]}]`;
  const others = ["ServiceAccount web", "ConfigMap conf"].map((text) => {
    const [kind, name] = text.split(" ");
    return `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n`;
  });
  const claim =
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\nspec: {}\n";
  const external =
    "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: shop}\nspec: {target: {name: made}}\n";
  const imported = read({ "a.yaml": [workload("web", spec), ...others, claim, external].join("---\n") });
  expect(needs(imported, "Deployment/shop/web").sort()).toEqual([
    "hard PersistentVolumeClaim/shop/data",
    "startup ConfigMap/shop/conf",
    "startup ExternalSecret.external-secrets.io/shop/e",
    "startup ServiceAccount/shop/web",
  ]);
  expect(imported.items.filter(({ data }) => data).map(({ id }) => id)).toEqual([
    "PersistentVolumeClaim/shop/data",
  ]);
  expect(item(imported, "Deployment/shop/web").needsKnown).toBe(false);
});

test("namespaces contain what is in them, definitions their instances, owners what names them", () => {
  const imported = read({
    "a.yaml": `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.x.io}
spec: {group: x.io, names: {kind: Widget}}
---
apiVersion: x.io/v1
kind: Widget
metadata: {name: w10, namespace: shop}
---
apiVersion: x.io/v1
kind: Widget
metadata:
  name: w2
  namespace: shop
  ownerReferences: [{apiVersion: x.io/v1, kind: Widget, name: w10}]
`,
  });
  expect(ids(imported)).toEqual([
    "CustomResourceDefinition/widgets.x.io",
    "Namespace/shop",
    "Widget.x.io/shop/w2",
    "Widget.x.io/shop/w10",
  ]);
  const widgets = ["Widget.x.io/shop/w2", "Widget.x.io/shop/w10"];
  expect(item(imported, "Namespace/shop").contains).toEqual(widgets);
  expect(item(imported, "CustomResourceDefinition/widgets.x.io").contains).toEqual(widgets);
  expect(item(imported, "Widget.x.io/shop/w10").contains).toEqual(["Widget.x.io/shop/w2"]);
});

test("a network policy that names both sides hints at a need; one that admits all does not", () => {
  const policy = (name: string, from: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: shop}\nspec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [${from}]}]}\n`;
  const imported = read({
    "a.yaml": [
      workload("web", plain),
      workload("db", plain),
      policy("p", "{podSelector: {matchLabels: {app: web}}}"),
      policy("all", "{podSelector: {}}"),
    ].join("---\n"),
  });
  expect(needs(imported, "Deployment/shop/web")).toEqual(["soft? Deployment/shop/db"]);
  expect(item(imported, "Deployment/shop/web")).toMatchObject({ needsKnown: false });
});

test("ingresses, routes and the annotation depends-on", () => {
  const ingress =
    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop}\nspec: {rules: [{http: {paths: [{backend: {service: {name: db}}}]}}]}\n";
  const annotated =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: shop\n  annotations: {config.kubernetes.io/depends-on: 'apps/namespaces/shop/Deployment/db'}\n";
  const imported = read({
    "a.yaml": [ingress, annotated, service("db"), workload("db", plain)].join("---\n"),
  });
  expect(needs(imported, "Ingress/shop/i")).toEqual(["hard Service/shop/db"]);
  expect(needs(imported, "ConfigMap/shop/c")).toEqual(["startup Deployment/shop/db"]);
});

test("references follow the names that kustomize gives", () => {
  const imported = read({
    "kustomization.yaml": "namePrefix: x-\nnamespace: n\nresources: [a.yaml]\n",
    "a.yaml": [
      workload("web", `volumes: [{name: v, configMap: {name: conf}}]\n${plain}`),
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\n",
    ].join("---\n"),
  });
  expect(needs(imported, "Deployment/n/x-web")).toEqual(["startup ConfigMap/n/x-conf"]);
});

test("values of Secrets and what SOPS encrypted never leave the file", () => {
  const imported = read({
    "a.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n",
    "b.yaml":
      "apiVersion: v1\nkind: Secret\nmetadata: {name: t}\ndata: {k: 'ENC[AES256_GCM,data:hunter2]'}\nsops: {mac: hunter2}\n",
  });
  expect(ids(imported)).toEqual(["Secret/s", "Secret/t"]);
  expect(JSON.stringify([...imported.items, ...imported.issues])).not.toContain("hunter2");
});

test("charts and templates are named with file and line; what is no manifest is left alone", () => {
  const imported = read({
    "chart/Chart.yaml": "name: shop\n",
    "chart/values.yaml": "a: 1\n",
    "chart/templates/a.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n",
    "b.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: [\n",
    "c.yaml": "{{- if .x }}\napiVersion: v1\n{{ end }}\n",
    "playbook.yml": "- hosts: [\n",
    ".github/workflows/x.yaml": "on: [\n",
  });
  expect(imported.items).toEqual([]);
  expect(
    imported.issues.map(
      ({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`,
    ),
  ).toEqual([
    "chart/Chart.yaml:1:1 warning not-rendered",
    "chart/templates/a.yaml:4:9 warning template",
    "b.yaml:5:1 error not-yaml",
    "c.yaml:1:1 warning template",
  ]);
});

test("only what entry names is read, and a wrong entry is an error", () => {
  const files = { "a/x.yaml": service("a"), "b/y.yaml": service("b") };
  const imported = read(files, ["a"]);
  expect(ids(imported)).toEqual(["Service/shop/a"]);
  expect(imported.reads).toEqual(["a/x.yaml"]);
  expect(read(files, ["c"]).issues).toMatchObject([{ code: "missing-file", severity: "error", file: "c" }]);
});

test("the same object in two files counts once, and it is said which", () => {
  const imported = read({ "a.yaml": service("a"), "b.yaml": service("a") });
  expect(ids(imported)).toEqual(["Service/shop/a"]);
  expect(imported.issues.map(formatIssue)).toEqual([
    "b.yaml:1:1: warning described-twice: an object is described twice: Service shop/a, also in a.yaml:1; the first counts",
  ]);
});

test("files that nothing reached are told with the reason, those that cannot be read as errors", () => {
  const tree = {
    ...treeOf({
      "app/kustomization.yaml": "resources: [a.yaml]\n",
      "app/a.yaml": service("a"),
      "app/b.yaml": `---\n# b\n${service("b")}`,
      "chart/Chart.yaml": "name: shop\n",
      "chart/sub/values.yaml": "a: 1\n",
      ".ci/jobs.yml": "- hosts: all\n",
      "notes.md": "apiVersion: v1\nkind: x\n",
    }),
    unread: [
      { path: "photo.png", why: "binary" },
      { path: "x.yaml", why: "encoding" },
    ] as const,
  };
  const leftOut = kubernetes.leftOut!(tree, kubernetes.read(tree, options()));
  expect(leftOut.map(formatIssue)).toEqual([
    "x.yaml:1:1: error unread: not read: it is not UTF-8",
    ".ci/jobs.yml:1:1: warning no-manifest: no object of Kubernetes",
    "app/b.yaml:3:1: warning not-applied: no kustomization applies it",
    "chart/sub/values.yaml:1:1: warning in-chart: part of the Helm chart in chart, which is not rendered",
  ]);
});
