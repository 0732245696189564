/**
 * What a unit needs of others, stated and by default. Requires= and its kin: stopping the other one stops this one. Wants=:
 * the other one is started, and its failure is no matter. After= alone orders and needs nothing, which makes a need to start
 * likely, no more. https://www.freedesktop.org/software/systemd/man/systemd.unit
 */
import type { ImportedNeed, Place } from "../contract.js";
import type { Findings } from "../issues.js";
import { dependencies, last, list, type NamedUnit, namesIn, type Unit, type Units } from "./load-units.js";
import { isNo, words } from "./read-unit.js";
import type { UnitFiles } from "./unit-files.js";
import { mountUnit, templateOf, unitName } from "./unit-names.js";

type Kind = ImportedNeed["kind"];

/** Evidence of what every unit has that does not refuse it. */
export const byDefault = "DefaultDependencies=";

const stated: readonly (readonly [key: string, kind: Kind])[] = [
  ["Requires", "hard"],
  ["Requisite", "hard"],
  ["BindsTo", "hard"],
  ["PartOf", "hard"],
  ["Wants", "soft"],
  ["Upholds", "soft"],
];

/** Kinds of units that have no Requires=sysinit.target by default. */
const withoutSysinit = new Set(["target", "slice", "scope", "device", "mount", "automount", "swap"]);
/** What a unit of this type starts: itself by name, where no setting names another one. */
const activates: Readonly<Record<string, string>> = { socket: "Service", timer: "Unit", path: "Unit" };

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: Kind;
  readonly certain: boolean;
  readonly evidence: string;
  readonly at: Place;
  /** It also starts what it needs. */
  readonly pulls: boolean;
}

export class NeedReader {
  constructor(
    private readonly units: Units,
    private readonly files: UnitFiles,
    private readonly found: Findings,
  ) {}

  /** Needs of one unit, and the needs that it gives to others ([Install], Before=), names as they are meant. */
  edges(unit: Unit): readonly Edge[] {
    const edges: Edge[] = [];
    const seen = new Set<string>();
    const add = (
      from: string,
      to: NamedUnit,
      kind: Kind,
      evidence: string,
      certain = true,
      pulls = true,
    ): void => {
      const edge = {
        from: this.units.meant(from),
        to: this.units.meant(to.name),
        kind,
        certain,
        evidence,
        pulls,
      };
      const key = `${edge.from} ${edge.to} ${evidence}`;
      if (!seen.has(key)) edges.push({ ...edge, at: to.at });
      seen.add(key);
    };
    for (const [key, kind] of stated) {
      for (const to of dependencies(unit, key, this.found)) {
        add(unit.name, to, kind, `${key}=`, true, key !== "PartOf" && key !== "Requisite");
        if (kind === "hard") this.tellMissing(unit, to, key);
      }
    }
    for (const to of dependencies(unit, "After", this.found)) this.order(unit.name, to, "After=", add);
    for (const from of dependencies(unit, "Before", this.found))
      this.order(from.name, { name: unit.name, at: from.at }, "Before=", add);
    for (const setting of list(unit, "Unit", "RequiresMountsFor"))
      for (const path of words(setting.value)) this.mounts(unit, path, setting.at, add);
    this.implicit(unit, add);
    if (!withoutSysinit.has(unit.type) && this.hasDefaults(unit))
      add(unit.name, { name: "sysinit.target", at: unit.at }, "startup", byDefault);
    const setting = activates[unit.type];
    if (setting !== undefined) this.activation(unit, setting, add);
    if (!this.files.enablement) this.install(unit, add);
    return edges;
  }

  /** From folders of links: what stands in `x.target.wants/` is wanted by x.target. */
  folderEdges(): readonly Edge[] {
    const kinds: Readonly<Record<string, Kind>> = { wants: "soft", upholds: "soft", requires: "hard" };
    return this.files.edges.map(({ from, to, kind, at }) => ({
      from: this.units.meant(from),
      to: this.units.meant(to),
      kind: kinds[kind] ?? "soft",
      certain: true,
      evidence: `the folder ${from}.${kind}/`,
      at,
      pulls: true,
    }));
  }

  private hasDefaults(unit: Unit): boolean {
    const setting = last(unit, "Unit", "DefaultDependencies");
    return setting === undefined || !isNo(setting.value);
  }

  /** Between targets and through them order says nothing about who needs whom. */
  private order(from: string, to: NamedUnit, evidence: string, add: Add): void {
    if (unitName(from)?.type === "target" || unitName(to.name)?.type === "target") return;
    add(from, to, "startup", `${evidence}, order only`, false, false);
  }

  /** Needs that follow from settings of other kinds (the parts on implicit dependencies in the manual of each type). */
  private implicit(unit: Unit, add: Add): void {
    for (const key of ["WorkingDirectory", "RootDirectory"]) {
      const setting = last(unit, "Service", key);
      const path = setting?.value.replace(/^-/, "");
      if (setting !== undefined && path?.startsWith("/")) this.mounts(unit, path, setting.at, add, `${key}=`);
    }
    const type = last(unit, "Service", "Type");
    if (type?.value === "dbus" && this.units.load("dbus.socket") !== undefined)
      add(unit.name, { name: "dbus.socket", at: type.at }, "hard", "Type=dbus");
    const where = unit.type === "mount" ? last(unit, "Mount", "Where") : undefined;
    const parts = where?.value.split("/").filter((part) => part !== "") ?? [];
    if (where !== undefined)
      this.mounts(unit, parts.slice(0, -1).join("/"), where.at, add, "Where= below another mount");
  }

  /** Every described mount on the way to a path. */
  private mounts(unit: Unit, path: string, at: Place, add: Add, evidence = "RequiresMountsFor="): void {
    const parts = path.split("/").filter((part) => part !== "");
    for (let length = parts.length; length > 0; length--) {
      const name = mountUnit(`/${parts.slice(0, length).join("/")}`);
      if (this.units.load(name) !== undefined) add(unit.name, { name, at }, "hard", evidence);
    }
  }

  private activation(unit: Unit, key: string, add: Add): void {
    const section = unit.type === "path" ? "Path" : unit.type === "timer" ? "Timer" : "Socket";
    const setting = last(unit, section, key);
    const named = setting === undefined ? [] : namesIn(setting, unit, this.found);
    const parts = unitName(unit.name)!;
    // With Accept=yes every connection has an instance of its own.
    const accept =
      unit.type === "socket" && /^(1|yes|y|true|t|on)$/i.test(last(unit, "Socket", "Accept")?.value ?? "");
    if (accept) return;
    const own = `${parts.prefix}${parts.instance === null ? "" : `@${parts.instance}`}.service`;
    for (const to of named.length > 0 ? named : [{ name: own, at: unit.at }])
      add(unit.name, to, "hard", "activates");
  }

  /** Where nothing says what is enabled, everything is taken to be. */
  private install(unit: Unit, add: Add): void {
    for (const [key, kind] of [
      ["WantedBy", "soft"],
      ["RequiredBy", "hard"],
      ["UpheldBy", "soft"],
    ] as const) {
      for (const setting of list(unit, "Install", key))
        for (const { name, at } of namesIn(setting, unit, this.found))
          add(name, { name: unit.name, at }, kind, `${key}=`);
    }
  }

  private tellMissing(unit: Unit, to: NamedUnit, key: string): void {
    if (this.units.isMasked(to.name)) {
      const message = `${unit.name} has ${key}=${to.name}, which is masked: it will not start`;
      this.found.add(to.at, { code: "masked", message });
      return;
    }
    if (this.units.load(to.name) !== undefined || builtIn(to.name) || this.files.elsewhere.has(to.name))
      return;
    const template = templateOf(to.name);
    const name = template === null ? to.name : `${to.name} (${template})`;
    const hint = key === "BindsTo" ? { hint: "if it is gone from the machine as well, this unit stops" } : {};
    this.found.warn(to.at, {
      code: "not-here",
      message: `${key}= names ${name}, which is not described here`,
      ...hint,
    });
  }
}

type Add = (
  from: string,
  to: NamedUnit,
  kind: Kind,
  evidence: string,
  certain?: boolean,
  pulls?: boolean,
) => void;

/** Units that systemd makes without a file: devices, slices, scopes, mounts of /etc/fstab. */
const builtIn = (name: string): boolean =>
  ["device", "slice", "scope", "mount", "swap"].includes(unitName(name)?.type ?? "");
