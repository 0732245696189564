/** Hazards of a repository as SARIF 2.1.0: one rule a way of losing things, one result an owner that does. */
import type { Json } from "../../base/json.js";
import type { Place } from "../../importers/contract.js";
import type {
  RepositoryFile,
  ToldChange,
  ToldHazard,
  ToldOutcome,
} from "../../importers/judge/repository-result.js";
import { artifact, message, root, sarifLog } from "../sarif-parts.js";
import { blastText, editText, hazardTitle, placeText, recoveryText } from "./told.js";

const rules = [
  ["change", "what this change takes away"],
  ["omitted", "an owner deletes what it no longer finds"],
  ["refused", "an owner takes down what it owns when it cannot understand what it reads"],
  ["owner", "an owner takes along what it owns when it is deleted"],
  ["container", "what lives in something goes with it"],
  ["need", "what needs something goes down with it"],
] as const;

export function repositorySarif(file: RepositoryFile): string {
  const { change, hazards } = file;
  const told = change === null || change.consequences.length === 0 ? [] : [changeResult(file, change)];
  return sarifLog([
    {
      tool: {
        driver: {
          name: "fleetquake",
          version: file.fleetquake,
          semanticVersion: file.fleetquake,
          rules: rules.map(([id, about]) => ({ id, shortDescription: message(about) })),
        },
      },
      automationDetails: { id: `fleetquake/repository/${file.format}/` },
      originalUriBaseIds: root,
      invocations: [{ executionSuccessful: file.stoppedBy === "end" }],
      columnKind: "utf16CodeUnits",
      results: [...told, ...hazards.map((hazard) => hazardResult(file, hazard))],
      properties: { format: file.format, counts: { ...file.counts } },
    },
  ]);
}

const location = ({ root: folder }: RepositoryFile, { file, line, column }: Place): Json => ({
  physicalLocation: {
    artifactLocation: artifact(
      folder === "." || folder === "" ? file : `${folder.replace(/\/+$/, "")}/${file}`,
    ),
    region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) },
  },
});

const flow = (file: RepositoryFile, { consequences }: ToldOutcome): Json => [
  {
    threadFlows: [
      {
        locations: consequences.map(({ text, item }, k) => ({
          location: { ...(location(file, item.at) as object), message: message(text) },
          executionOrder: k + 1,
        })),
      },
    ],
  },
];

function changeResult(file: RepositoryFile, change: ToldChange): Json {
  const first = change.consequences[0]!;
  return {
    ruleId: "change",
    ruleIndex: 0,
    level: "error",
    kind: "fail",
    message: message(`The change ${change.range} takes away ${blastText(change.blast)}.`),
    locations: [location(file, first.because[0]?.at ?? first.item.at)],
    codeFlows: flow(file, change),
  };
}

function hazardResult(file: RepositoryFile, hazard: ToldHazard): Json {
  const { worst, recovery, advice, fingerprint } = hazard;
  return {
    ruleId: hazard.rule,
    ruleIndex: rules.findIndex(([id]) => id === hazard.rule),
    level: worst.blast.managers.length > 0 ? "error" : "warning",
    kind: "fail",
    message: message(
      [
        `${hazardTitle(hazard)}: ${hazard.strikes} single changes lead to it.`,
        `${editText(worst.op, worst.subject)} it takes away ${blastText(worst.blast)}.`,
        ...(recovery === null ? [] : [`Back again: ${recoveryText(recovery)}.`]),
        ...advice.map(({ setting, where }) => `Stopped by: ${setting} (${where}).`),
      ].join("\n"),
    ),
    locations: [location(file, worst.at)],
    relatedLocations: hazard.settings.map(({ text, at }, id) => ({
      id,
      ...(location(file, at) as object),
      message: message(`${text} at ${placeText(at)}`),
    })),
    codeFlows: flow(file, worst),
    partialFingerprints: { "ownerAndRule/v1": fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    ...(hazard.status === "new"
      ? {}
      : {
          suppressions: [
            { kind: "external", ...(hazard.reason === null ? {} : { justification: hazard.reason }) },
          ],
        }),
  };
}
