/**
 * Needs between what runs. A repository also has needs on what does not run (a target, a Service, a volume): those are
 * followed to what runs behind them. A way is worth its weakest step.
 */
import { compareNatural } from "../base/order.js";
import type { ImportedNeed, Item, ItemId } from "./contract.js";

type Kind = ImportedNeed["kind"];

export interface RunningNeeds {
  /** In canonical order of ids, at most one of each kind for one target; a hard need that is certain holds the others. */
  readonly needs: readonly ImportedNeed[];
  /** Data that it needs, with the evidence. */
  readonly data: readonly { readonly item: Item; readonly need: ImportedNeed }[];
}

const rank: Readonly<Record<Kind, number>> = { hard: 2, startup: 1, soft: 0 };
const weaker = (a: Kind, b: Kind): Kind => (rank[a] <= rank[b] ? a : b);

export function runningNeeds(item: Item, byId: ReadonlyMap<ItemId, Item>): RunningNeeds {
  const needs: ImportedNeed[] = [];
  const data: { item: Item; need: ImportedNeed }[] = [];
  const seen = new Set<string>();
  const open = item.needs.map((need) => ({ need, step: need.kind }));
  for (const { need, step } of open) {
    const key = `${need.kind} ${need.certain} ${step === "soft"} ${need.on}`;
    const target = byId.get(need.on);
    if (seen.has(key) || target === undefined || need.on === item.id) continue;
    seen.add(key);
    if (target.runs) {
      needs.push(need);
      continue;
    }
    if (target.data) data.push({ item: target, need });
    for (const next of target.needs) {
      // Who needs the one in between can do without what that one merely wants.
      if (next.kind === "soft" && step !== "soft") continue;
      const onward: ImportedNeed = {
        on: next.on,
        kind: weaker(need.kind, next.kind),
        certain: need.certain && next.certain,
        evidence: `${need.evidence} (${target.title}) -> ${next.evidence}`,
        at: need.at,
      };
      open.push({ need: onward, step: next.kind });
    }
  }
  return { needs: strongest(needs), data };
}

function strongest(needs: readonly ImportedNeed[]): readonly ImportedNeed[] {
  const best = new Map<string, ImportedNeed>();
  const hard = new Set(needs.filter(({ kind, certain }) => kind === "hard" && certain).map(({ on }) => on));
  for (const need of needs) {
    if (need.kind !== "hard" && hard.has(need.on)) continue;
    const key = `${need.kind} ${need.on}`;
    const other = best.get(key);
    if (other === undefined || (!other.certain && need.certain)) best.set(key, need);
  }
  return [...best.values()].sort((a, b) => compareNatural(a.on, b.on) || rank[b.kind] - rank[a.kind]);
}
