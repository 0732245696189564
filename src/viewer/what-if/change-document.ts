/** Settings to the document of a scenario: what a person would have written into the file for them. */
import { stretched } from "../../base/distribution.js";
import { formatDuration } from "../../base/duration.js";
import { canonicalJson, type Json } from "../../base/json.js";
import { effectiveGuards } from "../../models/guards/policy-guards.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";
import { lawDocument } from "../../scenario/law-document.js";
import { applyVariant } from "../../scenario/merge-patch.js";
import type { Run, RunManager } from "../../scenario/run.js";
import type { ManagerSettings, Settings } from "./protocol.js";
import { waveSize } from "./state.js";

export type Fields = { readonly [key: string]: Json };

/** Everything but guards and waves, which depend on what the manager then is. `base` is the run of `document`. */
export function changePeopleAndModels(document: Fields, base: Run, settings: Settings): Fields {
  const { response } = base.spec;
  const { crews, batch, diagnosis } = settings;
  const people: Record<string, Json> = {};
  if (crews !== undefined && crews !== response.crews) people["crews"] = crews;
  if (batch !== undefined && batch !== response.batch) people["batch"] = batch;
  if (diagnosis !== undefined && diagnosis !== 1) {
    const law = lawDocument(stretched(response.diagnose, diagnosis)) as Json;
    people["diagnose"] = replacing(base.spec.response.priors.diagnose, document, law);
  }
  const managers: Record<string, Json> = {};
  for (const { spec, policy } of base.managers) {
    const { model, parallelism } = settings.managers?.[spec.name] ?? {};
    const change: Record<string, Json> = {};
    if (model !== undefined && model !== spec.model) change["model"] = model;
    if (parallelism !== undefined && parallelism !== policy.parallelism) change["policy"] = { parallelism };
    if (Object.keys(change).length > 0) managers[spec.name] = change;
  }
  return changed(document, people, managers);
}

/** Guards and waves, over the managers of `run`, which is that of `document`. */
export function changeGuards(
  document: Fields,
  run: Run,
  models: readonly ManagerModel[],
  settings: Settings,
): Fields {
  const managers: Record<string, Json> = {};
  for (const manager of run.managers) {
    const set = settings.managers?.[manager.spec.name];
    if (set === undefined) continue;
    const change = guardsOf(document, run, manager, models, set);
    if (Object.keys(change).length > 0) managers[manager.spec.name] = change;
  }
  return changed(document, {}, managers);
}

/** The same document where nothing is to be changed. */
function changed(document: Fields, response: Fields, managers: Fields): Fields {
  const patch: Record<string, Json> = {};
  if (Object.keys(response).length > 0) patch["response"] = response;
  if (Object.keys(managers).length > 0) patch["managers"] = managers;
  return Object.keys(patch).length > 0 ? applyVariant(document, patch) : document;
}

/** Merging a law over a law of another kind would leave the keys of both. */
function replacing(prior: string | undefined, { response }: Fields, law: Json): Json {
  const old = prior === undefined ? (response as Fields)["diagnose"] : undefined;
  if (typeof old !== "object" || old === null || typeof law !== "object" || law === null) return law;
  const gone = Object.keys(old).filter((key) => !(key in law));
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...(law as Fields) };
}

function guardsOf(
  document: Fields,
  run: Run,
  manager: RunManager,
  models: readonly ManagerModel[],
  { wave, guards = {} }: ManagerSettings,
): Fields {
  const groups = run.fleet.groupNames.length;
  const switched: Record<string, boolean> = { ...guards };
  const change: Record<string, Json> = {};
  if (wave !== undefined && wave !== waveSize(run, manager)) {
    switched["waves"] = wave < groups;
    if (wave < groups)
      change["rollout"] = { waves: inWaves(run, manager, wave), bake: formatDuration(manager.bakeMs) };
  }
  const written = writtenGuards(document, manager.spec.name);
  const own = models.find((model) => model.name === manager.spec.model)!.guards;
  let add = written.add;
  let drop = written.drop;
  const inForce = (name: string): boolean =>
    effectiveGuards(manager.policy, own, add.map(specOf), drop).some((item) => item.guard === name);
  for (const [name, on] of Object.entries(switched).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (on && !inForce(name)) {
      drop = drop.filter((item) => item !== name);
      if (!inForce(name)) add = [...add, name];
    } else if (!on && inForce(name)) {
      add = add.filter((item) => nameOf(item) !== name);
      if (inForce(name)) drop = [...drop, name];
    }
  }
  const lists: Record<string, Json> = {};
  if (canonicalJson(add) !== canonicalJson(written.add)) lists["add"] = add;
  if (canonicalJson(drop) !== canonicalJson(written.drop)) lists["drop"] = drop;
  return Object.keys(lists).length > 0 ? { ...change, guards: lists } : change;
}

/** A guard as a file names it: by name, or with options under its name. */
const nameOf = (item: Json): string => (typeof item === "string" ? item : Object.keys(item as Fields)[0]!);
const specOf = (item: Json) => ({ guard: nameOf(item), options: {} });

function writtenGuards(
  document: Fields,
  manager: string,
): { readonly add: readonly Json[]; readonly drop: readonly string[] } {
  const of = (document["managers"] as Fields)[manager] as Fields;
  const { add = [], drop = [] } = (of["guards"] ?? {}) as { add?: readonly Json[]; drop?: readonly string[] };
  return { add, drop };
}

/** Region groups, so many at a time, in the order in which the manager takes them already. */
function inWaves(run: Run, manager: RunManager, size: number): readonly Json[] {
  const known = manager.waves.flat();
  const order = [...new Set([...known, ...run.fleet.groupNames.keys()])];
  const names = order.map((group) => run.fleet.groupNames[group]!);
  return Array.from({ length: Math.ceil(names.length / size) }, (_, k) =>
    names.slice(k * size, (k + 1) * size),
  );
}
