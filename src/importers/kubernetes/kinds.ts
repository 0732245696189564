/** What is known of kinds without asking a cluster: their group, whether they are in a namespace, whether they run. */

/** The group in which a kind is known by its bare name; other groups are told apart in ids. */
const homeGroups: Readonly<Record<string, string>> = {
  Deployment: "apps",
  StatefulSet: "apps",
  DaemonSet: "apps",
  ReplicaSet: "apps",
  ControllerRevision: "apps",
  Job: "batch",
  CronJob: "batch",
  HorizontalPodAutoscaler: "autoscaling",
  Ingress: "networking.k8s.io",
  IngressClass: "networking.k8s.io",
  NetworkPolicy: "networking.k8s.io",
  PodDisruptionBudget: "policy",
  Role: "rbac.authorization.k8s.io",
  RoleBinding: "rbac.authorization.k8s.io",
  ClusterRole: "rbac.authorization.k8s.io",
  ClusterRoleBinding: "rbac.authorization.k8s.io",
  StorageClass: "storage.k8s.io",
  PriorityClass: "scheduling.k8s.io",
  CustomResourceDefinition: "apiextensions.k8s.io",
  APIService: "apiregistration.k8s.io",
  Kustomization: "kustomize.toolkit.fluxcd.io",
  HelmRelease: "helm.toolkit.fluxcd.io",
  GitRepository: "source.toolkit.fluxcd.io",
  OCIRepository: "source.toolkit.fluxcd.io",
  HelmRepository: "source.toolkit.fluxcd.io",
  HelmChart: "source.toolkit.fluxcd.io",
  Bucket: "source.toolkit.fluxcd.io",
  ExternalArtifact: "source.toolkit.fluxcd.io",
  ArtifactGenerator: "source.extensions.fluxcd.io",
  FluxInstance: "fluxcd.controlplane.io",
  Application: "argoproj.io",
  ApplicationSet: "argoproj.io",
  AppProject: "argoproj.io",
};

const clusterScoped = new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "StorageClass",
  "PriorityClass",
  "IngressClass",
  "APIService",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "VolumeAttachment",
  "CSIDriver",
  "CSINode",
  "RuntimeClass",
  "CertificateSigningRequest",
  "FlowSchema",
  "PriorityLevelConfiguration",
]);

/** Custom kinds that are in no namespace; kustomize does not know and gives them one. */
const clusterScopedCustom = new Set([
  "ClusterIssuer",
  "ClusterSecretStore",
  "ClusterExternalSecret",
  "ClusterPolicy",
  "ClusterRepository",
  "GatewayClass",
  "VolumeSnapshotClass",
  "VolumeGroupSnapshotClass",
  "CiliumClusterwideNetworkPolicy",
  "CiliumLoadBalancerIPPool",
  "CiliumBGPClusterConfig",
  "CiliumBGPPeerConfig",
  "CiliumBGPAdvertisement",
  "CiliumCIDRGroup",
]);

const running = new Set([
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "Pod",
  "ReplicationController",
]);
const passing = new Set(["Job", "CronJob"]);

const builtinGroup = (group: string): boolean =>
  group === "" || !group.includes(".") || group.endsWith(".k8s.io");

export const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";

/** In no namespace, as kustomize knows it. */
export const isClusterScoped = (kind: string, group: string): boolean =>
  clusterScoped.has(kind) && (builtinGroup(group) || homeGroups[kind] === group);

/** In no namespace, as far as anybody can tell who knows the usual operators. */
export const livesInNoNamespace = (kind: string, group: string): boolean =>
  isClusterScoped(kind, group) ||
  (clusterScopedCustom.has(kind) && !builtinGroup(group)) ||
  kind === "GatewayClass";

/** A kind of Kubernetes itself: its scope and its fields are known. */
export const isBuiltin = (group: string): boolean =>
  builtinGroup(group) && group !== "gateway.networking.k8s.io";

/** Its pods run as long as it exists. */
export const runs = (kind: string, group: string): boolean => running.has(kind) && builtinGroup(group);

/** Its pods come and go: it serves nobody by being there. */
export const isEphemeral = (kind: string, group: string): boolean => passing.has(kind) && builtinGroup(group);

/** "Deployment", or "Certificate.cert-manager.io" for kinds of others, as kubectl writes them. */
export function kindName(kind: string, group: string): string {
  if (group === "" || homeGroups[kind] === group) return kind;
  return `${kind}.${group}`;
}

/** The id of an object: `Deployment/shop/cart`, `Namespace/shop`. Slashes in a name, which no cluster takes, are escaped. */
export function objectId(kind: string, group: string, namespace: string | null, name: string): string {
  const safe = (part: string): string => part.replace(/[/%\s]/g, (sign) => encodeURIComponent(sign));
  const inside = namespace === null || livesInNoNamespace(kind, group) ? "" : `${safe(namespace)}/`;
  return `${kindName(safe(kind), safe(group))}/${inside}${safe(name)}`;
}
