/**
 * From a fleet to the documents that its managers read: one YAML document a service, one own entry a manager and cell.
 * The values written are handed on as well, so that reading them for the first time costs no parsing.
 */
import { stringify } from "yaml";
import type { Issue } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import { compareNatural } from "../../base/order.js";
import { err, ok, type Result } from "../../base/result.js";
import { namedBy } from "../fleet/hard-closure.js";
import type { FleetSpec, Name, NeedSpec } from "../fleet/spec.js";
import type { Doc, GuardSpec } from "../managers/contract.js";
import type { Policy } from "../managers/policy.js";
import type { ManagerSpec } from "../managers/spec.js";
import { applyEdits } from "./edit.js";
import { filesOf } from "./files.js";
import type { ConfigurationSpec } from "./spec.js";

export interface DeriveOptions {
  /** Managers that list themselves in their own entry. */
  readonly selfManaged: ReadonlySet<Name>;
  /** Resolved policy and guards, written into own entries where they are stored in the configuration. */
  readonly policies: ReadonlyMap<Name, { readonly policy: Policy; readonly guards: readonly GuardSpec[] }>;
}

export interface Derived {
  /** In canonical order of ids. */
  readonly documents: readonly Doc[];
  /** Text to value of every derived document: seeds the reader's cache. */
  readonly parsed: ReadonlyMap<string, Json>;
}

export function deriveDocuments(
  fleet: FleetSpec,
  managers: readonly ManagerSpec[],
  configuration: ConfigurationSpec,
  options: DeriveOptions,
): Result<Derived, readonly Issue[]> {
  const parsed = new Map<string, Json>();
  if (configuration.kind === "documents") {
    const documents = configuration.documents.map(({ id, text }): Doc => ({ id, version: 1, text }));
    return ok({ documents: inOrder(documents), parsed });
  }
  if (configuration.kind === "imported") return ok({ documents: inOrder(filesOf(configuration)), parsed });
  const documents: Doc[] = [];
  const write = (id: string, value: Json): void => {
    const text = stringify(value, { lineWidth: 0 });
    parsed.set(text, value);
    documents.push({ id, version: 1, text });
  };
  for (const service of fleet.services) {
    write(`applications/${service.name}.yaml`, {
      name: service.name,
      manager: service.manager,
      needs: declaredNeeds(service.needs),
      replicas: service.replicas,
      ...(service.protect ? { protect: true } : {}),
    });
  }
  for (const object of fleet.objects) {
    write(`applications/${object.name}.yaml`, {
      name: object.name,
      manager: object.manager,
      owns: [...object.owns],
    });
  }
  for (const manager of managers) {
    for (const [id, cell] of ownEntryIds(manager, fleet)) {
      write(id, ownEntry(manager, cell, fleet, configuration.omitFromOwnEntry, options));
    }
  }
  const edited = applyEdits(inOrder(documents), configuration.edits, 1);
  return edited.ok ? ok({ documents: edited.value, parsed }) : err(edited.error);
}

const inOrder = (documents: readonly Doc[]): readonly Doc[] =>
  [...documents].sort((a, b) => compareNatural(a.id, b.id));

/** What an application's document says that it needs: soft needs are no matter of the manager. */
export const declaredNeeds = (needs: readonly NeedSpec[]): readonly Name[] => [
  ...new Set(needs.filter((need) => need.kind !== "soft").flatMap(namedBy)),
];

/** Ids of a manager's own entries with their cells: one in all, or one a cell. */
export function ownEntryIds(
  manager: ManagerSpec,
  fleet: FleetSpec,
): readonly (readonly [id: string, cell: Name])[] {
  if (manager.cells === "global") return [[`managers/${manager.name}.yaml`, "global"]];
  const cells =
    manager.cells === "by-group"
      ? fleet.regionGroups.map((group) => group.name)
      : fleet.regionGroups.flatMap((group) => [...group.members]);
  return cells.map((cell) => [`managers/${manager.name}.${cell}.yaml`, cell]);
}

function ownEntry(
  manager: ManagerSpec,
  cell: Name,
  fleet: FleetSpec,
  omit: readonly Name[],
  { selfManaged, policies }: DeriveOptions,
): Json {
  const lists = (name: Name): boolean =>
    !omit.includes(name) && (name !== manager.service || selfManaged.has(manager.name));
  const manages = [...fleet.services, ...fleet.objects]
    .filter((item) => item.manager === manager.name && lists(item.name))
    .map((item) => item.name);
  const stored = policies.get(manager.name);
  const inside = manager.guards.stored === "in-configuration" && stored !== undefined;
  return {
    name: manager.name,
    ...(cell === "global" ? {} : { cell }),
    service: manager.service,
    manages,
    ...(inside
      ? { policy: { ...stored.policy } as unknown as Json, guards: stored.guards as unknown as Json }
      : {}),
  };
}
