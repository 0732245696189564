/** Loads what is not ours away from the main thread, which stays able to end it, and says what it is. */
import { parentPort, workerData } from "node:worker_threads";
import type { Issue } from "../../base/issue.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";
import type { CatalogueRequest } from "./manager-option.js";
import { openCatalogue, type SharedWatch } from "./open-catalogue.js";

export interface DescribeSetup {
  readonly request: CatalogueRequest;
  readonly watch: SharedWatch;
}

export type Described = Omit<ManagerModel, "build">;

export type Description =
  | { readonly models: readonly Described[] }
  | { readonly issues: readonly Issue[] }
  | { readonly bug: string; readonly stack: string };

async function describe(): Promise<Description> {
  const { request, watch } = workerData as DescribeSetup;
  const opened = await openCatalogue(request, watch);
  if (!opened.ok) return { issues: opened.error };
  const { catalogue, close } = opened.value;
  const labels = request.managers.map(({ source }) => source.label);
  const models = catalogue.managers
    .filter((model) => labels.includes(model.name))
    .map(({ name, about, policy, guards }) => ({ name, about, policy, guards }));
  close();
  return { models };
}

describe()
  .catch((error: unknown): Description => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { bug: message, stack: stack ?? "" };
  })
  .then((description) => parentPort?.postMessage(description));
