/**
 * Sync waves: what is in a later one is applied when the earlier one is healthy, and hooks before the sync run first. Only
 * what runs, and the Applications that make it run, can keep a later wave waiting.
 */
import type { ImportedNeed, ItemId } from "../contract.js";
import { type Entry, idIn } from "../kubernetes/entry-index.js";
import { isEphemeral } from "../kubernetes/kinds.js";
import { isApplication } from "./application.js";
import { isPreSync, placeOfWave, waveOf } from "./drafts.js";

/** More pairs than that between two waves say no more. */
const pairsMax = 2000;

export function waveNeeds(entries: readonly Entry[]): ReadonlyMap<ItemId, readonly ImportedNeed[]> {
  const needs = new Map<ItemId, readonly ImportedNeed[]>();
  const stages = new Map<number, Entry[]>();
  for (const entry of entries) {
    const { object } = entry.draft;
    const waits = entry.draft.runs || isApplication(object) || isEphemeral(object.kind, object.group);
    if (!waits) continue;
    // Hooks before the sync come before every wave of it.
    const stage = isPreSync(object) ? Number.NEGATIVE_INFINITY : waveOf(object);
    stages.set(stage, [...(stages.get(stage) ?? []), entry]);
  }
  const ordered = [...stages].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (let i = 1; i < ordered.length; i++) {
    const [earlier, before] = ordered[i - 1]!;
    const [later, after] = ordered[i]!;
    if (before.length * after.length > pairsMax) continue;
    const evidence =
      earlier === Number.NEGATIVE_INFINITY
        ? "a PreSync hook comes first"
        : `sync wave ${later} comes after ${earlier}`;
    for (const entry of after) {
      needs.set(
        idIn(entry.draft.id, entry.cluster),
        before.map((other): ImportedNeed => {
          // Since 1.8 an Application is healthy as soon as it is there, unless the health check was configured again.
          const certain = !isApplication(other.draft.object);
          const at = placeOfWave(
            earlier === Number.NEGATIVE_INFINITY ? other.draft.object : entry.draft.object,
          );
          return { on: idIn(other.draft.id, other.cluster), kind: "startup", certain, evidence, at };
        }),
      );
    }
  }
  return needs;
}
