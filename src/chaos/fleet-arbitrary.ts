/**
 * Random fleets for tests with fast-check: whole scenarios, and their parts. What is drawn always parses and builds, and
 * shrinks to one service, one manager and one small change.
 */
import * as fc from "fast-check";
import type { Json } from "../base/json.js";
import { guardCatalogue } from "../models/guards/catalogue.js";
import { managerModels } from "../models/managers/catalogue.js";
import {
  type ChangeDraft,
  fleetDocument,
  type ManagerDraft,
  type NeedDraft,
  regionsOf,
  type ServiceDraft,
} from "./fleet-document.js";

/** Sizes are the largest that are drawn. */
export interface FleetOptions {
  readonly services?: number;
  readonly regions?: number;
  readonly groups?: number;
  readonly managers?: number;
  readonly changes?: number;
  /** Models and guards to draw from; left out: those that come with fleetquake. */
  readonly models?: readonly string[];
  readonly guards?: readonly string[];
  /** Hard, startup and other needs may go round in circles. */
  readonly cyclic?: boolean;
}

/** A scenario as its YAML file would say it: `parseScenario(JSON.stringify(document), "generated.yaml")`. */
export type FleetDocument = { readonly [key: string]: Json };

const sizes = { services: 8, regions: 6, groups: 3, managers: 2, changes: 2 } as const;
const number = fc.nat({ max: 63 });

export function fleetScenario(options: FleetOptions = {}): fc.Arbitrary<FleetDocument> {
  const { services, managers, changes } = { ...sizes, ...options };
  return fc
    .record({
      regions: groupSizes(options),
      services: fc.array(serviceDraft, { minLength: 1, maxLength: services }),
      managers: fc.array(managerDraft(options), { minLength: 1, maxLength: managers }),
      changes: fc.array(changeDraft, { minLength: 1, maxLength: changes }),
      used: fc.array(number, { minLength: 1, maxLength: 3 }),
      cyclic: fc.constant(options.cyclic ?? false),
    })
    .map(fleetDocument);
}

/** The section `regions:` of a scenario. */
export const fleetRegions = (options: FleetOptions = {}): fc.Arbitrary<FleetDocument> =>
  groupSizes(options).map(regionsOf);

/** The name of a model with guards, as under `managers:`. */
export const fleetManager = (options: FleetOptions = {}): fc.Arbitrary<FleetDocument> =>
  managerDraft(options).map(({ model, cells, guards, stored }) => ({
    model,
    cells,
    guards: { add: [...guards], stored },
  }));

/** Numbers of regions, one a group, no more regions in all than asked for. */
function groupSizes(options: FleetOptions): fc.Arbitrary<readonly number[]> {
  const { regions, groups } = { ...sizes, ...options };
  const most = Math.max(1, Math.min(groups, regions));
  const each = Math.max(1, Math.floor(regions / most));
  return fc.array(fc.integer({ min: 1, max: each }), { minLength: 1, maxLength: most });
}

const plainNeed: fc.Arbitrary<NeedDraft> = fc.record({
  kind: fc.constantFrom("hard" as const, "soft" as const, "startup" as const),
  to: number,
  graced: fc.boolean(),
});

const need: fc.Arbitrary<NeedDraft> = fc.oneof(
  { weight: 4, arbitrary: plainNeed },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("any" as const), to: number, or: number, both: fc.boolean() }),
  },
);

const serviceDraft: fc.Arbitrary<ServiceDraft> = fc.record({
  owner: fc.option(number, { freq: 8 }),
  placement: fc.constantFrom("regional" as const, "group" as const, "global" as const),
  deployMinutes: fc.integer({ min: 1, max: 30 }),
  needs: fc.uniqueArray(need, { maxLength: 3, selector: (item) => item.to }),
  byHand: fc.boolean(),
  protect: fc.boolean(),
  losesState: fc.boolean(),
});

function managerDraft({ models, guards }: FleetOptions): fc.Arbitrary<ManagerDraft> {
  const guardNames = guards ?? guardCatalogue.map((guard) => guard.name);
  return fc.record({
    model: fc.constantFrom(...(models ?? managerModels.map((model) => model.name))),
    cells: fc.constantFrom("global" as const, "by-group" as const, "by-region" as const),
    inside: fc.boolean(),
    deployedBy: fc.option(number, { freq: 2 }),
    guards: fc.subarray([...guardNames], { maxLength: Math.min(3, guardNames.length) }),
    stored: fc.constantFrom("external" as const, "in-configuration" as const),
    defect: fc.boolean(),
  });
}

const changeDraft: fc.Arbitrary<ChangeDraft> = fc.record({
  intend: fc.constantFrom(
    "remove" as const,
    "add" as const,
    "update" as const,
    "rename" as const,
    "migrate" as const,
  ),
  targets: fc.array(number, { minLength: 1, maxLength: 2 }),
  to: number,
  approved: fc.boolean(),
  scoped: fc.boolean(),
});
