/** The causes that a replay stops at: the story of the run, and when each region group came back. */
import { thousands } from "../../base/format-number.js";
import type { Measures } from "../measures.js";
import type { Sentence } from "../story.js";
import type { TraceHeader } from "../trace.js";

/** Beyond these, groups and sentences of one kind at one instant are told together. */
const groupsMax = 20;
const sentencesMax = 200;
const togetherMax = 3;

export interface ReplayEvents {
  /** In the order of time; the place in the list is the id. */
  readonly events: readonly Sentence[];
  /** What was put together, in words; empty where nothing was. */
  readonly aggregated: readonly string[];
}

export function replayEvents(
  story: readonly Sentence[],
  { spec }: TraceHeader,
  { recovery }: Measures,
): ReplayEvents {
  const groups = spec.fleet.regionGroups;
  const back = recovery.byRegionGroup.flatMap((item): readonly Sentence[] => {
    const regions = groups.find((group) => group.name === item.name)?.members.length ?? 0;
    const told: Sentence[] = [];
    const { firstRestoredAtMs: first, allRestoredAtMs: all } = item;
    if (first !== null && first !== all) {
      const text = `${item.name}: the first capability works again in a region.`;
      told.push({ atMs: first, kind: "recovery", text });
    }
    if (all !== null) {
      const text = `${item.name}: everything works again ${regions === 1 ? "in its one region" : `in its ${thousands(regions)} regions`}.`;
      told.push({ atMs: all, kind: "recovery", text });
    }
    return told;
  });
  const shown = groups.length <= groupsMax ? back : [];
  // What happens at one instant keeps its order: the story's own sentences first.
  const told = [...story.filter(({ kind }) => kind !== "calm"), ...shown];
  // "Nothing was impaired" holds for the whole run; said at its horizon it would stretch the time that is shown.
  const lastMs = told.reduce((last, { atMs }) => Math.max(last, atMs), 0);
  const calm = story.filter(({ kind }) => kind === "calm").map((sentence) => ({ ...sentence, atMs: lastMs }));
  const events = [...told, ...calm]
    .map((sentence, k) => ({ sentence, k }))
    .sort((a, b) => a.sentence.atMs - b.sentence.atMs || a.k - b.k)
    .map(({ sentence }) => sentence);
  const together = events.length <= sentencesMax ? events : putTogether(events);
  return {
    events: together.slice(0, sentencesMax),
    aggregated: [
      ...(shown.length < back.length
        ? [`When each of the ${groups.length} region groups came back is not listed.`]
        : []),
      ...(together.length < events.length
        ? ["Events of one kind at one instant are listed together from the fourth on."]
        : []),
      ...(together.length > sentencesMax
        ? [`Only the first ${sentencesMax} of ${together.length} events are listed.`]
        : []),
    ],
  };
}

function putTogether(events: readonly Sentence[]): readonly Sentence[] {
  const seen = new Map<string, number>();
  for (const { atMs, kind } of events) seen.set(`${atMs} ${kind}`, (seen.get(`${atMs} ${kind}`) ?? 0) + 1);
  const told = new Map<string, number>();
  return events.flatMap((event) => {
    const key = `${event.atMs} ${event.kind}`;
    const all = seen.get(key)!;
    const nth = (told.get(key) ?? 0) + 1;
    told.set(key, nth);
    if (nth <= togetherMax) return [event];
    return nth === togetherMax + 1
      ? [{ ...event, text: `And ${thousands(all - togetherMax)} more of this kind.` }]
      : [];
  });
}
