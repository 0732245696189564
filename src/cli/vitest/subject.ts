/** The manager of a suite: a value of this thread, a name of the catalogue, or a module or program that threads open. */
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { contain } from "../../live/contain.js";
import { ManagerFault } from "../../live/fault.js";
import { type BareManager, modelOf } from "../../live/model-of.js";
import { managerModels } from "../../models/managers/catalogue.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";
import { builtIn, type FullCatalogue } from "../catalogue.js";
import { type CatalogueRequest, catalogueRequest, type Replacement } from "../foreign/manager-option.js";
import { managerTimeoutDefaultMs, type SuiteSettings } from "./options.js";

/**
 * What `defineManager` returns; bare functions `{ name, step }`; the name of a manager of the catalogue; or, as for
 * `--manager`, the path of a module or `exec:` and a command. Only the last two can be ended when a call never returns.
 */
export type ManagerUnderTest = ManagerModel | BareManager | string;

export type Subject =
  | {
      readonly kind: "here";
      readonly name: string;
      readonly catalogue: FullCatalogue;
      readonly replacement: Replacement;
      /** Somebody else wrote it: equal readings may still differ for it. */
      readonly foreign: boolean;
      /** Asks it a sample of the run again, in another order. Throws a ManagerFault. */
      verify(): void;
    }
  | {
      readonly kind: "elsewhere";
      readonly name: string;
      readonly request: CatalogueRequest;
      readonly option: string;
    };

export function subjectOf(
  manager: ManagerUnderTest,
  {
    as = null,
    managerTimeoutMs = managerTimeoutDefaultMs,
  }: Partial<Pick<SuiteSettings, "as" | "managerTimeoutMs">>,
): Result<Subject, readonly Issue[]> {
  const known = managerModels.find((model) => model === manager || model.name === manager);
  if (known !== undefined) {
    const replacement = { as, source: { label: known.name } };
    const { name } = known;
    return ok({ kind: "here", name, catalogue: builtIn, replacement, foreign: false, verify: () => {} });
  }
  if (typeof manager === "string") {
    const request = catalogueRequest({
      load: [],
      manager: [manager],
      managerTimeout: managerTimeoutMs,
      ...(as === null ? {} : { as }),
    });
    if (request.ok) return ok({ kind: "elsewhere", name: manager, request: request.value, option: manager });
    const names = managerModels.map(({ name }) => name).join(", ");
    return err(
      request.error.map((issue) => ({ ...issue, expected: `${issue.expected}; or one of ${names}` })),
    );
  }
  return contained(manager, as);
}

function contained(manager: unknown, as: string | null): Result<Subject, readonly Issue[]> {
  const given = (manager as { readonly name?: unknown } | null)?.name;
  const label = typeof given === "string" && given !== "" ? given : "managerSuite";
  let model: ManagerModel;
  try {
    model = modelOf(manager, { label, manager: null, request: () => "" });
  } catch (error) {
    if (error instanceof ManagerFault) return err(error.issues);
    throw error;
  }
  if (managerModels.some(({ name }) => name === model.name)) {
    const message = `the catalogue has a manager "${model.name}" of its own`;
    return err([
      { code: "name-taken", severity: "error", file: label, message, hint: "give yours another name" },
    ]);
  }
  const { model: held, verify } = contain(model, { label, twice: true });
  return ok({
    kind: "here",
    name: model.name,
    catalogue: { ...builtIn, managers: [...builtIn.managers, held] },
    replacement: { as, source: { label: model.name } },
    foreign: true,
    verify: () => verify(model),
  });
}
