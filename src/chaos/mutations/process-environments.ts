/** Environments that are not alike: staging that lacks the trigger (P11), files of another environment (P12). */
import { compareNatural } from "../../base/order.js";
import { isTicket } from "../../models/config/ticket.js";
import type { Name } from "../../models/fleet/spec.js";
import type { Doc } from "../../models/managers/contract.js";
import type { CaseEvent } from "../../scenario/case.js";
import type { Run } from "../../scenario/run.js";
import { contentOf, type Material, type PatchDocument, writeValue } from "./material.js";
import { processOperator, type Variation } from "./process-operator.js";
import { afterLastChange, deliver, newVersion, soonMs, stemOf } from "./process-places.js";

const inStaging = (id: string, version: number, text: string | null): CaseEvent => ({
  e: "staging",
  id,
  version,
  text,
});

/** Services that some change is about. */
function concerned(run: Run): readonly Name[] {
  const names = run.changes.flatMap((change) =>
    change.spec.intend.flatMap((item): readonly Name[] => {
      if (item.kind === "rename" || item.kind === "migrate") return [item.service];
      return item.services;
    }),
  );
  return [...new Set(names)].sort(compareNatural);
}

interface Reference {
  readonly doc: Doc;
  readonly key: "manages" | "needs";
  readonly at: number;
}

/** Where a service is listed or needed in the first configuration. */
function referencesTo(material: Material, service: Name): readonly Reference[] {
  const found: Reference[] = [];
  for (const doc of material.view(1)) {
    if (isTicket(doc) || doc.id === `applications/${service}.yaml`) continue;
    const content = contentOf(doc);
    if (typeof content !== "object" || content === null || Array.isArray(content)) continue;
    for (const key of ["manages", "needs"] as const) {
      const list = (content as { readonly [key: string]: unknown })[key];
      const at = Array.isArray(list) ? list.indexOf(service) : -1;
      if (at >= 0) found.push({ doc, key, at });
    }
  }
  return found;
}

/** A document as it is without the `at`th item of one of its lists. */
function without({ doc, key, at }: Reference): string {
  const content = contentOf(doc) as { readonly [key: string]: unknown };
  const list = (content[key] as readonly unknown[]).filter((_, k) => k !== at);
  return writeValue({ ...content, [key]: list } as Parameters<typeof writeValue>[0]);
}

export const stagingDrift = processOperator({
  id: "P11",
  name: "staging-drift",
  about:
    "Staging lacks what triggers the failure: an application, a reference to it, or the mistake of the change.",
  precondition: "a change that is tried in staging first",
  incident: "B1: the removal did nothing bad in staging, with the same version of the manager",
  class: "external",
  variations: (material) => {
    const { run } = material.base;
    const lacking = concerned(run).flatMap((service): readonly Variation[] => {
      const id = `applications/${service}.yaml`;
      const references = referencesTo(material, service);
      const gone = references.map((item) => inStaging(item.doc.id, 1, without(item)));
      const missing: readonly Variation[] =
        material.document(id, 1) === undefined
          ? []
          : [
              {
                site: stemOf(id),
                label: `staging has no ${service}`,
                events: [inStaging(id, 1, null), ...gone],
              },
            ];
      return [
        ...missing,
        ...references.map((item, k) => ({
          site: `${stemOf(item.doc.id)}#/${item.key}/${item.at}`,
          label: `in staging ${stemOf(item.doc.id)} does not name ${service}`,
          events: [gone[k]!],
        })),
      ];
    });
    return [...lacking, ...withoutMistakes(material), ...withoutMutations(material)];
  },
});

/** Documents that a defect left wrong, as the change meant them. */
function withoutMistakes(material: Material): readonly Variation[] {
  const { repaired, documents, version } = material.lastChange;
  const actual = new Map(documents.map((doc) => [doc.id, doc.text]));
  return repaired
    .filter((doc) => !isTicket(doc) && actual.get(doc.id) !== doc.text)
    .map((doc) => ({
      site: `${stemOf(doc.id)} as meant`,
      label: `in staging the change leaves ${stemOf(doc.id)} as it was meant`,
      events: [inStaging(doc.id, version, doc.text)],
    }));
}

/** Documents that other mutations of this case struck, as they are without them. */
function withoutMutations(material: Material): readonly Variation[] {
  const { run } = material.base;
  return material.documents
    .filter((document) => document.version <= material.version)
    .map(({ id, version }) => {
      const plain = version === 1 ? run.documents : run.changes[version - 2]!.documents;
      const text = plain.find((doc) => doc.id === id)?.text ?? null;
      return {
        site: `${stemOf(id)} of version ${version} untouched`,
        label: `in staging nobody touched ${stemOf(id)}`,
        events: [inStaging(id, version, text)],
      };
    });
}

export const wrongEnvironment = processOperator({
  id: "P12",
  name: "wrong-environment",
  about: "The files of another environment are applied to this one.",
  precondition: "another variant of the scenario whose documents differ",
  incident: "production files in staging, or the reverse; F5, a restored state of elsewhere",
  class: "external",
  variations: (material) =>
    material.base.elsewhere.flatMap(({ name, run }): readonly Variation[] => {
      const version = newVersion(material);
      const documents = takenFromElsewhere(material, run, version);
      if (documents.length === 0) return [];
      return [
        {
          site: name,
          label: `the files of ${name} are applied`,
          events: deliver({
            atMs: afterLastChange(material, soonMs),
            version,
            text: `somebody applies the files of ${name}`,
          }),
          documents: () => documents,
        },
      ];
    }),
});

/** What has to be written and removed for the files of there to be here; the ledger of tickets stays. */
function takenFromElsewhere(material: Material, there: Run, version: number): readonly PatchDocument[] {
  const theirs = there.changes.at(-1)?.documents ?? there.documents;
  const texts = new Map(theirs.filter((doc) => !isTicket(doc)).map((doc) => [doc.id, doc.text]));
  const ours = new Map(
    material
      .view(version)
      .filter((doc) => !isTicket(doc))
      .map((doc) => [doc.id, doc.text]),
  );
  const ids = [...new Set([...ours.keys(), ...texts.keys()])].sort(compareNatural);
  return ids
    .filter((id) => ours.get(id) !== texts.get(id))
    .map((id) => ({ id, version, text: texts.get(id) ?? null }));
}
