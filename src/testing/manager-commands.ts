/** What operators, machines and accidents do to a manager, as commands for fast-check's model-based testing. */
import * as fc from "fast-check";
import { nearestName } from "../base/issue.js";
import { mutationCatalogue } from "../chaos/mutations/catalogue.js";
import type { Operator } from "../chaos/mutations/operator.js";
import type { Name } from "../models/fleet/spec.js";
import { propertyCatalogue } from "../models/judging/catalogue.js";
import type { PropertyRule } from "../models/judging/rule.js";
import { ManagerWorld } from "./manager-world.js";
import { type CommandBase, commandBase, type ManagerInTest, runOf } from "./world-base.js";

/** What the operators mean the fleet to be; a manager that works gets there once nothing is in its way. */
export interface OperatorIntent {
  readonly wanted: Set<Name>;
  /** Removed by ticket. */
  readonly removed: Set<Name>;
  /** Changes that were committed. */
  changes: number;
}

export type ManagerCommand = fc.Command<OperatorIntent, ManagerWorld>;

export const commandNames = [
  "remove",
  "update",
  "corrupt",
  "mistake",
  "repair",
  "restart",
  "fail-over",
  "source-unavailable",
  "redeliver",
  "wait",
  "settle",
] as const;
export type CommandName = (typeof commandNames)[number];

export interface CommandOptions {
  /** Most commands in a list; default 12. */
  readonly maxCommands?: number;
  /** Only these; default: all. */
  readonly only?: readonly CommandName[];
}

export interface SetupOptions {
  /** Rules that no command may break; default: no-self-removal, no-collateral-removal, no-cascading-outage, fail-static. */
  readonly properties?: readonly string[];
  /** Luck of the simulated people and deploys, uint32; default 1. */
  readonly seed?: number;
}

const rulesDefault = ["no-self-removal", "no-collateral-removal", "no-cascading-outage", "fail-static"];
const minuteMs = 60_000;

const operatorsAt = (level: Operator["level"]): readonly Operator[] =>
  mutationCatalogue.filter((operator) => operator.level === level);

/**
 * Lists of commands for `fc.modelRun`. Each looks after itself whether the rules still hold; `settle` also looks whether
 * the manager arrives at what was meant.
 */
export function managerCommands(
  base: CommandBase = commandBase(),
  { maxCommands = 12, only = commandNames }: CommandOptions = {},
): fc.Arbitrary<Iterable<ManagerCommand>> {
  const unknown = only.find((name) => !commandNames.includes(name));
  if (unknown !== undefined)
    throw new Error(`there is no command "${unknown}"; expected some of ${commandNames.join(", ")}`);
  const arbitraries = only.flatMap((name) => arbitrariesOf(base)[name]);
  return fc.commands(arbitraries, { maxCommands, size: "max" });
}

/** The setup for `fc.modelRun`: a new world with this manager in it, in which everything runs as it should. */
export function managerSetup(
  manager: ManagerInTest,
  base: CommandBase = commandBase(),
  { properties = rulesDefault, seed = 1 }: SetupOptions = {},
): fc.ModelRunSetup<OperatorIntent, ManagerWorld> {
  const rules = properties.map(ruleOf);
  const run = runOf(base, manager);
  return () => ({
    model: { wanted: new Set(run.fleet.serviceNames), removed: new Set(), changes: 0 },
    real: new ManagerWorld(run, rules, seed),
  });
}

function ruleOf(name: string): PropertyRule {
  const found = propertyCatalogue.find((property) => property.name === name);
  if (found !== undefined && found.companions === undefined) return found;
  const judged = propertyCatalogue
    .filter(({ companions }) => companions === undefined)
    .map((item) => item.name);
  const near = nearestName(name, judged);
  const hint = near === undefined ? `expected some of ${judged.join(", ")}` : `did you mean "${near}"?`;
  throw new Error(
    found === undefined
      ? `there is no property "${name}"; ${hint}`
      : `${name} compares whole runs, which commands do not have; expected some of ${judged.join(", ")}`,
  );
}

function command(
  text: string,
  run: (model: OperatorIntent, real: ManagerWorld) => void,
  check: (model: Readonly<OperatorIntent>) => boolean = () => true,
): ManagerCommand {
  return { check, run, toString: () => text };
}

type Arbitraries = Readonly<Record<CommandName, readonly fc.Arbitrary<ManagerCommand>[]>>;

function arbitrariesOf({ manager, removable, neededBy, variant }: CommandBase): Arbitraries {
  /** How long until the next thing happens. */
  const soon = fc.constantFrom(1, 5, 20, 90);
  const lasting = fc.constantFrom(2, 15, 120);
  const own = variant.spec.fleet.services.filter((service) => service.manager === manager);
  const serviceNames = own.map(({ name }) => name);
  const ifAny = <T>(items: readonly T[], make: (item: fc.Arbitrary<T>) => fc.Arbitrary<ManagerCommand>) =>
    items.length === 0 ? [] : [make(fc.constantFrom(...items))];
  const removal = (service: Name, minutes: number): ManagerCommand =>
    command(
      `remove ${service}, ${minutes} min`,
      (model, real) => {
        model.wanted.delete(service);
        model.removed.add(service);
        model.changes++;
        real.intend({ kind: "remove", services: [service] }, `an operator removes ${service}, by ticket`);
        real.pass(minutes * minuteMs);
      },
      // Nobody removes on purpose what somebody still needs.
      ({ wanted }) =>
        wanted.has(service) && !(neededBy.get(service) ?? []).some((dependant) => wanted.has(dependant)),
    );
  const update = (service: Name, minutes: number): ManagerCommand =>
    command(
      `update ${service}, ${minutes} min`,
      (model, real) => {
        model.changes++;
        real.intend({ kind: "update", services: [service] }, `an operator updates ${service}`);
        real.pass(minutes * minuteMs);
      },
      ({ wanted }) => wanted.has(service),
    );
  const mistake = (operator: Operator, pick: number, minutes: number): ManagerCommand =>
    command(
      `${operator.level === "text" ? "corrupt" : "mistake"} ${operator.id} (${operator.name}) at place ${pick}, ${minutes} min`,
      (model, real) => {
        if (real.mistake(operator, pick)) model.changes++;
        real.pass(minutes * minuteMs);
      },
    );
  const committed = (level: Operator["level"]): fc.Arbitrary<ManagerCommand> =>
    fc
      .tuple(fc.constantFrom(...operatorsAt(level)), fc.nat({ max: 63 }), soon)
      .map((drawn) => mistake(...drawn));
  const faulty = (
    text: string,
    fault: Parameters<ManagerWorld["fault"]>[0],
    told: string,
    minutes: number,
  ): ManagerCommand =>
    command(`${text} ${fault.forMs / minuteMs} min, ${minutes} min`, (_, real) => {
      real.fault(fault, told);
      real.pass(minutes * minuteMs);
    });
  return {
    remove: ifAny(removable, (service) => fc.tuple(service, soon).map((drawn) => removal(...drawn))),
    update: ifAny(serviceNames, (service) => fc.tuple(service, soon).map((drawn) => update(...drawn))),
    corrupt: [committed("text")],
    mistake: [committed("structure")],
    repair: [
      soon.map((minutes) =>
        command(`repair, ${minutes} min`, (model, real) => {
          if (!real.isDamaged) return;
          model.changes++;
          real.repair();
          real.pass(minutes * minuteMs);
        }),
      ),
    ],
    restart: [
      fc
        .tuple(lasting, soon)
        .map(([lasts, minutes]) =>
          faulty(
            "restart",
            { what: "crash", of: manager, gives: "error", forMs: lasts * minuteMs },
            `${manager} is down`,
            minutes,
          ),
        ),
    ],
    "fail-over": [
      fc
        .tuple(lasting, soon)
        .map(([lasts, minutes]) =>
          faulty(
            "fail over",
            { what: "lease", of: manager, gives: "error", forMs: lasts * minuteMs },
            `${manager} loses its lease to another instance`,
            minutes,
          ),
        ),
    ],
    "source-unavailable": [
      fc
        .tuple(fc.constantFrom("error" as const, "empty" as const, "partial" as const), lasting, soon)
        .map(([gives, lasts, minutes]) =>
          faulty(
            `source gives ${gives}`,
            { what: "source", of: manager, gives, forMs: lasts * minuteMs },
            `the source of ${manager} gives ${gives === "error" ? "an error" : `a configuration that is ${gives}`}`,
            minutes,
          ),
        ),
    ],
    redeliver: [
      fc.tuple(fc.nat({ max: 3 }), soon).map(([back, minutes]) =>
        command(
          `redeliver, ${back} back, ${minutes} min`,
          (_, real) => {
            real.redeliver(back);
            real.pass(minutes * minuteMs);
          },
          ({ changes }) => changes > 0,
        ),
      ),
    ],
    wait: [
      fc.constantFrom(1, 6, 24).map((hours) =>
        command(`wait ${hours} h`, (_, real) => {
          real.pass(hours * 60 * minuteMs);
        }),
      ),
    ],
    settle: [
      fc.constant(
        command("settle", (model, real) => {
          model.changes++;
          real.settle(model.wanted, model.removed);
        }),
      ),
    ],
  };
}
