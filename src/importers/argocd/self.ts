/** Argo CD as one of the things that it applies. */
import type { ItemId } from "../contract.js";
import { type Entry, idIn } from "../kubernetes/entry-index.js";
import { type Files, join } from "../kubernetes/files.js";
import { kustomizationOf } from "../kubernetes/kustomization-file.js";
import { kustomizationFileIn } from "../kubernetes/kustomize.js";
import { applicationOf, isApplication } from "./application.js";
import { dependenciesOf } from "./chart.js";

/** What its controller runs as: the workload, if it is described, or the Application that installs it. */
export function selfOf(entries: readonly Entry[], files: Files): ItemId | null {
  const controller = entries.find(
    ({ draft, cluster }) =>
      cluster === "" && draft.runs && draft.object.name.endsWith("argocd-application-controller"),
  );
  const found =
    controller ?? entries.find((entry) => isApplication(entry.draft.object) && installs(entry, files));
  return found === undefined ? null : idIn(found.draft.id, found.cluster);
}

function installs(entry: Entry, files: Files): boolean {
  const { sources, cluster } = applicationOf(entry.draft.object);
  if (cluster !== "") return false;
  return sources.some(({ chart, path }) => {
    if (chart !== null) return chart === "argo-cd";
    const directory = join("", path ?? "");
    if (directory === null) return false;
    if (dependenciesOf(files, directory).some(({ name }) => name === "argo-cd")) return true;
    const file = kustomizationFileIn(files, directory);
    return (
      file !== undefined &&
      kustomizationOf(file).resources.some((resource) => /argoproj\/argo-cd\b/.test(resource.path))
    );
  });
}
