/** What scenarios can name: the built-in catalogue, and what a module of the user adds to it. */
import { pathToFileURL } from "node:url";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import { mutationCatalogue } from "../chaos/mutations/catalogue.js";
import type { Operator } from "../chaos/mutations/operator.js";
import { importers } from "../importers/importers.js";
import { foreignFormat } from "../importers/understand.js";
import { contain } from "../live/contain.js";
import type { ForeignFormat } from "../models/config/imported.js";
import { guardCatalogue } from "../models/guards/catalogue.js";
import type { Guard } from "../models/guards/guard.js";
import { boundsOf, propertyCatalogue } from "../models/judging/catalogue.js";
import type { PropertyRule } from "../models/judging/rule.js";
import { managerModels } from "../models/managers/catalogue.js";
import type { ManagerModel } from "../models/managers/define-manager.js";
import type { KnownNames } from "../scenario/check-references.js";

export interface FullCatalogue {
  readonly managers: readonly ManagerModel[];
  readonly guards: readonly Guard[];
  readonly properties: readonly PropertyRule[];
  readonly mutations: readonly Operator[];
  readonly formats: readonly ForeignFormat[];
}

export const builtIn: FullCatalogue = {
  managers: managerModels,
  guards: guardCatalogue,
  properties: propertyCatalogue,
  mutations: mutationCatalogue,
  formats: importers.map(foreignFormat),
};

/** A model of a user's module, held to the contract. */
const held = (model: ManagerModel, path: string): ManagerModel =>
  contain(model, { label: path, twice: true }).model;

/**
 * The built-in catalogue and the exports `managers`, `guards` and `properties` of the modules at `paths` (absolute).
 * `hold` is what becomes of a manager that is not ours.
 */
export async function loadCatalogue(
  paths: readonly string[],
  hold: (model: ManagerModel, path: string) => ManagerModel = held,
): Promise<Result<FullCatalogue, Issue[]>> {
  let catalogue = builtIn;
  for (const path of paths) {
    const fail = (message: string): Result<FullCatalogue, Issue[]> =>
      err([
        {
          code: "module",
          severity: "error",
          file: path,
          message,
          expected: "a JavaScript module that exports `managers`, `guards` or `properties` as arrays",
        },
      ]);
    let loaded: Partial<FullCatalogue>;
    try {
      loaded = (await import(pathToFileURL(path).href)) as Partial<FullCatalogue>;
    } catch (error) {
      return fail(`it cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
    }
    const { managers = [], guards = [], properties = [] } = loaded;
    const lists = [managers, guards, properties];
    if (lists.some((list) => !Array.isArray(list)) || lists.every((list) => list.length === 0)) {
      return fail("it exports none of them");
    }
    const wrong = [
      ...managers.flatMap((item) => wrongItem("manager", item, ["policy", "build"])),
      ...guards.flatMap((item) => wrongItem("guard", item, ["stage", "about"])),
      ...properties.flatMap((item) => wrongItem("property", item, ["judge", "about"])),
    ];
    if (wrong.length > 0) return fail(wrong.join("; "));
    catalogue = {
      managers: [...catalogue.managers, ...managers.map((model) => hold(model, path))],
      guards: [...catalogue.guards, ...guards],
      properties: [...catalogue.properties, ...properties],
      mutations: catalogue.mutations,
      formats: catalogue.formats,
    };
  }
  return ok(catalogue);
}

/** What a user's module exports has been checked by no compiler. */
function wrongItem(what: string, item: unknown, needed: readonly string[]): readonly string[] {
  const record = (typeof item === "object" && item !== null ? item : {}) as Readonly<Record<string, unknown>>;
  const missing = ["name", ...needed].filter((key) => record[key] === undefined);
  if (missing.length === 0) return [];
  const name = typeof record["name"] === "string" ? ` ${record["name"]}` : "";
  const how = what === "manager" ? " (make it with defineManager)" : "";
  return [`its ${what}${name} has no ${missing.join(", ")}${how}`];
}

export const knownNames = ({ managers, guards, properties }: FullCatalogue): Required<KnownNames> => ({
  managers: managers.map((item) => item.name),
  guards: guards.map((item) => item.name),
  properties: properties.map((item) => item.name),
  bounds: boundsOf(properties),
});
