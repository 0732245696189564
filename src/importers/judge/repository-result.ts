/** What `check --from` says of a repository: plain data, for the terminal, for machines and for reports. */
import type { Issue } from "../../base/issue.js";
import type { Format, Imported, ImportedManager, Item, ItemId, Place, Setting } from "../contract.js";
import { type Advice, adviceFor } from "./advice.js";
import { byFirstCause, type Consequence, type Outcome, type Rule, type Standing } from "./consequences.js";
import type { Blast, Hazard } from "./hazards.js";
import type { EditOp } from "./tree-edit.js";

export interface ToldItem {
  readonly id: ItemId;
  readonly kind: string;
  readonly title: string;
  readonly at: Place;
}

export interface ToldConsequence extends Pick<Consequence, "fate" | "rule" | "text" | "because"> {
  readonly item: ToldItem;
}

/** Consequences beyond the first so many are counted and not told. */
export const consequencesMax = 40;

export interface ToldOutcome {
  readonly blast: Blast;
  /** Those that matter to somebody, and what leads to them, in the order of cause and effect; at most `consequencesMax`. */
  readonly consequences: readonly ToldConsequence[];
  readonly more: number;
}

/** How long until everything is back, in ms after the edit: of so many replications. */
export interface RecoveryCost {
  readonly runs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
}

export interface ToldHazard {
  readonly fingerprint: string;
  readonly rule: Rule;
  readonly owner: ToldItem;
  /** The manager whose rule it is; null where the files name none. */
  readonly preset: string | null;
  readonly settings: readonly Setting[];
  /** Items that go first, over all edits that lead to it. */
  readonly direct: readonly string[];
  /** How many single edits lead to it. */
  readonly strikes: number;
  readonly worst: ToldOutcome & { readonly op: EditOp; readonly at: Place; readonly subject: string };
  /** Null: nothing that it takes is a service, or it was not asked for. */
  readonly recovery: RecoveryCost | null;
  readonly advice: readonly Advice[];
  /** known: in the baseline. ignored: in the ignore file, with the reason there. */
  readonly status: "new" | "known" | "ignored";
  readonly reason: string | null;
}

/** The change of a pull request. */
export interface ToldChange extends ToldOutcome {
  readonly range: string;
  readonly files: number;
  readonly added: readonly ToldItem[];
  readonly orphaned: readonly (ToldItem & { readonly kept: Setting | null })[];
  readonly refused: readonly (ToldItem & { readonly because: string })[];
  readonly advice: readonly Advice[];
  readonly recovery: RecoveryCost | null;
}

export interface RepositoryFile {
  readonly fleetquake: string;
  readonly kind: "repository";
  readonly format: Format;
  /** As it was given; places are relative to it. */
  readonly root: string;
  readonly counts: {
    readonly files: number;
    readonly items: number;
    readonly services: number;
    readonly owners: number;
    /** Services of which nothing says what they need: unknown, not independent. */
    readonly needsUnknown: number;
    readonly edits: number;
    readonly harmless: number;
    /** Edits after which an owner understood nothing more. */
    readonly refused: number;
  };
  readonly managers: readonly Pick<ImportedManager, "name" | "preset" | "at">[];
  readonly change: ToldChange | null;
  readonly hazards: readonly ToldHazard[];
  readonly stoppedBy: "end" | "wall" | "interrupt";
  readonly issues: readonly Issue[];
}

export const toldItem = ({ id, kind, title, at }: Item): ToldItem => ({ id, kind, title, at });

const matters = (item: Item): boolean => item.runs || item.data;

export function toldOutcome({ byId }: Standing, outcome: Outcome, blast: Blast): ToldOutcome {
  const needed = new Set<ItemId>();
  // From the end: what leads to something that matters is told as well.
  for (const { item, through } of outcome.consequences.toReversed()) {
    const known = byId.get(item);
    if (known !== undefined && (matters(known) || needed.has(item))) needed.add(item).add(through);
  }
  const told = outcome.consequences.flatMap(({ item: id, fate, rule, text, because }) => {
    const item = byId.get(id);
    if (item === undefined || !needed.has(id)) return [];
    return [{ item: toldItem(item), fate, rule, text, because }];
  });
  return {
    blast,
    consequences: told.slice(0, consequencesMax),
    more: outcome.consequences.length - Math.min(told.length, consequencesMax),
  };
}

export function toldHazard(
  standing: Standing,
  hazard: Hazard,
  recovery: RecoveryCost | null,
  { status, reason }: Pick<ToldHazard, "status" | "reason">,
): ToldHazard {
  const { byId } = standing;
  const { owner: ownerId, rule, worst, direct } = hazard;
  const owner = byId.get(ownerId);
  const preset = presetOf(standing, ownerId);
  const { op, at, subject } = worst.edit;
  return {
    fingerprint: hazard.fingerprint,
    rule,
    owner: owner === undefined ? { id: ownerId, kind: "", title: ownerId, at } : toldItem(owner),
    preset,
    settings: worst.outcome.consequences[0]?.because ?? [],
    direct: direct.map((id) => {
      const item = byId.get(id);
      return item === undefined ? id : `${item.kind} ${item.title}`;
    }),
    strikes: hazard.strikes,
    worst: { op, at, subject, ...toldOutcome(standing, worst.outcome, worst.blast) },
    recovery,
    advice: adviceFor(preset, rule),
    status,
    reason,
  };
}

/** Kinds of owners that have rules of their own below another manager. */
const presetOfKind: Readonly<Record<string, string>> = { ApplicationSet: "argocd/applicationset" };

/** Whose rules an owner follows: those of its kind, or of the manager at the top of what owns it. */
function presetOf({ byId, imported }: Standing, id: ItemId): string | null {
  const own = presetOfKind[byId.get(id)?.kind ?? ""];
  return own ?? managerOver({ byId, imported }, id)?.preset ?? null;
}

function managerOver(
  { byId, imported }: Pick<Standing, "byId" | "imported">,
  id: ItemId,
): ImportedManager | null {
  const seen = new Set<ItemId>();
  // The nearest one: a manager below another one has rules of its own.
  for (let at: ItemId | null = id; at !== null && !seen.has(at); at = byId.get(at)?.owner ?? null) {
    seen.add(at);
    const manager = imported.managers.find(({ roots }) => roots.includes(at!));
    if (manager !== undefined) return manager;
  }
  return imported.managers[0] ?? null;
}

/** What a change of two trees does: the change of a pull request, judged before its neighbours. */
export function toldChange(
  standing: Standing,
  after: Imported,
  outcome: Outcome,
  blast: Blast,
  more: Pick<ToldChange, "range" | "files" | "recovery">,
): ToldChange {
  const afterById = new Map(after.items.map((item) => [item.id, item]));
  const item = (id: ItemId): ToldItem => {
    const known = standing.byId.get(id) ?? afterById.get(id);
    return known === undefined
      ? { id, kind: "", title: id, at: { file: "", line: 1, column: 1 } }
      : toldItem(known);
  };
  const advice = [...byFirstCause(outcome).values()].flatMap(({ rule, owner }) =>
    adviceFor(presetOf(standing, owner), rule),
  );
  return {
    ...more,
    ...toldOutcome(standing, outcome, blast),
    added: after.items.filter(({ id }) => !standing.byId.has(id)).map(toldItem),
    orphaned: outcome.orphaned.map(({ item: id, kept }) => ({ ...item(id), kept })),
    refused: [...after.refused].map(([id, { message }]) => ({ ...item(id), because: message })),
    advice: advice.filter((a, k) => advice.findIndex((b) => b.setting === a.setting) === k),
  };
}
