/** Units of systemd in one directory, as `start`, `isolate` and `try-reload-or-restart` load them. */
import type { Files } from "../files.js";
import { type Format, Listing, programOf, type Read } from "../reads.js";
import { readUnit, type UnitFile } from "./ini.js";

const unit = (name: string, more = ""): readonly [string, string] => [
  `units/${name}.service`,
  `[Unit]\nDescription=${name}\n${more}[Service]\nExecStart=/bin/run ${name}\n`,
];

export const target = "units/tb.target";
const names = ["a", "b", "c", "d", "m"];
export const files: Files = new Map([
  [target, `[Unit]\nAllowIsolate=yes\nWants=${names.map((name) => `${name}.service`).join(" ")}\n`],
  unit("a"),
  unit("b"),
  unit("c", "Requires=b.service\nAfter=b.service\n"),
  unit("d"),
  unit("m"),
]);

/** What systemd itself brings; a file of the same name in the directory stands before it. */
const basic = "basic.target";

export const systemd = (isolates: boolean): Format => ({ files, read: (now) => read(now, isolates) });

const stem = (name: string): string => name.replace(/\.service$/, "");
const listOf = (file: UnitFile, key: string): readonly string[] =>
  (file.values.get(key) ?? []).flatMap((value) => value.split(/\s+/)).map(stem);

interface Unit {
  readonly file: UnitFile;
  /** Why it cannot be loaded. */
  readonly fault: string | null;
}

function load(now: Files): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>([[basic, { file: readUnit(""), fault: null }]]);
  for (const [path, text] of now) {
    const name = /^units\/([^/]+)$/.exec(path)?.[1];
    if (name === undefined) continue;
    const dropIns = [...now].filter(([other]) => other.startsWith(`${path}.d/`)).map(([, more]) => more);
    const file = readUnit(text, ...dropIns);
    units.set(stem(name), { file, fault: text === "" ? "masked" : faultOf(name, file) });
  }
  return units;
}

function faultOf(name: string, { values }: UnitFile): string | null {
  if (!name.endsWith(".service")) return null;
  const starts = values.get("Service.ExecStart")?.length ?? 0;
  if (starts === 0) return "it has no ExecStart=";
  return starts > 1 ? "it has more than one ExecStart=" : null;
}

function read(now: Files, isolates: boolean): Read {
  const units = load(now);
  const listing = new Listing();
  const goal = units.get("tb.target");
  const wanted = goal === undefined ? [] : listOf(goal.file, "Unit.Wants").filter((name) => units.has(name));
  const needsOf = (name: string): readonly string[] =>
    name === basic ? [] : [basic, ...listOf(units.get(name)!.file, "Unit.Requires")];
  const banned = bannedBy(wanted, units, needsOf);
  for (const [name, { file, fault }] of units) {
    if (name === "tb.target") continue;
    const needs = needsOf(name);
    const lost = needs.find((need) => !units.has(need));
    const [command = ""] = file.values.get("Service.ExecStart") ?? [];
    if (fault !== null) listing.failed(name, "load", fault, needs);
    else if (lost !== undefined) listing.failed(name, "dangling-need", `it requires ${lost}`, needs);
    else {
      const program = name === basic ? "basic" : programOf(command);
      const replicas = banned.has(name) ? 0 : 1;
      listing.present(name, program, [command, [...needs]], { needs, replicas });
    }
    if (listOf(file, "Unit.SuccessAction").includes("exit")) listing.ending.push(name);
  }
  listing.manages = goalOf(goal, isolates, units) ?? closure(wanted, needsOf, units);
  return listing.complete();
}

/** What is wrong with the target: nothing is done then. */
function goalOf(goal: Unit | undefined, isolates: boolean, units: ReadonlyMap<string, Unit>) {
  const fail = (message: string) => ({ code: "target", message });
  if (goal === undefined) return fail("the target is not found");
  if (goal.fault !== null) return fail(`the target is ${goal.fault}`);
  const lost = listOf(goal.file, "Unit.Requires").find((name) => !units.has(name));
  if (lost !== undefined) return fail(`the target requires ${lost}`);
  if (isolates && !listOf(goal.file, "Unit.AllowIsolate").includes("yes"))
    return fail("it is not to be isolated");
  return null;
}

function closure(
  wanted: readonly string[],
  needsOf: (name: string) => readonly string[],
  units: ReadonlyMap<string, Unit>,
): readonly string[] {
  const found = new Set([basic, ...wanted]);
  for (const name of found) {
    for (const need of needsOf(name)) if (units.has(need)) found.add(need);
  }
  return [...found];
}

/**
 * Units that must not run beside what is wanted: those bound to what is not there, and of two that are in conflict the one
 * that is declared against, unless others require it.
 */
function bannedBy(
  wanted: readonly string[],
  units: ReadonlyMap<string, Unit>,
  needsOf: (name: string) => readonly string[],
): ReadonlySet<string> {
  const banned = new Set<string>();
  for (const name of wanted) {
    const { file } = units.get(name)!;
    if (listOf(file, "Unit.BindsTo").some((other) => !units.has(other))) banned.add(name);
    for (const other of listOf(file, "Unit.Conflicts")) {
      const required = wanted.some((third) => third !== name && needsOf(third).includes(other));
      if (units.has(other)) banned.add(required ? name : other);
    }
  }
  return banned;
}
