/**
 * What the shrinks of one search have in common: the smaller scenarios that they build, and what was decided in cases on
 * them. Groups of one search lose much the same services on their way, so most of it was there before.
 */
import { longHash } from "../../base/hash.js";
import type { PropertyRule } from "../../models/judging/rule.js";
import type { Catalogue } from "../../scenario/build-run.js";
import type { Case } from "../../scenario/case.js";
import type { KnownNames } from "../../scenario/check-references.js";
import { parseVariantDocument } from "../../scenario/parse.js";
import { type Base, buildBase } from "../base.js";
import { Evaluator } from "../evaluate.js";
import { LayeredMemo, type Memo } from "../memo.js";
import { type Decision, violationsOf } from "../outcome.js";
import type { Fields, Subject } from "./subject.js";

export interface TrialsOptions {
  readonly scenario: string;
  readonly catalogue: Catalogue;
  readonly known: KnownNames;
  /** What shrinks of other threads have decided; it only saves work. */
  readonly shared?: Memo;
  /** What a search already knows about a case on the scenario that it starts from; null: nothing. */
  readonly judged?: (item: Case, property: PropertyRule) => readonly Decision[] | null;
}

/** The scenarios used last are kept, as many as have so many instances of services together: simulators need memory. */
const instancesKept = 500_000;
/** Decisions are short. */
const decisionsKept = 50_000;

export class Trials {
  /** By document, the one used last at the end; null: it is no scenario. */
  private readonly evaluators = new Map<string, Evaluator | null>();
  private readonly keys = new WeakMap<Fields, string>();
  private instances = 0;
  private readonly first: Evaluator;
  private readonly memo: Memo;

  /** `document` is what `base` was built from: what every shrink starts with. */
  constructor(
    readonly document: Fields,
    readonly base: Base,
    private readonly options: TrialsOptions,
  ) {
    this.first = new Evaluator(base);
    this.memo = new LayeredMemo(decisionsKept, options.shared ?? null);
  }

  /** Null: the document is no scenario any more. */
  baseFor(document: Fields): Base | null {
    return this.evaluatorOf(document)?.base ?? null;
  }

  /** What was decided wrongly in a case, of one property. */
  decisions({ document, item }: Subject, property: PropertyRule): readonly Decision[] {
    if (document === this.document) {
      const judged = this.options.judged?.(item, property) ?? null;
      if (judged !== null) return judged;
    }
    const key = longHash(
      `${this.keyOf(document)} ${property.name} ${JSON.stringify([item.documents, item.events, item.luck])}`,
    );
    const told = this.memo.get(key);
    if (told !== null) return JSON.parse(told) as readonly Decision[];
    const evaluator = this.evaluatorOf(document);
    const found = evaluator === null ? [] : violationsOf(evaluator.evaluate(item, [property]).verdicts);
    this.memo.set(key, JSON.stringify(found));
    return found;
  }

  private keyOf(document: Fields): string {
    const key = this.keys.get(document) ?? longHash(JSON.stringify(document));
    this.keys.set(document, key);
    return key;
  }

  private evaluatorOf(document: Fields): Evaluator | null {
    if (document === this.document) return this.first;
    const key = this.keyOf(document);
    const known = this.evaluators.get(key);
    const evaluator = known === undefined ? this.build(document) : known;
    if (known === undefined) this.instances += instancesOf(evaluator);
    this.evaluators.delete(key);
    this.evaluators.set(key, evaluator);
    for (const [oldest, gone] of this.evaluators) {
      if (this.instances <= instancesKept || oldest === key) break;
      this.evaluators.delete(oldest);
      this.instances -= instancesOf(gone);
    }
    return evaluator;
  }

  private build(document: Fields): Evaluator | null {
    const { scenario, catalogue, known } = this.options;
    const variant = parseVariantDocument(document, known);
    if (!variant.ok) return null;
    const base = buildBase(scenario, variant.value, [], catalogue);
    return base.ok ? new Evaluator(base.value) : null;
  }
}

const instancesOf = (evaluator: Evaluator | null): number => evaluator?.base.run.fleet.instanceCount ?? 0;
