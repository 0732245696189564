/**
 * Operators from strikes: one mutation each at one site of one document. Sites, labels and patches come from the same
 * enumeration, so a site that another mutation took is simply not in it any more.
 */
import type { Json } from "../../base/json.js";
import type { Doc } from "../../models/managers/contract.js";
import { type Facts, factsOf } from "./facts.js";
import type { Material, Patch, PatchDocument } from "./material.js";
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";

export interface Strike {
  readonly site: string;
  readonly label: () => string;
  readonly patch: () => Patch;
}

export interface OperatorDefinition extends Omit<Operator, "sites" | "apply" | "label"> {
  /** The sites in one document that managers read, in canonical order: what it costs to apply one. */
  readonly strikesIn?: (doc: Doc, facts: Facts) => Iterable<Strike>;
  /** Sites that are no single document. */
  readonly strikesAcross?: (facts: Facts) => Iterable<Strike>;
}

export function defineOperator({ strikesIn, strikesAcross, ...operator }: OperatorDefinition): Operator {
  const known = new WeakMap<Material, readonly string[]>();
  const find = (material: Material, site: string): Strike | null => {
    const facts = factsOf(material);
    const doc = facts.documentAt(site);
    const strikes = doc === undefined ? strikesAcross?.(facts) : strikesIn?.(doc, facts);
    for (const strike of strikes ?? []) if (strike.site === site) return strike;
    return null;
  };
  return {
    ...operator,
    sites: (material) => {
      let sites = known.get(material);
      if (sites === undefined) {
        const facts = factsOf(material);
        const strikes = [
          ...(strikesIn === undefined ? [] : facts.documents.flatMap((doc) => [...strikesIn(doc, facts)])),
          ...(strikesAcross?.(facts) ?? []),
        ];
        // Two documents that go by one name can be the same site twice; the first one is meant.
        sites = [...new Set(strikes.map((strike) => strike.site))];
        known.set(material, sites);
      }
      return sites;
    },
    apply: (material, site) => find(material, site)?.patch() ?? null,
    label: (material, site) =>
      find(material, site)?.label() ?? `${operator.name} at ${site}, which is not there any more`,
  };
}

/** A strike that writes one document anew. */
export const writes = (
  doc: Doc,
  facts: Facts,
  site: string,
  label: () => string,
  value: () => Json,
): Strike => ({ site, label, patch: () => ({ documents: [written(doc.id, facts, value())] }) });

export const written = (id: string, { version }: Facts, value: Json): PatchDocument => ({
  id,
  version,
  value,
});
export const dropped = (id: string, { version }: Facts): PatchDocument => ({ id, version, text: null });

/** A strike that replaces the characters from `start` to `end` of a document's text. */
export const splices = (
  doc: Doc,
  facts: Facts,
  place: string,
  [start, end]: readonly [start: number, end: number],
  insert: string,
  label: () => string,
): Strike => ({
  site: `${stemOf(doc.id)}${place}`,
  label,
  patch: () => ({
    documents: [
      { id: doc.id, version: facts.version, text: doc.text.slice(0, start) + insert + doc.text.slice(end) },
    ],
  }),
});
