/** Which setting of a manager would have stopped a hazard, in the words of that manager. */
import type { Rule } from "./consequences.js";

export interface Advice {
  /** The setting as it is written, and where it belongs. */
  readonly setting: string;
  readonly where: string;
  readonly source: string;
}

type Guards = Readonly<Partial<Record<Rule, readonly Advice[]>>>;

const fluxKeep: Advice = {
  setting: "kustomize.toolkit.fluxcd.io/prune: disabled",
  where: "annotation of everything that may not go",
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune",
};
const argoConfirm: Advice = {
  setting: "argocd.argoproj.io/sync-options: Prune=confirm",
  where: "annotation of everything that may not go without somebody saying so",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/",
};
const argoKeep: Advice = {
  setting: "argocd.argoproj.io/sync-options: Delete=false",
  where: "annotation of what has to outlive its Application",
  source: argoConfirm.source,
};

/** By preset, or by the part of it before the verb. */
const guards: Readonly<Record<string, Guards>> = {
  flux: {
    omitted: [
      fluxKeep,
      {
        setting: "prune: false",
        where: "the Kustomization that prunes; what is dropped then has to be deleted by hand",
        source: fluxKeep.source,
      },
    ],
    owner: [
      {
        setting: "deletionPolicy: Orphan",
        where: "the Kustomization whose deletion takes everything along",
        source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy",
      },
      fluxKeep,
    ],
  },
  argocd: {
    omitted: [argoConfirm],
    owner: [
      argoKeep,
      {
        setting: "no finalizer resources-finalizer.argocd.argoproj.io",
        where: "the Application: deleted without it, it leaves what it deployed",
        source: "https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/",
      },
    ],
  },
  "argocd/applicationset": {
    omitted: [
      {
        setting: "applicationsSync: create-update",
        where: "syncPolicy of the ApplicationSet: it then never deletes an Application",
        source:
          "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/",
      },
      {
        setting: "preserveResourcesOnDeletion: true",
        where: "syncPolicy of the ApplicationSet: Applications go, what they deployed stays",
        source:
          "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/",
      },
    ],
    owner: [argoKeep],
  },
  "compose/up-remove-orphans": {
    omitted: [
      {
        setting: "docker compose up, without --remove-orphans",
        where: "the command that deploys: orphans then stay, with a warning",
        source: "https://docs.docker.com/reference/cli/docker/compose/up/",
      },
    ],
  },
  supervisord: {
    omitted: [
      {
        setting: "supervisorctl reread",
        where: "before update: it says what would be removed, and removes nothing",
        source: "https://supervisord.org/running.html#supervisorctl-actions",
      },
    ],
  },
  "systemd/isolate": {
    omitted: [
      {
        setting: "systemctl start",
        where: "instead of isolate, which stops whatever the target does not want",
        source: "https://www.freedesktop.org/software/systemd/man/latest/systemctl.html",
      },
      {
        setting: "IgnoreOnIsolate=yes",
        where: "units that may not go",
        source: "https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html",
      },
    ],
  },
  kubectl: {
    omitted: [
      {
        setting: "kubectl apply without --prune",
        where: "the command that deploys; look at kubectl diff first",
        source: "https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/",
      },
    ],
  },
};

/** Where the manager itself has nothing: no mainstream one has a budget for deletions. */
const outside: Advice = {
  setting: "a deletion budget outside of the manager",
  where:
    "the pipeline: refuse changes that remove more than they say, as `check --from --change --fail-on` does",
  source: "docs/guards.md",
};

/** What a Namespace or a definition takes along is up to no owner's setting. */
const container: Advice = {
  setting: "an admission policy that refuses to delete Namespaces and CustomResourceDefinitions in use",
  where: "the cluster",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
};

export function adviceFor(preset: string | null, rule: Rule): readonly Advice[] {
  if (rule === "container") return [container, outside];
  const known = preset === null ? undefined : (guards[preset] ?? guards[preset.split("/")[0]!]);
  return [...(known?.[rule] ?? []), outside];
}
