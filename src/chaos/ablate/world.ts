/** The traces that guards have to stop: the variant as it is, and cases of a search that go wrong in another way. */
import type { PropertyRule } from "../../models/judging/rule.js";
import { applyCase } from "../../scenario/apply-case.js";
import type { Case, CaseLuck, CaseSpec } from "../../scenario/case.js";
import type { Script } from "../../scenario/run.js";
import type { MutationSpec } from "../../scenario/scenario.js";
import { type Base, runFor } from "../base.js";
import { makeDocument } from "../mutations/material.js";
import type { Operator } from "../mutations/operator.js";
import { decisionKey, isHazard, violationsOf } from "../outcome.js";
import { sited } from "../random.js";
import { byId, caseOf, labelsOf, type Operators } from "../recipe.js";
import type { Switchboard } from "./switchboard.js";

export interface WorldTrace {
  readonly label: string;
  readonly item: Case;
  readonly script: Script;
  /** Properties that it violates without any of the guards. */
  readonly violates: readonly string[];
}

export interface WorldRequest {
  readonly base: Base;
  readonly board: Switchboard;
  /** The gate. */
  readonly properties: readonly PropertyRule[];
  readonly operators: readonly Operator[];
  readonly luck: CaseLuck;
  /** What the scenario file itself puts under `case:`; null: nothing. */
  readonly own: CaseSpec | null;
  /** Violating single mutations to take; null: as many as a small search finds, where the variant as it is holds. */
  readonly cases: number | null;
}

export interface World {
  readonly traces: readonly WorldTrace[];
  /** The first trace is the variant without mutations. */
  readonly asItIs: boolean;
  readonly searched: number;
}

/** A small search judges this many mutations, and keeps one for every different decision, up to so many. */
const smallSearch = { judged: 200, kept: 8 };

export const asItIsLabel = "the variant as it is";

/** Yields the number of mutations judged. */
export function* collectWorld(request: WorldRequest): Generator<number, World> {
  const { base, board, properties, operators, luck, own, cases } = request;
  const known: Operators = byId(operators);
  const traces: WorldTrace[] = [];
  const decisions = new Set<string>();
  const ofTheVariant = new Set<string>();
  let asItIs = false;
  const judge = (item: Case, label: () => string): "new" | "known" | "holds" => {
    const script = scriptOf(base, item);
    const { verdicts } = board.play(0, script, item.luck, properties);
    const found = violationsOf(verdicts).filter(
      ({ property }) =>
        !isHazard(
          properties.find(({ name }) => name === property),
          item.recipe,
        ),
    );
    if (found.length === 0) return "holds";
    const keys = found.map(decisionKey);
    const fresh = keys.some((key) => !decisions.has(key));
    for (const key of keys) decisions.add(key);
    if (!fresh && cases === null) return "known";
    // The incident itself with something damaged beside it teaches nothing about guards.
    if (traces.length > 0 && asItIs && keys.every((key) => ofTheVariant.has(key))) return "known";
    traces.push({
      label: label(),
      item,
      script,
      violates: [...new Set(found.map(({ property }) => property))],
    });
    return "new";
  };
  const plain: Case = own ?? { documents: [], events: [], luck, recipe: [] };
  asItIs = judge(plain, () => asItIsLabel) === "new";
  for (const key of decisions) ofTheVariant.add(key);
  const wanted = cases ?? (asItIs ? 0 : smallSearch.kept);
  let searched = 0;
  for (const mutation of wanted === 0 ? [] : inTurns(base, operators)) {
    if (cases === null && searched === smallSearch.judged) break;
    const item = caseOf(base, known, [mutation], luck);
    if (item === null) continue;
    yield ++searched;
    judge(item, () => labelsOf(base, known, [mutation])[0]!);
    if (traces.length - (asItIs ? 1 : 0) === wanted) break;
  }
  return { traces, asItIs, searched };
}

export const scriptOf = (base: Base, item: Case): Script => applyCase(runFor(base, item), item, makeDocument);

/** The first site of every operator, then the second of every one, and so on: a search cut short has seen all of them. */
function inTurns(base: Base, operators: readonly Operator[]): readonly MutationSpec[] {
  const all = sited(base, operators);
  const rounds = Math.max(0, ...all.map(({ sites }) => sites.length));
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    all.flatMap(({ operator, sites }) =>
      round < sites.length ? [{ op: operator.id, at: sites[round]! }] : [],
    ),
  );
}
