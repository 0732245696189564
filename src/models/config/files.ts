/** Documents that are files of a foreign format. Their ids cannot be taken for those of documents that a fleet gives. */
import type { Doc } from "../managers/contract.js";
import type { ImportedSpec } from "./spec.js";

const prefix = "files/";

export const isFile = ({ id }: Pick<Doc, "id">): boolean => id.startsWith(prefix);

/** Its path in the user's folder. */
export const pathOf = ({ id }: Pick<Doc, "id">): string => id.slice(prefix.length);

export const filesOf = ({ documents }: ImportedSpec): readonly Doc[] =>
  documents.map(({ id, text }) => ({ id: `${prefix}${id}`, version: 1, text }));
