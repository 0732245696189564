/**
 * Reading files of a foreign format: an importer says what they describe, and this puts it in the terms of the fleet that
 * the run has. Whose an entry is, is what the fleet says, until the files say otherwise than they did at the start.
 */
import type { Issue } from "../../base/issue.js";
import type { Name } from "../fleet/spec.js";
import type { Doc, Entry, EntrySpec, Self } from "../managers/contract.js";
import { deliveryOf, type Listed, removedBy, unknown } from "./described.js";
import { isFile } from "./files.js";
import type { Own } from "./own-entry.js";
import { issueIn } from "./parsed.js";
import type { Told } from "./read.js";
import type { ImportedSpec } from "./spec.js";
import { isTicket } from "./ticket.js";

/** Something that runs, or an object that owns what runs; `spec` an Issue: it is there, and cannot be understood. */
export interface UnderstoodEntry {
  /** Of those that the files describe; null: people apply it. */
  readonly manager: Name | null;
  readonly spec: Omit<EntrySpec, "manager"> | Issue;
}

export interface Understood {
  /** By name in the scenario. */
  readonly entries: ReadonlyMap<Name, UnderstoodEntry>;
  /** Managers that the files configure; an Issue where one cannot understand what it reads. */
  readonly managers: ReadonlyMap<Name, Issue | null>;
}

/** What files describe. Names are those of the files at the start; what is new gets a name that nothing had. */
export type Understand = (files: readonly Doc[]) => Understood;

/** A format that scenarios can name under `configuration.import`. */
export interface ForeignFormat {
  readonly format: string;
  /** Made once for a run: what the files are like at the start is worked out here. */
  understand(configuration: ImportedSpec): Understand;
}

export interface ImportedFleet {
  /** By name of services and objects that there are at the start, or can be added. */
  readonly managers: ReadonlyMap<Name, Name | null>;
  /** Managers that list themselves in their own entry. */
  readonly selfManaged: ReadonlySet<Name>;
}

export function tellImported(
  understand: Understand,
  start: readonly Doc[],
  fleet: ImportedFleet,
): (documents: readonly Doc[]) => Told {
  const before = understand(start);
  return (documents) => {
    const delivery = deliveryOf(documents);
    // Nobody asks what a source that gave nothing describes.
    const after = delivery.whole === "unreadable" ? nothing : understand(documents.filter(isFile));
    const applications = new Map<Name, Listed>();
    for (const [name, entry] of after.entries) {
      // A name of the start that the fleet does not have was left out of the scenario.
      if (before.entries.has(name) && !fleet.managers.has(name)) continue;
      const manager = ownerOf(name, entry, before, fleet);
      applications.set(name, { manager, entry: entryOf(entry, manager), unreadable: false });
    }
    return {
      described: {
        ...delivery,
        applications,
        removed: removedBy(documents.filter(isTicket), applications),
        broken: [],
      },
      own: (self) => ownOf(self, applications, after.managers, fleet),
    };
  };
}

const nothing: Understood = { entries: new Map(), managers: new Map() };

function ownerOf(
  name: Name,
  { manager }: UnderstoodEntry,
  before: Understood,
  fleet: ImportedFleet,
): Name | null {
  const known = fleet.managers.get(name);
  return known !== undefined && before.entries.get(name)?.manager === manager ? known : manager;
}

const entryOf = ({ spec }: UnderstoodEntry, manager: Name | null): Entry =>
  "code" in spec ? unknown(spec) : { is: "present", spec: { ...spec, manager } };

function ownOf(
  { manager, service }: Self,
  applications: ReadonlyMap<Name, Listed>,
  managers: Understood["managers"],
  { selfManaged }: ImportedFleet,
): Own {
  const wrong = managers.get(manager);
  const outside = { policy: null, guards: null };
  if (wrong === undefined) {
    const error = issueIn("no-configuration", "configuration", `no file configures ${manager} any more`);
    return { own: unknown(error), ...outside };
  }
  if (wrong !== null) return { own: unknown(wrong), ...outside };
  const manages = [...applications].flatMap(([name, listed]) =>
    listed.manager === manager && (name !== service || selfManaged.has(manager)) ? [name] : [],
  );
  return { own: { is: "present", spec: { name: manager, service, manages } }, ...outside };
}
