/** Cells that do not get the same: a rollout that stops (P05), managers of different versions (P06). */
import type { Json } from "../../base/json.js";
import { isTicket } from "../../models/config/ticket.js";
import type { Name } from "../../models/fleet/spec.js";
import type { RunManager } from "../../scenario/run.js";
import { contentOf, type Material, type PatchDocument } from "./material.js";
import { processOperator, type Variation } from "./process-operator.js";
import {
  afterLastChange,
  cellsOf,
  deliver,
  managersOf,
  newVersion,
  representatives,
} from "./process-places.js";

export const partialRollout = processOperator({
  id: "P05",
  name: "partial-rollout",
  about: "The change reaches some of the cells and stops there.",
  precondition: "two cells",
  incident:
    "values that are unsafe when mixed (ZebraConf, EuroSys 2021); F4, a region that is silently skipped",
  variations: (material) => {
    const cells = cellsOf(material);
    if (cells.length < 2) return [];
    const { version } = material;
    const stops = representatives(cells.slice(1).map((_, k) => k + 1)).map(
      (reached): Variation => ({
        site: `stops after ${reached} of ${cells.length}`,
        label: `the change reaches ${cells.slice(0, reached).join(", ")} and no other cell`,
        events: [{ e: "partial", version, cells: cells.slice(0, reached) }],
      }),
    );
    // Skipping the last one is stopping before it.
    const skips = representatives(cells.slice(0, -1)).map(
      (skipped): Variation => ({
        site: `skips ${skipped}`,
        label: `the change reaches every cell but ${skipped}`,
        events: [{ e: "partial", version, cells: cells.filter((cell) => cell !== skipped) }],
      }),
    );
    return [...stops, ...skips];
  },
});

export const mixedManagerVersions = processOperator({
  id: "P06",
  name: "mixed-manager-versions",
  about: "Documents are written for a newer version of a manager, and in one cell an older one reads them.",
  precondition: "a manager with two cells",
  incident:
    "B9 and D4, upgrades that change identities and types; an old reader takes a new schema for an error",
  variations: (material) =>
    managersOf(material)
      .filter((manager) => manager.cells.length > 1)
      .flatMap((manager) =>
        representatives(manager.cells).map(({ name: cell }): Variation => {
          const { name } = manager.spec;
          const version = newVersion(material);
          return {
            site: `${name} in ${cell}`,
            label: `the documents of ${name} have a newer schema, and ${cell} still runs the older version`,
            events: deliver({
              atMs: afterLastChange(material, 0),
              version,
              as: "old",
              cells: [cell],
              text: `${cell} reads documents of a newer schema`,
            }),
            documents: () => inNewerSchema(material, manager, version),
          };
        }),
      ),
});

/**
 * What the manager's applications look like to a reader that does not know their schema. Newer readers see no difference,
 * so only those with the older one get these documents.
 */
function inNewerSchema(material: Material, manager: RunManager, version: number): readonly PatchDocument[] {
  return material.view().flatMap((doc): PatchDocument[] => {
    if (!doc.id.startsWith("applications/") || isTicket(doc)) return [];
    const content = contentOf(doc);
    if (!isMap(content) || content["manager"] !== manager.spec.name) return [];
    const needs = Array.isArray(content["needs"]) ? content["needs"] : [];
    const value = {
      ...content,
      schema: 2,
      needs: { hard: needs.filter((need): need is Name => typeof need === "string") },
    };
    return [{ id: doc.id, version, value }];
  });
}

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
