/** Files of a repository of Kubernetes that nothing reached, each with the reason: nobody should take them for imported. */
import type { Issue } from "../../base/issue.js";
import type { Imported, Tree, TreeFile } from "../contract.js";
import { unreadMessage } from "../issues.js";
import { directoryOf, filesOf } from "./files.js";
import { issueAt } from "./issue-at.js";
import { chartsIn, isKustomization, isYaml, looksLikeManifest, within } from "./plain-files.js";

/**
 * One issue for each YAML file that is no part of the result and of which no other issue tells: an error where it cannot be read. `by` is what would have
 * to name it: "Kustomization".
 */
export const leftOutBy =
  (by: string) =>
  (tree: Tree, { reads, issues }: Pick<Imported, "reads" | "issues">): readonly Issue[] => {
    const told = new Set([...reads, ...issues.flatMap(({ file }) => (file === undefined ? [] : [file]))]);
    const charts = chartsIn(filesOf(tree), "");
    const unread = tree.unread
      .filter(({ path }) => isYaml(path) && !told.has(path))
      .map((file) => issueAt("unread", unreadMessage(file), { file: file.path, line: 1, column: 1 }));
    const others = [...tree.files.values()]
      .filter(({ path }) => isYaml(path) && !told.has(path))
      .map((file) => {
        const [code, message] = reasonOf(file, by, charts);
        const at = { file: file.path, line: firstLine(file.text), column: 1 };
        return issueAt(code, message, at, undefined, "warning");
      });
    return [...unread, ...others];
  };

function reasonOf(file: TreeFile, by: string, charts: ReadonlySet<string>): readonly [string, string] {
  if (within(file.path, charts)) {
    let chart = directoryOf(file.path);
    while (!charts.has(chart)) chart = directoryOf(chart);
    return ["in-chart", `part of the Helm chart in ${chart === "" ? "." : chart}, which is not rendered`];
  }
  // A kustomization needs neither apiVersion nor kind: its name is enough.
  return isKustomization(file.path) || looksLikeManifest(file.text)
    ? ["not-applied", `no ${by} applies it`]
    : ["no-manifest", "no object of Kubernetes"];
}

/** The first line that says something. */
function firstLine(text: string): number {
  const line = text.split("\n").findIndex((one) => /^\s*[^\s#-]/.test(one));
  return line === -1 ? 1 : line + 1;
}
