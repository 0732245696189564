/** Versions that come late, twice, in the wrong order, or not as they were meant: P01 to P04, P09, P10. */
import { swapped } from "../base.js";
import type { Material } from "./material.js";
import { processOperator, type Variation } from "./process-operator.js";
import {
  afterLastChange,
  cellsOf,
  changedBetween,
  deliver,
  laterMs,
  minuteMs,
  newVersion,
  representatives,
  soonMs,
  stemOf,
  takenFrom,
} from "./process-places.js";

/** Versions before that of the last change, the newest first. */
const olderVersions = (material: Material): readonly number[] =>
  Array.from({ length: material.version - 1 }, (_, k) => material.version - 1 - k);

export const staleVersion = processOperator({
  id: "P01",
  name: "stale-version",
  about: "An older version that was on its way arrives after the last change and is applied.",
  precondition: "two versions",
  incident: "AWS, October 2025: a plan that was overtaken was enacted late and then cleaned up as old",
  variations: (material) =>
    olderVersions(material).flatMap((version): readonly Variation[] => {
      const event = {
        atMs: afterLastChange(material, soonMs),
        version,
        as: "old" as const,
        text: `version ${version} arrives late`,
      };
      const cells = cellsOf(material);
      const single = cells.length < 2 || version !== material.version - 1 ? [] : representatives(cells);
      return [
        {
          site: `version ${version}`,
          label: `version ${version} arrives 5 minutes after the last change`,
          events: deliver(event),
        },
        ...single.map((cell) => ({
          site: `version ${version} in ${cell}`,
          label: `version ${version} arrives in ${cell} 5 minutes after the last change`,
          events: deliver({ ...event, cells: [cell] }),
        })),
      ];
    }),
});

export const lostUpdate = processOperator({
  id: "P02",
  name: "lost-update",
  about: "Somebody merges from a base before the change and undoes one part of it without noticing.",
  precondition: "a change that touches a document",
  incident: "lost updates of concurrent changes; A5, partial renders after a push",
  variations: (material) => {
    const { version } = material;
    const next = newVersion(material);
    return changedBetween(material, version - 1, version).map((id) => ({
      site: stemOf(id),
      label: `a merge puts ${stemOf(id)} back to what it was before the change`,
      events: deliver({
        atMs: afterLastChange(material, soonMs),
        version: next,
        text: `a merge undoes a part of the change: ${stemOf(id)}`,
      }),
      documents: () => [takenFrom(material, id, version - 1, next)],
    }));
  },
});

export const reorderedChanges = processOperator({
  id: "P03",
  name: "reordered-changes",
  about: "Two changes come in the other order.",
  precondition: "two changes that can be made in either order",
  incident: "removed before its dependants had moved; E2, wrong order of deletion",
  variations: (material) => {
    const { run } = material.base;
    const pairs = run.changes.flatMap((_, second) =>
      Array.from({ length: second }, (_, first) => ({ first, second })),
    );
    return pairs
      .filter(({ first, second }) => swapped(run, first, second) !== null)
      .map(({ first, second }) => ({
        site: `change ${first + 1} and ${second + 1}`,
        label: `change ${second + 1} comes before change ${first + 1}`,
        events: [{ e: "swap", first, second }],
      }));
  },
});

export const duplicateDelivery = processOperator({
  id: "P04",
  name: "duplicate-delivery",
  about: "A removal is delivered a second time, after what it removed was created again.",
  precondition: "a change that removes something",
  incident: "at-least-once delivery; B6 and B7, a reinstalled manager finishes the deletes that were pending",
  variations: (material) =>
    material.base.run.changes.flatMap((change, index): readonly Variation[] => {
      if (change.ticket.removes.length === 0) return [];
      const of = index + 2;
      const next = newVersion(material);
      const what = change.ticket.removes.join(", ");
      return [
        {
          site: `change ${index + 1}`,
          label: `${what} is created again, and then change ${index + 1} is delivered a second time`,
          events: [
            ...deliver({
              atMs: afterLastChange(material, soonMs),
              version: next,
              text: `somebody creates ${what} again`,
            }),
            ...deliver({
              atMs: afterLastChange(material, soonMs + laterMs),
              version: of,
              as: "old",
              text: `change ${index + 1} is delivered a second time`,
            }),
          ],
          documents: () =>
            changedBetween(material, of - 1, of).map((id) => takenFrom(material, id, of - 1, next)),
        },
      ];
    }),
});

const rollbackTo = (material: Material, version: number): Variation["events"] =>
  deliver({
    atMs: afterLastChange(material, soonMs),
    version,
    text: `somebody rolls back to version ${version}`,
  });

export const rollback = processOperator({
  id: "P09",
  name: "rollback",
  about: "The change is rolled back: the documents of before it come as a new version.",
  precondition: "a change",
  incident: "B8, a rollback that reaches too far; a rollback that brings back a removed reference",
  variations: (material) =>
    olderVersions(material).map((version) => ({
      site: `to version ${version}`,
      label: `a rollback to version ${version} 5 minutes after the last change`,
      events: rollbackTo(material, version),
    })),
});

export const rollbackOfRollback = processOperator({
  id: "P10",
  name: "rollback-of-rollback",
  about: "A rollback is taken back: the change comes again, with the removals that it declared.",
  precondition: "a change",
  incident: "tombstones that are replayed; F5, an old state restored under newer ones",
  variations: (material) =>
    olderVersions(material).flatMap((version) =>
      [2 * minuteMs, laterMs].map((afterMs) => ({
        site: `to version ${version} for ${afterMs / minuteMs} minutes`,
        label: `a rollback to version ${version}, taken back after ${afterMs / minuteMs} minutes`,
        events: [
          ...rollbackTo(material, version),
          ...deliver({
            atMs: afterLastChange(material, soonMs + afterMs),
            version: material.version,
            text: "the rollback is taken back",
          }),
        ],
      })),
    ),
});
