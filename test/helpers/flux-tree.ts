/** The smallest flux repository with two Deployments behind a Kustomization that prunes. */
const kustomization = (name: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;

export const deployment = (name: string, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: default }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: example/${name}:1 }] }
`;

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@example.com/fleet, ref: { branch: main } }
`;

export const fluxTree = {
  "apps/kustomization.yaml": "resources:\n  - store.yaml\n  - web.yaml\n",
  "apps/store.yaml": deployment("store", 1),
  "apps/web.yaml": deployment("web", 1),
  "clusters/prod/apps.yaml": kustomization("apps", "./apps"),
  "clusters/prod/flux-system/gotk-sync.yaml": `${source}---\n${kustomization("flux-system", "./clusters/prod")}`,
};
