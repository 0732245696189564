/** Sections of programs, event listeners and groups to items. */
import type { ImportedNeed, Item, ItemId, Ownership } from "../contract.js";
import type { Findings } from "../issues.js";
import { baseName, folderOf } from "../paths.js";
import { expand } from "./expand.js";
import { readOptions, wrongValue } from "./program-rules.js";
import type { Configuration } from "./read-configuration.js";
import type { IniSection } from "./read-ini.js";

const kinds: Readonly<Record<string, string>> = {
  program: "program",
  "fcgi-program": "fast-cgi program",
  eventlistener: "event listener",
};
/** Where none is given: https://supervisord.org/configuration.html */
const priorityDefault = 999;

interface Program {
  readonly name: string;
  readonly kind: string;
  readonly section: IniSection;
  readonly id: ItemId;
  readonly group: Group | null;
  readonly replicas: number;
  readonly priority: number;
  readonly autostart: boolean;
}

interface Group {
  readonly name: string;
  readonly id: ItemId;
  readonly section: IniSection;
  readonly programs: readonly string[];
}

/** `update` stops groups that are gone, keeps all when the configuration is refused, and `shutdown` stops everything. */
const ownership: Ownership = { omitted: "delete", deleted: "delete", refused: "keep", because: [] };

export interface Supervised {
  readonly items: readonly Item[];
  readonly root: ItemId;
  /** The first Issue for which supervisord would refuse it all. */
  readonly refused: ReturnType<Findings["add"]> | null;
}

export function supervised({ main, sections, refused }: Configuration, found: Findings): Supervised {
  const reader = new Reader(main.path, sections, found);
  const items = reader.items();
  return { items, root: reader.root, refused: refused ?? reader.refused };
}

class Reader {
  refused: Supervised["refused"] = null;
  readonly root: ItemId;

  constructor(
    private readonly file: string,
    private readonly sections: ReadonlyMap<string, IniSection>,
    private readonly found: Findings,
  ) {
    this.root = `${file}/supervisord`;
  }

  items(): readonly Item[] {
    const groups = this.groups();
    const programs = [...this.sections.values()].flatMap((section) => this.program(section, groups));
    const needs = priorityNeeds(programs);
    const daemon = this.sections.get("supervisord");
    const owner = (id: ItemId, kind: string, title: string, at: Item["at"], above: ItemId | null): Item => ({
      ...blank(id, kind, title, at),
      owner: above,
      ownership,
    });
    return [
      owner(
        this.root,
        "supervisord",
        "supervisord",
        daemon?.at ?? { file: this.file, line: 1, column: 1 },
        null,
      ),
      ...groups.map(({ id, name, section }) => owner(id, "group", `group ${name}`, section.at, this.root)),
      ...programs.map(
        (program): Item => ({
          ...blank(program.id, program.kind, program.name, program.section.at),
          runs: program.autostart && program.replicas > 0,
          owner: program.group?.id ?? this.root,
          needs: needs(program),
          replicas: Math.max(1, program.replicas),
        }),
      ),
    ];
  }

  private groups(): readonly Group[] {
    return [...this.sections.values()].flatMap((section) => {
      const name = nameIn(section, "group");
      if (name === null) return [];
      const programs = section.options.get("programs");
      const list = (programs?.text ?? "").split(",").map((part) => part.trim());
      const named = list.filter((part) => part !== "");
      if (named.length === 0) this.refuse(section, "programs", `the group ${name} names no programs`);
      for (const program of named) {
        if (this.sections.has(`program:${program}`) || this.sections.has(`fcgi-program:${program}`)) continue;
        this.refuse(
          section,
          "programs",
          `the group ${name} names the program ${program}, which is not described`,
        );
      }
      this.check(section);
      return [{ name, id: `${this.file}/group:${name}`, section, programs: named }];
    });
  }

  private program(section: IniSection, groups: readonly Group[]): readonly Program[] {
    const type = Object.keys(kinds).find((prefix) => section.name.startsWith(`${prefix}:`));
    const name = type === undefined ? null : nameIn(section, type);
    if (type === undefined || name === null) return [];
    const group =
      type === "eventlistener" ? null : (groups.find(({ programs }) => programs.includes(name)) ?? null);
    const text = (option: string): string | undefined => section.options.get(option)?.text;
    const number = (option: string, otherwise: number): number =>
      /^\s*[-+]?\d+\s*$/.test(text(option) ?? "") ? Number(text(option)) : otherwise;
    const replicas = number("numprocs", 1);
    this.check(section, { name, group: group?.name ?? name, replicas });
    if ((text("command") ?? "") === "") this.refuse(section, "command", `${section.name} has no command`);
    if (type === "eventlistener" && text("events") === undefined)
      this.refuse(section, "events", `${section.name} has no events`);
    if (type === "fcgi-program" && text("socket") === undefined)
      this.refuse(section, "socket", `${section.name} has no socket`);
    const yes = (option: string): boolean =>
      ["yes", "true", "on", "1"].includes((text(option) ?? "").toLowerCase());
    if (yes("stopasgroup") && section.options.has("killasgroup") && !yes("killasgroup"))
      this.refuse(section, "killasgroup", "stopasgroup is on and killasgroup is off");
    if (replicas > 1 && !(text("process_name") ?? "%(program_name)s").includes("%(process_num)"))
      this.refuse(section, "process_name", `${section.name} has several processes and one name for them`);
    const id = `${this.file}/${type}:${name}`;
    const autostart = !["no", "false", "off", "0"].includes((text("autostart") ?? "true").toLowerCase());
    const priority = number("priority", type === "eventlistener" ? -1 : priorityDefault);
    return [
      {
        name,
        kind: kinds[type]!,
        section,
        id,
        group,
        replicas: Math.min(replicas, 10_000),
        priority,
        autostart,
      },
    ];
  }

  /** Values of the wrong type and names that cannot be put in: supervisord refuses all of its configuration for one. */
  private check(section: IniSection, program?: { name: string; group: string; replicas: number }): void {
    const names = new Map<string, string | number>([
      ["here", `/${folderOf(section.file)}`],
      ["host_node_name", "host"],
    ]);
    if (program !== undefined) {
      names.set("program_name", program.name).set("group_name", program.group);
      names.set("process_num", 0).set("numprocs", program.replicas);
    }
    for (const [option, value] of section.options) {
      if (!readOptions.has(option)) continue;
      const { text, problem, unknown } = expand(value.text, names);
      if (problem !== null) this.refuse(section, option, problem);
      for (const name of unknown) {
        const message = `the variable ${name} of the environment is not known here`;
        this.found.warn(value.at, { code: "environment", message });
      }
      const expected = problem === null && unknown.length === 0 ? wrongValue(option, text) : null;
      if (expected !== null)
        this.refuse(section, option, `${option} has a value of the wrong kind`, expected);
    }
  }

  private refuse(section: IniSection, option: string, message: string, expected?: string): void {
    const at = section.options.get(option)?.at ?? section.at;
    const hint = "supervisord refuses its whole configuration for this";
    const issue = this.found.add(at, {
      code: "refused",
      message,
      hint,
      ...(expected === undefined ? {} : { expected }),
    });
    this.refused ??= issue;
  }
}

const nameIn = ({ name }: IniSection, type: string): string | null =>
  name.startsWith(`${type}:`) && name.length > type.length + 1 ? name.slice(type.length + 1).trim() : null;

const blank = (id: ItemId, kind: string, title: string, at: Item["at"]): Item => ({
  id,
  kind,
  title,
  runs: false,
  contains: [],
  data: false,
  at,
  owner: null,
  ownership: null,
  keep: null,
  needs: [],
  needsKnown: false,
  replicas: 1,
});

/**
 * The format has no dependencies. Who gives programs priorities has an order in mind, though: a program is taken to need, to
 * start, those with the next smaller priority that is written down, in the same group.
 */
function priorityNeeds(programs: readonly Program[]): (program: Program) => readonly ImportedNeed[] {
  const ordered = (program: Program): boolean =>
    program.kind !== kinds["eventlistener"] && program.section.options.has("priority");
  const before = new Map<Program, readonly Program[]>();
  for (const group of new Set(programs.map((program) => program.group))) {
    const members = programs.filter((program) => program.group === group && ordered(program));
    members.sort((a, b) => a.priority - b.priority);
    let earlier: Program[] = [];
    let same: Program[] = [];
    for (const program of members) {
      if (same.length > 0 && same[0]!.priority !== program.priority) [earlier, same] = [same, []];
      same.push(program);
      before.set(program, earlier);
    }
  }
  return (program) =>
    (before.get(program) ?? []).map(({ id, name, priority }) => ({
      on: id,
      kind: "startup",
      certain: false,
      evidence: `priority ${program.priority}, started after ${name} with ${priority}`,
      at: program.section.options.get("priority")!.at,
    }));
}

/** The name of a manager for a main file: `supervisord`, or with its folder where there are several. */
export const managerName = (file: string, several: boolean): string =>
  several
    ? `supervisord-${(folderOf(file) || baseName(file)).replaceAll(/[^A-Za-z0-9._-]+/g, "-")}`
    : "supervisord";
