/** Units as systemd loads them: the file that counts with its drop-ins, instances from templates, names by way of aliases. */
import type { Place, TreeFile } from "../contract.js";
import type { Findings } from "../issues.js";
import { readUnit, type UnitSetting, words } from "./read-unit.js";
import type { UnitFiles } from "./unit-files.js";
import { isTemplate, templateOf, unitName, withSpecifiers } from "./unit-names.js";

export interface Unit {
  readonly name: string;
  readonly type: string;
  readonly at: Place;
  /** In the order of reading: file, then drop-ins. */
  readonly settings: readonly UnitSetting[];
}

export class Units {
  readonly loaded = new Map<string, Unit>();
  /** Of every file that was read; all instances of a template share its text. */
  private readonly texts = new Map<string, readonly UnitSetting[]>();
  private readonly installed = new Map<string, string>();

  /** Paths of the files that were read. */
  get reads(): readonly string[] {
    return [...this.texts.keys()];
  }

  constructor(
    private readonly files: UnitFiles,
    private readonly found: Findings,
  ) {
    for (const name of files.fragments.keys()) if (!isTemplate(name)) this.load(name);
    if (!files.enablement) this.enableAll();
  }

  /** Where nothing says what is enabled, everything is taken to be: names by Alias=, instances by DefaultInstance=. */
  private enableAll(): void {
    for (const [name, [file]] of this.files.fragments) {
      const parts = unitName(name)!;
      const instance = isTemplate(name)
        ? this.read(file!).find(({ section, key }) => section === "Install" && key === "DefaultInstance")
            ?.value
        : undefined;
      const unit = this.load(instance === undefined ? name : `${parts.prefix}@${instance}.${parts.type}`);
      if (unit === undefined) continue;
      for (const setting of list(unit, "Install", "Alias"))
        for (const alias of words(setting.value))
          if (!this.files.aliases.has(alias) && !this.files.fragments.has(alias))
            this.installed.set(alias, unit.name);
    }
  }

  /** The unit that a name means, loaded on first use; undefined: masked, or nobody describes it. */
  load(name: string): Unit | undefined {
    const meant = this.meant(name);
    const known = this.loaded.get(meant);
    if (known !== undefined) return known;
    const parts = unitName(meant);
    if (parts === undefined || isTemplate(meant) || this.files.masked.has(meant)) return undefined;
    const template = templateOf(meant);
    const source =
      this.files.fragments.get(meant) ?? (template === null ? undefined : this.fragmentsOf(template));
    const file = source?.[0];
    if (file === undefined) return undefined;
    const settings = [file, ...this.dropInsOf(meant)].flatMap((one) => this.read(one));
    const unit: Unit = {
      name: meant,
      type: parts.type,
      at: { file: file.path, line: 1, column: 1 },
      settings,
    };
    this.loaded.set(meant, unit);
    return unit;
  }

  private fragmentsOf(template: string): readonly TreeFile[] | undefined {
    const meant = this.meant(template);
    return this.files.masked.has(meant) ? undefined : this.files.fragments.get(meant);
  }

  /** Where aliases lead; `autovt@tty1` is `getty@tty1` where the templates are aliases. */
  meant(name: string): string {
    let at = name;
    for (const seen = new Set<string>(); !seen.has(at); ) {
      seen.add(at);
      const template = templateOf(at);
      const direct = this.files.aliases.get(at)?.target ?? this.installed.get(at);
      const other = template === null ? undefined : this.files.aliases.get(template)?.target;
      if (direct !== undefined && direct !== template) at = direct;
      else if (direct === undefined && other !== undefined && isTemplate(other))
        at = other.replace("@.", `@${unitName(at)!.instance}.`);
      else return at;
    }
    return name;
  }

  isMasked(name: string): boolean {
    const template = templateOf(this.meant(name));
    return this.files.masked.has(this.meant(name)) || (template !== null && this.files.masked.has(template));
  }

  /** From the general to the special: of the type, of every beginning of the name that ends in a dash, of the template. */
  private dropInsOf(name: string): readonly TreeFile[] {
    const { prefix, type } = unitName(name)!;
    const template = templateOf(name);
    const dashes = [...prefix].flatMap((sign, k) =>
      sign === "-" && k < prefix.length - 1 ? [prefix.slice(0, k + 1)] : [],
    );
    const folders = [
      type,
      ...dashes.map((part) => `${part}.${type}`),
      ...(template === null ? [] : [template]),
      name,
    ];
    const names = new Map<string, TreeFile>();
    for (const folder of folders) {
      for (const file of this.files.dropIns.get(folder) ?? []) {
        const key = file.path.slice(file.path.lastIndexOf("/") + 1);
        names.set(key, file);
      }
    }
    return [...names].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, file]) => file);
  }

  private read(file: TreeFile): readonly UnitSetting[] {
    const known = this.texts.get(file.path);
    if (known !== undefined) return known;
    const { settings, passedOver } = readUnit(file);
    for (const { at, message } of passedOver)
      this.found.warn(at, { code: "passed-over", message, hint: "systemd passes this line over" });
    this.texts.set(file.path, settings);
    return settings;
  }
}

/** The last value of a setting that has one. */
export const last = (unit: Unit, section: string, key: string): UnitSetting | undefined =>
  unit.settings.filter((setting) => setting.section === section && setting.key === key).at(-1);

/** All values of a list; an empty assignment takes back what stands before it. */
export function list(unit: Unit, section: string, key: string): readonly UnitSetting[] {
  let values: UnitSetting[] = [];
  for (const setting of unit.settings) {
    if (setting.section !== section || setting.key !== key) continue;
    if (setting.value === "") values = [];
    else values.push(setting);
  }
  return values;
}

export interface NamedUnit {
  readonly name: string;
  readonly at: Place;
}

/**
 * Units that a dependency names. It cannot be taken back by an empty assignment: "Dependencies (After=, etc.) cannot be reset
 * to an empty list" (systemd.unit).
 */
export function dependencies(unit: Unit, key: string, found: Findings): readonly NamedUnit[] {
  return unit.settings.flatMap((setting): readonly NamedUnit[] => {
    if (setting.section !== "Unit" || setting.key !== key) return [];
    if (setting.value === "")
      found.warn(setting.at, {
        code: "no-reset",
        message: `an empty ${key}= takes nothing back: dependencies can only be added`,
      });
    return namesIn(setting, unit, found);
  });
}

export function namesIn(setting: UnitSetting, unit: Unit, found: Findings): readonly NamedUnit[] {
  return words(setting.value).flatMap((word) => {
    const name = withSpecifiers(word, unit.name);
    if (name !== undefined && unitName(name) !== undefined) return [{ name, at: setting.at }];
    found.warn(setting.at, {
      code: name === undefined ? "specifier" : "no-unit",
      message:
        name === undefined
          ? `${setting.key}= has a specifier that only the machine knows`
          : `${setting.key}= names what is no unit`,
    });
    return [];
  });
}
