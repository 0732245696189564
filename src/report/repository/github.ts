/** Hazards of a repository as workflow commands: an annotation at the line whose loss would be the worst. */
import type { RepositoryFile } from "../../importers/judge/repository-result.js";
import { workflowCommand as command, errorsFirst } from "../workflow-command.js";
import { blastText, editText, hazardTitle } from "./told.js";

export function repositoryAnnotations(file: RepositoryFile): string {
  const inRoot = (path: string): string =>
    file.root === "." || file.root === "" ? path : `${file.root.replace(/\/+$/, "")}/${path}`;
  const { change } = file;
  const first = change?.consequences[0];
  const changed =
    change === null || first === undefined
      ? []
      : [
          command(
            "error",
            {
              file: inRoot((first.because[0]?.at ?? first.item.at).file),
              title: "This change takes services away",
            },
            [`${blastText(change.blast)}`, ...change.consequences.map(({ text }) => text)],
          ),
        ];
  const hazards = file.hazards
    .filter(({ status }) => status === "new")
    .map((hazard) => {
      const { worst, advice } = hazard;
      return command(
        worst.blast.managers.length > 0 ? "error" : "warning",
        {
          file: inRoot(worst.at.file),
          line: String(worst.at.line),
          col: String(worst.at.column),
          title: hazardTitle(hazard),
        },
        [
          `${editText(worst.op, worst.subject)} it takes away ${blastText(worst.blast)}.`,
          ...advice.map(({ setting, where }) => `Stopped by: ${setting} (${where}).`),
        ],
      );
    });
  return errorsFirst([...changed, ...hazards]);
}
