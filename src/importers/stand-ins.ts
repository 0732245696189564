/** Models of the catalogue that behave nearest to a preset, where the catalogue has no entry of its own for it. */
const standIns: Readonly<Record<string, string>> = {
  "supervisord/update": "pruning",
  "supervisord/reload": "pruning",
  "compose/up": "fail-static",
  "compose/up-remove-orphans": "fail-static",
  "systemd/start": "fail-static",
  "systemd/isolate": "pruning",
  "flux/kustomization": "fail-static",
  "flux/helmrelease": "fail-static",
  "argocd/application": "fail-static",
  "argocd/automated-prune": "fail-static",
  "argocd/applicationset": "pruning",
  "kubectl/apply": "fail-static",
};

export const modelOf = (preset: string, known: readonly string[]): string =>
  known.includes(preset) ? preset : (standIns[preset] ?? "fail-static");
