/** One small repository a format, with something of everything: what fuzzing and rereading start from. */
import { treeOf } from "./file-tree.js";

const kustomization = (
  name: string,
  path: string,
  more = "",
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  path: ${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${more}`;

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    argocd.argoproj.io/sync-wave: "1"
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      initContainers:
        - name: wait
          command: ["sh", "-c", "until nc -z db 5432; do sleep 1; done"]
      containers:
        - name: main
          env:
            - name: DB_ADDR
              value: db:5432
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: data
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
`;
const database = web
  .replaceAll("web", "db")
  .replace(/ {6}initContainers:\n.*\n.*\n/, "")
  .replace(/ {10}env:\n.*\n.*\n/, "");
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  annotations:
    kustomize.toolkit.fluxcd.io/prune: disabled
    argocd.argoproj.io/sync-options: Prune=false
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 5Gi}}
`;
const namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
spec:
  podSelector:
    matchLabels: {app: db}
  ingress:
    - from:
        - podSelector:
            matchLabels: {app: web}
`;
const release = (name: string, values: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: ${name}
  values:
${values.replace(/^/gm, "    ")}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${name}
spec:
  interval: 1h
  url: oci://example.com/charts/${name}
`;
const shop = {
  "shop/kustomization.yaml":
    "namespace: shop\nresources:\n  - namespace.yaml\n  - web.yaml\n  - db.yaml\ncomponents:\n  - ../data\npatches:\n  - target:\n      kind: Deployment\n      name: web\n    patch: |-\n      - op: replace\n        path: /spec/replicas\n        value: 4\n",
  "shop/namespace.yaml": namespace,
  "shop/web.yaml": web,
  "shop/db.yaml": database,
  "data/kustomization.yaml":
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:\n  - claim.yaml\n",
  "data/claim.yaml": claim,
};

export const samples = {
  kubernetes: treeOf({ ...shop, "more/policy.yaml": policy }),
  flux: treeOf({
    ...shop,
    "cluster/apps.yaml": kustomization(
      "apps",
      "./apps",
      "  patches:\n    - target:\n        kind: Kustomization\n      patch: |-\n        apiVersion: kustomize.toolkit.fluxcd.io/v1\n        kind: Kustomization\n        metadata:\n          name: _\n        spec:\n          deletionPolicy: Delete\n",
    ),
    "apps/system.yaml": kustomization(
      "operator",
      "./operator",
      "  wait: true\n  targetNamespace: flux-system\n",
    ),
    "apps/instance.yaml": kustomization(
      "instance",
      "./instance",
      "  targetNamespace: flux-system\n  dependsOn:\n    - name: operator\n  postBuild:\n    substitute:\n      PATH_OF: cluster\n",
    ),
    "apps/shop.yaml": kustomization("shop", "./shop", "  dependsOn:\n    - name: operator\n"),
    "operator/release.yaml": release("flux-operator", "web: {enabled: true}"),
    "instance/release.yaml": release(
      "flux-instance",
      "instance:\n  sync:\n    kind: GitRepository\n    url: http://git.shop:3000/x/y\n    path: cluster",
    ),
  }),
  argocd: treeOf({
    ...shop,
    "argo/argocd/Chart.yaml":
      "apiVersion: v2\nversion: 0.1.0\nname: argocd\ndependencies:\n  - name: argo-cd\n  - name: argocd-apps\n",
    "argo/argocd/values.yaml": `argocd-apps:
  applicationsets:
    root:
      namespace: argocd
      generators:
        - git:
            repoURL: &url http://db.shop:3000/x/y
            directories:
              - path: argo/*
              - path: shop
      template:
        metadata:
          name: '{{path.basename}}'
        spec:
          project: default
          source:
            repoURL: *url
            path: '{{path}}'
          destination:
            name: in-cluster
            namespace: '{{path.basename}}'
          syncPolicy:
            automated:
              prune: true
`,
    "argo/more/application.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: plain
  namespace: argocd
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: default
  source:
    repoURL: http://db.shop:3000/x/y
    path: plain
  destination:
    server: https://kubernetes.default.svc
    namespace: plain
`,
    "plain/policy.yaml": policy,
  }),
} as const;
