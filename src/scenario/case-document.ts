/** A case as a scenario file writes it, and back: durations as texts, everything else as it is. */
import { formatDuration, parseDuration } from "../base/duration.js";
import type { Json } from "../base/json.js";
import { type CaseEvent, type CaseSpec, drawPurposes } from "./case.js";
import type { CaseDocumentShape } from "./case-schema.js";

/** Fields that hold a time end in Ms inside and lose it in the file. */
const timeFields: Readonly<Record<string, string>> = { at: "atMs", for: "forMs", by: "byMs" };
const timeNames: Readonly<Record<string, string>> = { atMs: "at", forMs: "for", byMs: "by" };

const toMs = (text: string): number =>
  text.startsWith("-") ? -(parseDuration(text.slice(1)) ?? 0) : (parseDuration(text) ?? 0);
const fromMs = (ms: number): string => (ms < 0 ? `-${formatDuration(-ms)}` : formatDuration(ms));

export function toCase(shape: CaseDocumentShape, recipe: CaseSpec["recipe"]): CaseSpec {
  return {
    base: shape.base,
    property: shape.property,
    witness: shape.witness,
    luck: {
      ...shape.luck,
      pinned: shape.luck.pinned === "all" ? drawPurposes : (shape.luck.pinned ?? []),
    },
    documents: (shape.documents ?? []).map(({ was, ...document }) =>
      was === undefined ? document : { ...document, was },
    ),
    events: (shape.events ?? []).map(
      (item) =>
        Object.fromEntries(
          Object.entries(item).map(([key, value]) =>
            timeFields[key] === undefined ? [key, value] : [timeFields[key], toMs(value as string)],
          ),
        ) as unknown as CaseEvent,
    ),
    recipe,
  };
}

/** What a file keeps under `case:`; the recipe goes to `mutations:`. */
export function fromCase(item: CaseSpec): Json {
  const { base, property, witness, luck, documents, events } = item;
  return {
    property,
    witness: { ...witness },
    base,
    luck: {
      seed: luck.seed,
      replication: luck.replication,
      ...(luck.pinned.length === 0
        ? {}
        : { pinned: luck.pinned.length === drawPurposes.length ? "all" : [...luck.pinned] }),
    },
    ...(documents.length === 0
      ? {}
      : {
          documents: documents.map(({ id, version, text, was }) => ({
            id,
            version,
            text,
            ...(was === undefined ? {} : { was }),
          })),
        }),
    ...(events.length === 0
      ? {}
      : {
          events: events.map(
            (item) =>
              Object.fromEntries(
                Object.entries(item).map(([key, value]) =>
                  timeNames[key] === undefined ? [key, value] : [timeNames[key], fromMs(value as number)],
                ),
              ) as Json,
          ),
        }),
  };
}
