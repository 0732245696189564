/** What a world of commands is made of: a scenario without its own changes and faults, and who plays in it. */
import { formatIssue, type Issue } from "../base/issue.js";
import type { Result } from "../base/result.js";
import { contain } from "../live/contain.js";
import { ManagerFault } from "../live/fault.js";
import { type BareManager, modelOf } from "../live/model-of.js";
import { hardClosure } from "../models/fleet/hard-closure.js";
import type { Name } from "../models/fleet/spec.js";
import { guardCatalogue } from "../models/guards/catalogue.js";
import { managerModels } from "../models/managers/catalogue.js";
import type { ManagerModel } from "../models/managers/define-manager.js";
import { buildRun } from "../scenario/build-run.js";
import { parseScenario } from "../scenario/parse.js";
import type { Run } from "../scenario/run.js";
import type { Scenario, Spec, Variant } from "../scenario/scenario.js";
import { starter } from "../scenario/starter.js";

/** What `defineManager` returns, bare functions `{ name, step }`, or the name of a manager of the catalogue. */
export type ManagerInTest = ManagerModel | BareManager | string;

export interface CommandBaseOptions {
  /** Text of a scenario file, or a parsed scenario. Default: the small fleet that `fleetquake init` writes. */
  readonly scenario?: string | Scenario;
  /** Default: the first. */
  readonly variant?: string;
  /** Name of the manager that is tested; default: the first of the scenario. */
  readonly as?: string;
}

/** Where commands take place. Changes and faults of the scenario are left out: commands bring their own. */
export interface CommandBase {
  readonly scenario: string;
  readonly variant: Variant;
  readonly manager: Name;
  /** Services of that manager that may be removed: neither a manager nor a customer hangs on them. In canonical order. */
  readonly removable: readonly Name[];
  /** By service: what cannot do without it. */
  readonly neededBy: ReadonlyMap<Name, readonly Name[]>;
}

/** A month: no list of commands takes longer. */
const horizonMs = 30 * 24 * 3_600_000;

export function must<T>(result: Result<T, readonly Issue[]>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.map(formatIssue).join("\n"));
}

/** Throws an Error that names everything that is wrong with the scenario. */
export function commandBase({ scenario = starter, variant, as }: CommandBaseOptions = {}): CommandBase {
  const file = typeof scenario === "string" ? "scenario.yaml" : `${scenario.name}.yaml`;
  const text = typeof scenario === "string" ? scenario : JSON.stringify(scenario.document);
  const known = {
    managers: managerModels.map(({ name }) => name),
    guards: guardCatalogue.map(({ name }) => name),
  };
  const parsed = must(parseScenario(text, file, { known })).scenario;
  const chosen = parsed.variants.find(({ name }) => variant === undefined || name === variant);
  if (chosen === undefined) {
    const names = parsed.variants.map(({ name }) => name).join(", ");
    throw new Error(`there is no variant "${variant}"; expected one of ${names}`);
  }
  const spec: Spec = { ...chosen.spec, changes: [], faults: [], mutations: [], case: null, horizonMs };
  const names = spec.managers.map(({ name }) => name);
  const manager = as ?? names[0];
  if (manager === undefined || !names.includes(manager))
    throw new Error(`there is no manager "${manager ?? ""}"; expected one of ${names.join(", ")}`);
  return { scenario: parsed.name, variant: { ...chosen, spec }, manager, ...needsOf(spec, manager) };
}

function needsOf(spec: Spec, manager: Name): Pick<CommandBase, "removable" | "neededBy"> {
  const { fleet, managers } = spec;
  const roots = [
    ...managers.flatMap(({ service, reads }) => (service === null ? reads : [service, ...reads])),
    ...fleet.capabilities.flatMap(({ service, alsoServices }) => [service, ...alsoServices]),
  ];
  const vital = new Set(roots.flatMap((name) => [name, ...hardClosure(fleet, name)]));
  const neededBy = new Map<Name, Name[]>();
  for (const service of fleet.services)
    for (const need of service.needs) {
      if (need.kind === "soft") continue;
      for (const name of need.kind === "any" ? need.of : [need.service])
        neededBy.set(name, [...(neededBy.get(name) ?? []), service.name]);
    }
  const own = fleet.services.filter((service) => service.manager === manager).map(({ name }) => name);
  return { removable: own.filter((name) => !vital.has(name)), neededBy };
}

/** The run of a base with this manager in it, held to the contract unless it comes with fleetquake. */
export function runOf({ scenario, variant, manager: role }: CommandBase, manager: ManagerInTest): Run {
  const model = modelFor(manager);
  const managers = variant.spec.managers.map((spec) =>
    spec.name === role ? { ...spec, model: model.name } : spec,
  );
  const others = managerModels.filter(({ name }) => name !== model.name);
  const catalogue = { managers: [model, ...others], guards: guardCatalogue };
  return must(buildRun(scenario, { ...variant, spec: { ...variant.spec, managers } }, catalogue));
}

export function modelFor(manager: ManagerInTest): ManagerModel {
  const known = managerModels.find((model) => model === manager || model.name === manager);
  if (known !== undefined) return known;
  if (typeof manager === "string") {
    const names = managerModels.map(({ name }) => name).join(", ");
    throw new Error(`there is no manager "${manager}"; expected one of ${names}`);
  }
  const label = String(manager.name);
  return told(() => {
    const model = modelOf(manager, { label, manager: null, request: () => "" });
    return contain(model, { label, twice: true }).model;
  });
}

/** A manager that turns out to be broken is told in words; where it threw itself, that is the cause. */
export function told<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ManagerFault)) throw error;
    const { issues, cause } = error;
    throw new Error(issues.map(formatIssue).join("\n"), cause === undefined ? undefined : { cause });
  }
}
