/** Configuration, changes and faults of a variant. */
import { stringify } from "yaml";
import type {
  ChangeSpec,
  ConfigurationSpec,
  EditSpec,
  FaultSpec,
  IntentionSpec,
} from "../models/config/spec.js";
import type { RegionGroupSpec } from "../models/fleet/spec.js";
import type { ConfigurationDocument, EditDocument, VariantDocument } from "./document-schema.js";
import { places } from "./places.js";
import type { Reporter } from "./reporter.js";
import { ms } from "./values.js";

export function convertConfiguration(document: VariantDocument, report: Reporter): ConfigurationSpec {
  const { configuration } = document;
  if (configuration === undefined || configuration === "derived") {
    return { kind: "derived", omitFromOwnEntry: [], edits: [] };
  }
  if ("import" in configuration) return convertImported(configuration, report);
  if (configuration.documents !== undefined) {
    return {
      kind: "documents",
      documents: Object.entries(configuration.documents).map(([id, content]) => ({
        id,
        text: typeof content === "string" ? content : stringify(content, { lineWidth: 0 }),
      })),
    };
  }
  return {
    kind: "derived",
    omitFromOwnEntry: configuration.omitFromOwnEntry ?? [],
    edits: (configuration.edits ?? []).map(convertEdit),
  };
}

function convertImported(
  configuration: Extract<ConfigurationDocument, { import: string }>,
  report: Reporter,
): ConfigurationSpec {
  const { import: format, root, entry, variables, profiles, documents, links } = configuration;
  if (root === undefined && documents === undefined) {
    report({
      code: "missing",
      path: ["configuration"],
      message: "it does not say where its files are",
      expected: "`root`, a folder, or `documents`, the files by value",
    });
  }
  return {
    kind: "imported",
    format,
    root: root ?? null,
    documents: Object.entries(documents ?? {}).map(([id, text]) => ({ id, text })),
    links: links ?? {},
    entry: entry ?? [],
    variables: variables ?? {},
    profiles: profiles ?? [],
  };
}

function convertEdit(edit: EditDocument): EditSpec {
  if ("delete" in edit) return { kind: "delete", path: edit.delete };
  if ("set" in edit) return { kind: "set", path: edit.set, to: edit.to };
  if ("add" in edit) return { kind: "add", path: edit.add, value: edit.value };
  if ("rename" in edit) return { kind: "rename", path: edit.rename, to: edit.to };
  if ("move" in edit) return { kind: "move", path: edit.move, to: edit.to };
  return { kind: "text", file: edit.text, replace: edit.replace, with: edit.with };
}

export function convertChanges(document: VariantDocument, report: Reporter): readonly ChangeSpec[] {
  return (document.changes ?? []).map((change, k): ChangeSpec => {
    const listed =
      change.intend === undefined ? [] : Array.isArray(change.intend) ? change.intend : [change.intend];
    const intend = listed.flatMap(convertIntention);
    if (intend.length === 0 && change.edits === undefined && document.case === undefined) {
      report({
        code: "nothing-to-do",
        path: ["changes", k],
        message: "this change neither intends nor edits anything",
        expected: "`intend` or `edits`",
      });
    }
    return {
      atMs: ms(change.at),
      author: change.author ?? "somebody",
      scope: change.scope ?? null,
      approvals: change.approvals ?? [],
      intend,
      // An empty list means the same as none: exactly what the intention needs.
      edits: change.edits === undefined || change.edits.length === 0 ? null : change.edits.map(convertEdit),
    };
  });
}

type IntentionDocument = Extract<
  NonNullable<NonNullable<VariantDocument["changes"]>[number]["intend"]>,
  { remove?: unknown }
>;

function convertIntention(item: IntentionDocument): readonly IntentionSpec[] {
  const intend: IntentionSpec[] = [];
  if (item.remove !== undefined) intend.push({ kind: "remove", services: item.remove });
  if (item.add !== undefined) intend.push({ kind: "add", services: item.add });
  if (item.update !== undefined) intend.push({ kind: "update", services: item.update });
  if (item.rename !== undefined) intend.push({ kind: "rename", ...item.rename });
  if (item.migrate !== undefined) {
    const { service, to } = item.migrate;
    for (const name of typeof service === "string" ? [service] : service)
      intend.push({ kind: "migrate", service: name, to });
  }
  return intend;
}

export function convertFaults(
  document: VariantDocument,
  groups: readonly RegionGroupSpec[],
  report: Reporter,
): readonly FaultSpec[] {
  return (document.faults ?? []).map(
    (fault, k): FaultSpec => ({
      atMs: ms(fault.at),
      forMs: fault.for === undefined ? 0 : ms(fault.for),
      what: fault.what,
      of: fault.of,
      gives: fault.gives ?? (fault.what === "observation" ? "stale" : "error"),
      in: places(fault.in, ["faults", k, "in"], groups, report),
    }),
  );
}
