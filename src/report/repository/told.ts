/** A finding of a repository in words, the same in every output. */

import type { Place } from "../../importers/contract.js";
import type { Blast } from "../../importers/judge/hazards.js";
import type { RecoveryCost, ToldHazard } from "../../importers/judge/repository-result.js";
import type { EditOp } from "../../importers/judge/tree-edit.js";

export const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** What somebody would have done, in words that begin a sentence. */
export function editText(op: EditOp, subject: string): string {
  const quoted = `"${subject.length > 80 ? `${subject.slice(0, 79)}…` : subject}"`;
  switch (op) {
    case "drop-line":
      return `Without the line ${quoted}`;
    case "drop-entry":
      return `Without ${quoted} and what is below it`;
    case "remove-file":
      return `Without the file ${subject}`;
    case "rename-file":
      return `With the file ${subject} under another name`;
    case "remove-directory":
      return `Without the directory ${subject}`;
    case "retire":
      return `Without ${subject} and the lines that list it`;
    case "empty-file":
      return `With the file ${subject} empty`;
    case "truncate":
      return `With the file cut off before ${quoted}`;
    case "indent":
      return `With ${quoted} one space further in`;
    case "flip-switch":
      return `With ${quoted} the other way round`;
    case "misspell":
      return `With ${quoted} misspelt`;
  }
}

const plural = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

/** "12 services (8 taken away, 4 that need them), 2 volumes, and the manager flux itself". */
export function blastText({ services, taken, data, managers, blind }: Blast): string {
  const parts: string[] = [];
  if (services > 0) {
    const down = services - taken;
    const how = [
      ...(taken > 0 && down > 0 ? [`${taken} taken away`] : []),
      ...(down > 0 ? [`${down} that need${down === 1 ? "s" : ""} what goes`] : []),
    ];
    parts.push(`${plural(services, "service")}${how.length === 0 ? "" : ` (${how.join(", ")})`}`);
  }
  if (data > 0) parts.push(`${plural(data, "volume")} of data`);
  if (managers.length > 0) parts.push(`the manager ${managers.join(", ")} itself`);
  if (blind.length > 0) parts.push(`what the manager ${blind.join(", ")} reads its configuration from`);
  const last = parts.pop();
  if (last === undefined) return "nothing that serves anybody";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

const minutes = (ms: number): string => {
  const all = Math.round(ms / 60_000);
  return all < 60 ? `${all}m` : `${Math.floor(all / 60)}h${all % 60 === 0 ? "" : ` ${all % 60}m`}`;
};

export const recoveryText = ({ p50Ms, p90Ms }: RecoveryCost): string =>
  `half of the recoveries take ${minutes(p50Ms)}, 9 of 10 at most ${minutes(p90Ms)}`;

const ruleTexts: Readonly<Record<ToldHazard["rule"], string>> = {
  omitted: "deletes what it no longer finds",
  refused: "takes down what it owns when it cannot understand what it reads",
  owner: "takes along what it owns when it is deleted",
  container: "takes along what lives in it",
  need: "takes down what needs it",
};

/** "Kustomization cluster-apps deletes what it no longer finds". */
export const hazardTitle = ({ owner, rule }: Pick<ToldHazard, "owner" | "rule">): string =>
  `${owner.kind === "" ? "" : `${owner.kind} `}${owner.title} ${ruleTexts[rule]}`;
