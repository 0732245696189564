/** How process operators are written: the variations that fit a material, each with its site, its label and its effect. */
import { canonicalJson, type Json } from "../../base/json.js";
import type { CaseEvent } from "../../scenario/case.js";
import type { Material, PatchDocument } from "./material.js";
import type { Operator } from "./operator.js";

export interface Variation {
  readonly site: string;
  readonly label: string;
  readonly events: readonly CaseEvent[];
  /** Documents of a version of its own; made when the variation is applied. */
  readonly documents?: () => readonly PatchDocument[];
}

export interface ProcessDefinition {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly precondition: string;
  readonly incident: string;
  /** Misconfiguration that comes from another environment counts as external, everything else as process. */
  readonly class?: Operator["class"];
  readonly variations: (material: Material) => readonly Variation[];
}

export function processOperator({ variations, ...definition }: ProcessDefinition): Operator {
  const known = new WeakMap<Material, ReadonlyMap<string, Variation>>();
  const of = (material: Material): ReadonlyMap<string, Variation> => {
    let fitting = known.get(material);
    if (fitting === undefined) {
      const all = variations(material).filter((item) => isInTime(material, item) && isNews(material, item));
      fitting = new Map(all.map((item) => [item.site, item]));
      known.set(material, fitting);
    }
    return fitting;
  };
  return {
    class: "process",
    ...definition,
    level: "process",
    sites: (material) => [...of(material).keys()],
    apply: (material, site) => {
      const found = of(material).get(site);
      if (found === undefined) return null;
      const documents = found.documents?.();
      return documents === undefined ? { events: found.events } : { documents, events: found.events };
    },
    label: (material, site) => of(material).get(site)?.label ?? site,
  };
}

/** What would come after the end of the run changes nothing. */
const isInTime = (material: Material, { events }: Variation): boolean =>
  events.every((event) => !("atMs" in event) || event.atMs < material.base.spec.horizonMs);

/** The very same events a second time change nothing. */
function isNews(material: Material, { events, documents }: Variation): boolean {
  if (documents !== undefined || material.events.length === 0) return true;
  const there = new Set(material.events.map(asText));
  return events.some((event) => !there.has(asText(event)));
}

const asText = (event: CaseEvent): string => canonicalJson(event as unknown as Json);
