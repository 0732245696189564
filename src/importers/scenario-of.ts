/**
 * From what a repository describes to a scenario document: services with needs, owners as objects, managers, each with the
 * place that it comes from. What no file says is marked `assumed`.
 */
import type { Issue } from "../base/issue.js";
import type { Json } from "../base/json.js";
import type { DistributionDocument } from "../scenario/document-schema.js";
import type { Imported, ImportedManager, ImportedNeed, Item, ItemId, Place } from "./contract.js";
import type { ImportedScenario, ScenarioOptions } from "./imported-scenario.js";
import { Managers } from "./manager-of.js";
import {
  defaultDeploys,
  defaultRegions,
  fits,
  type Mapping,
  otherDeploy,
  type ServicePlace,
} from "./mapping.js";
import { ownedItems } from "./nesting.js";
import { runningNeeds } from "./running-needs.js";
import { scenarioNames } from "./scenario-names.js";
import { removals, tellUnused } from "./wishes.js";

/** Names come from files: one of them may be "constructor". */
const ownValue = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

const show = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

export function scenarioOf(imported: Imported, mapping: Mapping, options: ScenarioOptions): ImportedScenario {
  return new Writer(imported, mapping, options).write();
}

class Writer {
  private readonly byId: ReadonlyMap<ItemId, Item>;
  private readonly names: ReadonlyMap<ItemId, string>;
  private readonly managers: Managers;
  private readonly issues: Issue[] = [];
  private readonly deploys = new Map<string, string>();
  private readonly usedKeys = new Set<string>();
  private stated = 0;
  private inferred = 0;
  private unknown = 0;
  private data = 0;
  private byHand = false;

  constructor(
    private readonly imported: Imported,
    private readonly mapping: Mapping,
    private readonly options: ScenarioOptions,
  ) {
    this.byId = new Map(imported.items.map((item) => [item.id, item]));
    this.managers = new Managers(imported);
    this.names = scenarioNames(this.managers.named());
  }

  write(): ImportedScenario {
    const running = this.imported.items.filter(({ runs }) => runs);
    const services = Object.fromEntries(
      running.map((item) => [this.names.get(item.id)!, this.service(item)]),
    );
    const owners = this.imported.items.filter((item) => this.managers.isObject(item));
    const owned = ownedItems(this.imported.items, (item) => this.managers.isObject(item));
    const objects = owners.flatMap((owner): [string, Json][] =>
      this.object(owner, owned.get(owner.id) ?? []),
    );
    const managers = this.imported.managers.map((manager): [string, Json] => [
      manager.name,
      this.manager(manager),
    ]);
    const known = { running, names: this.names, managers: this.imported.managers };
    const remove = removals(this.options.remove, known, this.issues);
    const removed = running.filter(({ id }) => remove.includes(this.names.get(id)!));
    const edits = this.options.editsWithout?.(removed) ?? null;
    const configuration = remove.length > 0 && edits === null ? undefined : this.options.configuration;
    if (configuration === undefined && this.options.configuration !== undefined) this.byHand = true;
    tellUnused(this.mapping, this.usedKeys, known, this.issues);
    return {
      document: {
        fleetquake: 1,
        title: this.options.title,
        regions: (this.mapping.regions ?? {
          default: { ...defaultRegions["default"]!, assumed: "one region, since no --map names any" },
        }) as Json,
        services,
        ...(objects.length > 0 ? { objects: Object.fromEntries(objects) } : {}),
        ...(managers.length > 0 ? { managers: Object.fromEntries(managers) } : {}),
        ...(configuration === undefined ? {} : { configuration }),
        ...(remove.length > 0
          ? {
              changes: [
                {
                  at: "10m",
                  author: "somebody",
                  intend: { remove },
                  ...(edits === null || edits.length === 0 ? {} : { edits: [...edits] }),
                  assumed: "asked for by --remove",
                },
              ],
            }
          : {}),
      },
      notes: this.notes(),
      issues: this.issues,
      counts: {
        services: running.length,
        objects: objects.length,
        managers: managers.length,
        statedNeeds: this.stated,
        inferredNeeds: this.inferred,
        unknownNeeds: this.unknown,
        leftOut: owners.length - objects.length,
      },
    };
  }

  private service(item: Item): Json {
    const assumed: string[] = [];
    const place = this.placeOf(item);
    const deploy = place.deploy ?? this.defaultDeploy(item.kind, assumed);
    const { needs, data } = runningNeeds(item, this.byId);
    const written = needs.flatMap((need) => this.need(need));
    if (!item.needsKnown) {
      this.unknown++;
      assumed.push("needs are unknown: the files state none");
    }
    const manager = this.managers.of(item);
    const name = this.names.get(item.id)!;
    const stored = data.length > 0 ? this.state(data, assumed) : {};
    return {
      ...(item.title === name ? {} : { title: item.title }),
      manager: manager?.name ?? null,
      ...(place.placement === undefined ? {} : { placement: place.placement }),
      ...(item.replicas > 1 ? { replicas: item.replicas } : {}),
      deploy: deploy as Json,
      ...(written.length > 0 ? { needs: written } : {}),
      ...(place.byHand === undefined ? {} : { byHand: place.byHand }),
      ...(item.keep === null ? {} : { protect: true }),
      ...stored,
      from: `${show(item.at)} ${item.kind}${item.keep === null ? "" : `, kept by ${item.keep.text}`}`,
      ...(assumed.length > 0 ? { assumed: assumed.join("; ") } : {}),
    };
  }

  private need({ on, kind, certain, evidence, at }: ImportedNeed): Json[] {
    if (!certain && this.mapping.inferred === "leave-out") return [];
    const wish = this.mapping.inferred;
    const shown = !certain && (wish === "soft" || wish === "hard") ? wish : kind;
    if (certain) this.stated++;
    else this.inferred++;
    return [
      {
        service: this.names.get(on)!,
        kind: shown,
        from: `${show(at)} ${evidence}`,
        ...(certain ? {} : { assumed: "inferred, stated nowhere" }),
      },
    ];
  }

  /** Its data is gone with it where an owner deletes the data once it is no longer described. */
  private state(
    data: ReturnType<typeof runningNeeds>["data"],
    assumed: string[],
  ): { readonly [key: string]: Json } {
    this.data++;
    const lost = data.find(({ item }) => {
      const owner = item.owner === null ? undefined : this.byId.get(item.owner);
      return item.keep === null && owner?.ownership?.omitted === "delete";
    });
    assumed.push(`time to restore ${data.map(({ item }) => item.title).join(", ")}`);
    return {
      state: { onRemove: lost === undefined ? "retain" : "delete", restore: { p50: "1h", p90: "3h" } },
    };
  }

  private object(owner: Item, inside: readonly Item[]): [string, Json][] {
    const owns = inside.map((item) => this.names.get(item.id)!);
    const manager = this.managers.of(owner);
    if (owns.length === 0 || manager === undefined) return [];
    const { omitted, deleted, because } = owner.ownership!;
    const why = because.map(({ text }) => text).join(", ");
    return [
      [
        this.names.get(owner.id)!,
        {
          manager: manager.name,
          owns,
          finalizer: deleted === "delete" ? "cascade" : "orphan",
          prune: omitted === "delete",
          from: `${show(owner.at)} ${owner.kind}${why === "" ? "" : `, ${why}`}`,
        },
      ],
    ];
  }

  private manager({ name, preset, service, reads, at }: ImportedManager): Json {
    const model = ownValue(this.mapping.managers, name) ?? preset;
    const runsAs = service === null ? undefined : this.byId.get(service);
    const needed = reads.filter((id) => this.byId.get(id)?.runs === true).map((id) => this.names.get(id)!);
    return {
      model,
      ...(runsAs?.runs === true ? { service: this.names.get(runsAs.id)! } : {}),
      ...(needed.length > 0 ? { reads: needed } : {}),
      from: `${show(at)} ${preset}`,
    };
  }

  private placeOf(item: Item): ServicePlace {
    const names = [this.names.get(item.id)!, item.title, item.id];
    const entries = Object.entries(this.mapping.services ?? {}).filter(([key]) => fits(key, names));
    for (const [key] of entries) this.usedKeys.add(key);
    return { ...ownValue(this.mapping.kinds, item.kind), ...entries[0]?.[1] };
  }

  private defaultDeploy(kind: string, assumed: string[]): DistributionDocument {
    const deploy = ownValue(defaultDeploys, kind) ?? otherDeploy;
    const text = Object.entries(deploy)
      .map(([key, value]) => `${key} ${value}`)
      .join(", ");
    this.deploys.set(kind, text);
    assumed.push(`deploy time of any ${kind}`);
    return deploy;
  }

  private notes(): readonly string[] {
    const notes = [...this.deploys].map(
      ([kind, text]) => `deploy time of a ${kind}: ${text} (--map: kinds or services)`,
    );
    if (this.mapping.regions === undefined) notes.push("regions: one, default-1 (--map: regions)");
    if (this.data > 0) notes.push("time to restore data: p50 1h, p90 3h");
    if (this.inferred > 0)
      notes.push(
        `${this.inferred === 1 ? "1 need is" : `${this.inferred} needs are`} inferred; each says from what (--map: inferred)`,
      );
    if (this.unknown > 0)
      notes.push(
        `${this.unknown === 1 ? "1 service has" : `${this.unknown} services have`} unknown needs: unknown is not independent, add what they need`,
      );
    if (this.byHand)
      notes.push(
        "configuration: derived, since what --remove asks for is no single entry of a file; write `edits` for the files",
      );
    return notes;
  }
}
