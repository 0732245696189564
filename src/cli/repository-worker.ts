/** A thread that tries the edits of its part of the files, and says what they take away. */
import { parentPort, workerData } from "node:worker_threads";
import type { ImportOptions, Tree } from "../importers/contract.js";
import { importers } from "../importers/importers.js";
import { standingOf } from "../importers/judge/consequences.js";
import { HazardSearch, type Tally } from "../importers/judge/hazards.js";
import type { Part } from "../importers/judge/single-edits.js";

export interface RepositoryTask {
  readonly format: string;
  readonly tree: Tree;
  readonly options: ImportOptions;
  readonly part: Part;
  /** One Int32: 1 as soon as everybody is to stop. */
  readonly stop: SharedArrayBuffer;
}

export type RepositoryNews =
  | { readonly kind: "progress"; readonly tried: number }
  | { readonly kind: "done"; readonly tally: Tally };

/** Edits between two reports of progress. */
const slice = 64;

const { format, tree, options, part, stop } = workerData as RepositoryTask;
const flag = new Int32Array(stop);
const importer = importers.find((item) => item.format === format)!;
const search = new HazardSearch(tree, standingOf(importer.read(tree, options)), importer, options);
const tell = (news: RepositoryNews): void => parentPort!.postMessage(news);
for (const edit of search.edits(part)) {
  if (Atomics.load(flag, 0) === 1) break;
  search.try(edit);
  if (search.tally.tried % slice === 0) tell({ kind: "progress", tried: slice });
}
tell({ kind: "done", tally: search.tally });
