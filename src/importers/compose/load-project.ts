/** The files of one project as one model: `include`, `extends`, and each file over the one before. */
import type { Place } from "../contract.js";
import { reasonUnread } from "../issues.js";
import { folderOf, pathFrom } from "../paths.js";
import {
  isList,
  isMap,
  type Placed,
  type PlacedEntry,
  type PlacedMap,
  placedMap,
  textOf,
  textsOf,
  valueAt,
  what,
} from "../placed-value.js";
import { readEnvFile } from "./env-file.js";
import type { Lookup } from "./interpolate.js";
import { type Loading, loadFile } from "./load-file.js";
import { mergeServices, withoutReset } from "./merge.js";

export interface Model {
  name: PlacedEntry | null;
  readonly services: Map<string, PlacedEntry>;
  readonly volumes: Map<string, PlacedEntry>;
  readonly networks: Set<string>;
}

interface Scope {
  readonly loading: Loading;
  readonly lookup: Lookup;
  /** Relative paths start here. */
  readonly folder: string;
  /** Files that include each other, outermost first. */
  readonly including: readonly string[];
}

/** Deep enough for any project, and an end for those that go on for ever. */
const depthMax = 50;
const isRemote = (path: string): boolean =>
  /^[a-z][a-z0-9+.-]+:\/\/|^(git@|remote:|oci:|github\.com\/)/i.test(path);

export function loadProject(
  loading: Loading,
  paths: readonly string[],
  folder: string,
  lookup: Lookup,
): Model {
  const model = loadModel({ loading, lookup, folder, including: [] }, paths, null);
  // What is taken away has to be there while files are merged.
  for (const [name, { at, value }] of model.services)
    model.services.set(name, { at, value: withoutReset(value) });
  return model;
}

function loadModel(scope: Scope, paths: readonly string[], from: Place | null): Model {
  const model: Model = {
    name: null,
    services: new Map(),
    volumes: new Map(),
    networks: new Set(["default"]),
  };
  for (const path of paths) {
    const file = loadFile(scope.loading, path, scope.lookup, from);
    if (file === null) continue;
    const inner = { ...scope, including: [...scope.including, path] };
    const before = new Set(model.services.keys());
    includeInto(model, file, inner);
    const included = new Set([...model.services.keys()].filter((name) => !before.has(name)));
    model.name = file.entries.get("name") ?? model.name;
    for (const [name, entry] of section(scope, file, "volumes")) model.volumes.set(name, entry);
    for (const [name] of section(scope, file, "networks")) model.networks.add(name);
    const services = section(scope, file, "services");
    for (const [name, entry] of services) {
      const own = extended(inner, path, services, name, entry, []);
      if (own === null) continue;
      if (included.has(name))
        scope.loading.refuse(
          entry.at,
          "include-conflict",
          `the service ${name} is included and described here as well`,
        );
      const known = model.services.get(name);
      model.services.set(name, {
        at: known?.at ?? entry.at,
        value: known === undefined ? own : mergeServices(known.value, own),
      });
    }
  }
  return model;
}

function section({ loading }: Scope, file: PlacedMap, key: string): ReadonlyMap<string, PlacedEntry> {
  const value = valueAt(file, key);
  if (isMap(value)) return value.entries;
  if (value !== undefined && !(value.is === "scalar" && value.value === null))
    loading.refuse(value.at, "wrong-type", `\`${key}\` is ${what(value)}`, { expected: "a mapping" });
  return new Map();
}

/** A service with what it extends below it. Null: there is nothing to import of it. */
function extended(
  scope: Scope,
  file: string,
  services: ReadonlyMap<string, PlacedEntry>,
  name: string,
  { at, value }: PlacedEntry,
  chain: readonly string[],
): Placed | null {
  const { loading } = scope;
  if (!isMap(value)) {
    if (value.is === "scalar" && value.value === null)
      loading.refuse(at, "empty-service", `the service ${name} is empty`);
    else
      loading.refuse(value.at, "wrong-type", `the service ${name} is ${what(value)}`, {
        expected: "a mapping",
      });
    return null;
  }
  const extending = value.entries.get("extends")?.value;
  if (extending === undefined) return value;
  const key = `${file} ${name}`;
  if (chain.includes(key) || chain.length > depthMax) {
    loading.refuse(extending.at, "extends-cycle", `the service ${name} extends itself`);
    return value;
  }
  const target = textOf(extending) ?? textOf(valueAt(extending, "service"));
  const path = textOf(valueAt(extending, "file"));
  if (target === undefined) {
    loading.refuse(extending.at, "extends", "`extends` names no service", {
      expected: "`extends: { service: <name> }`",
    });
    return value;
  }
  const base = path === undefined ? { file, services, scope } : otherFile(scope, path, extending.at);
  if (base === null) return value;
  const entry = base.services.get(target);
  if (entry === undefined) {
    loading.refuse(
      extending.at,
      "extends",
      `${name} extends ${target}, which ${base.file} does not describe`,
    );
    return value;
  }
  const below = extended(base.scope, base.file, base.services, target, entry, [...chain, key]);
  if (below === null) return value;
  // Left where it leads nowhere: then nobody can say what is missing.
  const entries = [...value.entries].filter(([name]) => name !== "extends");
  return mergeServices(below, placedMap(value.at, entries, value.tag));
}

function otherFile(
  scope: Scope,
  path: string,
  at: Place,
): { file: string; services: ReadonlyMap<string, PlacedEntry>; scope: Scope } | null {
  if (isRemote(path)) {
    scope.loading.found.add(at, {
      code: "remote",
      message: "what this extends lies on another machine and is not read",
    });
    return null;
  }
  const file = pathFrom(scope.folder, path);
  const other = loadFile(scope.loading, file, scope.lookup, at);
  const inner = { ...scope, folder: folderOf(file) };
  return other === null ? null : { file, services: section(scope, other, "services"), scope: inner };
}

function includeInto(model: Model, file: PlacedMap, scope: Scope): void {
  const include = valueAt(file, "include");
  if (include === undefined) return;
  if (!isList(include)) {
    scope.loading.refuse(include.at, "wrong-type", `\`include\` is ${what(include)}`, { expected: "a list" });
    return;
  }
  for (const item of include.items) {
    const paths = textsOf(isMap(item) ? valueAt(item, "path") : item);
    if (paths.length === 0)
      scope.loading.refuse(item.at, "include", "this names no file", { expected: "`path: <file>`" });
    else includeOne(model, item, paths, scope);
  }
}

function includeOne(model: Model, item: Placed, paths: ReturnType<typeof textsOf>, scope: Scope): void {
  const { loading } = scope;
  const remote = paths.find(({ text }) => isRemote(text));
  if (remote !== undefined) {
    loading.found.add(remote.at, { code: "remote", message: "this lies on another machine and is not read" });
    return;
  }
  const files = paths.map(({ text }) => pathFrom(scope.folder, text));
  if (files.some((path) => scope.including.includes(path)) || scope.including.length > depthMax) {
    loading.refuse(item.at, "include-cycle", `${files[0]} includes itself`);
    return;
  }
  const folder = textOf(valueAt(item, "project_directory"));
  const inner = folder === undefined ? folderOf(files[0]!) : pathFrom(scope.folder, folder);
  const named = textsOf(valueAt(item, "env_file"));
  const envFiles =
    named.length > 0
      ? named.map(({ text }) => pathFrom(scope.folder, text))
      : [`${inner === "" ? "" : `${inner}/`}.env`];
  const lookup = withEnvFiles(loading, scope.lookup, envFiles, named[0]?.at ?? null);
  const included = loadModel({ loading, lookup, folder: inner, including: scope.including }, files, item.at);
  for (const [name, entry] of included.services) {
    const known = model.services.get(name);
    if (known !== undefined && known.value.at.file !== entry.value.at.file)
      loading.refuse(item.at, "include-conflict", `the service ${name} is included twice`);
    model.services.set(name, entry);
  }
  for (const [name, entry] of included.volumes) model.volumes.set(name, entry);
  for (const name of included.networks) model.networks.add(name);
}

/** Variables of `.env` files below those that are known. `named`: where a file demands them; otherwise they may be missing. */
export function withEnvFiles(
  loading: Loading,
  outer: Lookup,
  paths: readonly string[],
  named: Place | null,
): Lookup {
  const variables = new Map<string, string>();
  const lookup: Lookup = (name) => outer(name) ?? variables.get(name);
  for (const path of paths) {
    const file = loading.tree.files.get(path);
    if (file === undefined) {
      if (named !== null)
        loading.refuse(named, "missing-file", `${path}: ${reasonUnread(loading.tree, path)}`);
      continue;
    }
    loading.reads.add(path);
    const read = readEnvFile(file, lookup);
    for (const [name, value] of read.variables) variables.set(name, value);
    for (const line of read.wrong)
      loading.refuse({ file: path, line, column: 1 }, "env-file", "this line is no assignment", {
        expected: "NAME=value",
      });
  }
  return lookup;
}
