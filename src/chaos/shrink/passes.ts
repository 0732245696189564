/** Everything that can be taken out of a subject, one removal at a time, in the order in which it is tried. */

import { withoutOneHunk } from "../../base/diff-lines.js";
import { drawPurposes } from "../../scenario/case.js";
import { dropRegions, dropScale } from "./drop-regions.js";
import { dropServices, referencesGone } from "./drop-services.js";
import { eachWithout, type Pass } from "./pass.js";
import {
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  mapTexts,
  type Subject,
  withKey,
  without,
  withoutListItem,
} from "./subject.js";

const dropDocuments: Pass = {
  name: "documents and events of the case",
  *candidates({ document, item }) {
    for (const documents of eachWithout(item.documents)) yield { document, item: { ...item, documents } };
    for (const events of eachWithout(item.events)) yield { document, item: { ...item, events } };
  },
};

const restoreHunks: Pass = {
  name: "changed lines",
  *candidates({ document, item }, texts) {
    for (let k = 0; k < item.documents.length; k++) {
      const doc = item.documents[k]!;
      const before = texts.get(doc.id);
      if (doc.text === null || before === undefined) continue;
      const versions = withoutOneHunk(before, doc.text);
      if (versions.length < 2) continue;
      for (const text of versions) {
        const documents = item.documents.map((other, j) => (j === k ? { ...other, text } : other));
        yield { document, item: { ...item, documents } };
      }
    }
  },
};

const dropNeeds: Pass = {
  name: "edges",
  *candidates({ document, item }) {
    const services = fieldsOf(document, "services");
    for (const [name, service] of Object.entries(services)) {
      if (!isFields(service)) continue;
      for (const needs of eachWithout(listOf(service["needs"]))) {
        const gone = listOf(service["needs"]).find((need) => !needs.includes(need));
        const target = isFields(gone) ? gone["service"] : gone;
        const changed = withKey(service, "needs", needs.length === 0 ? undefined : [...needs]);
        const documents = mapTexts(item.documents, (text, id) =>
          id === `applications/${name}.yaml` && typeof target === "string"
            ? withoutListItem(text, target)
            : text,
        );
        yield {
          document: { ...document, services: { ...services, [name]: changed } },
          item: { ...item, documents },
        };
      }
    }
  },
};

/** Whole entries of the file that nothing depends on any more. */
const dropEntries: Pass = {
  name: "managers, objects, capabilities, changes and faults",
  *candidates({ document, item }) {
    for (const key of ["managers", "objects", "capabilities"]) {
      for (const name of Object.keys(fieldsOf(document, key))) {
        const left = without(fieldsOf(document, key), name);
        const documents =
          key === "managers"
            ? item.documents.filter(
                (doc) => doc.id !== `managers/${name}.yaml` && !doc.id.startsWith(`managers/${name}.`),
              )
            : item.documents;
        yield {
          document: referencesGone(withKey(document, key, Object.keys(left).length === 0 ? undefined : left)),
          item: { ...item, documents },
        };
      }
    }
    for (const key of ["faults", "changes"]) {
      const all = listOf(document[key]);
      if (key === "changes" && all.length < 2) continue;
      for (const left of eachWithout(all)) {
        yield { document: withKey(document, key, left.length === 0 ? undefined : [...left]), item };
      }
    }
  },
};

/** Parts of entries that say nothing about the violation. */
const dropDetails: Pass = {
  name: "details",
  *candidates({ document, item }) {
    for (const key of ["demand", "response", "start", "limits"]) {
      if (document[key] !== undefined) yield { document: without(document, key), item };
    }
    for (const key of ["services", "capabilities", "managers"]) {
      const entries = fieldsOf(document, key);
      for (const [name, entry] of Object.entries(entries)) {
        if (!isFields(entry)) continue;
        for (const detail of Object.keys(entry)) {
          if (["manager", "service", "model", "needs", "placement", "guards"].includes(detail)) continue;
          yield {
            document: { ...document, [key]: { ...entries, [name]: without(entry, detail) } },
            item,
          };
        }
      }
    }
  },
};

/** A counterexample that holds with more guards on is the stronger one. */
const guardsOn: Pass = {
  name: "guards on",
  *candidates({ document, item }) {
    const managers = fieldsOf(document, "managers");
    for (const [name, manager] of Object.entries(managers)) {
      if (!isFields(manager) || !isFields(manager["guards"])) continue;
      const { guards } = manager as { guards: Fields };
      for (const drop of eachWithout(listOf(guards["drop"]))) {
        const changed = {
          ...manager,
          guards: withKey(guards, "drop", drop.length === 0 ? undefined : [...drop]),
        };
        yield { document: { ...document, managers: { ...managers, [name]: changed } }, item };
      }
    }
  },
};

/** Luck that does not matter is no luck: every kind of draw comes out at its median where the violation allows it. */
const pinLuck: Pass = {
  name: "luck",
  *candidates({ document, item }) {
    const free = drawPurposes.filter((purpose) => !item.luck.pinned.includes(purpose));
    const pin = (pinned: readonly string[]): Subject => ({
      document,
      item: {
        ...item,
        luck: { ...item.luck, pinned: drawPurposes.filter((purpose) => pinned.includes(purpose)) },
      },
    });
    if (free.length > 1) yield pin(drawPurposes);
    for (const purpose of free) yield pin([...item.luck.pinned, purpose]);
  },
};

export const passes: readonly Pass[] = [
  dropScale,
  dropDocuments,
  dropServices,
  dropRegions,
  dropNeeds,
  dropEntries,
  restoreHunks,
  dropDetails,
  guardsOn,
  pinLuck,
];
