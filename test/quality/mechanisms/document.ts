/** docs/incident-mechanisms.md. */
import type { Shrunk } from "../../../src/chaos/shrink/shrink.js";
import type { GuardSpec } from "../../../src/models/managers/contract.js";
import type { PolicyOverrides } from "../../../src/models/managers/policy.js";
import type { MutationSpec } from "../../../src/scenario/scenario.js";
import { tableOf } from "../../helpers/guard-document.js";
import type { Found } from "../planted/search.js";
import { inexpressible } from "./inexpressible.js";
import type { Mechanism } from "./mechanism.js";
import { randomCases } from "./model.js";

export interface Outcome {
  readonly mechanism: Mechanism;
  readonly found: Found;
  readonly shrunk: Shrunk;
  /** Cases of the whole search that what stops it is put to. */
  readonly cases: number;
}

const classes: Readonly<Record<string, string>> = {
  A: "An absent or failed list read as a wish to remove",
  B: "The manager removes itself, or more than it was asked to",
  C: "Identity: one thing under two names, two under one",
  D: "Ownership: what goes along with something else",
  E: "Deletions that fight",
  F: "Bad changes that wait, removals that are missed, states that come back",
};

const words = (text: string): string => text.replaceAll("|", "\\|");
const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;
const mutations = (recipe: readonly MutationSpec[]): string =>
  recipe.map(({ op, at }) => `${op} \`${words(at)}\``).join(", then ");

const axes = (policy: PolicyOverrides): readonly string[] =>
  Object.entries(policy).map(([axis, value]) =>
    axis.endsWith("Ms") ? `\`${axis.slice(0, -2)}: ${Number(value) / 60_000}m\`` : `\`${axis}: ${value}\``,
  );
const guardOf = ({ guard }: GuardSpec): string => `guard \`${guard}\``;

function managerOf({ policy, guards = [], habit }: Mechanism): string {
  const parts = [
    ...(habit === undefined ? [] : [`\`${habit.model.name}\`: ${habit.says}`]),
    ...axes(policy),
    ...guards.map(guardOf),
  ];
  return parts.join(", ");
}

function stopOf({ fix, habit }: Mechanism): string {
  if ("policy" in fix) return axes(fix.policy).join(", ");
  return "guard" in fix ? guardOf(fix.guard) : `the policy of \`${habit!.model.name}\` without its habit`;
}

function smallest({ found, shrunk }: Outcome): string {
  const { services, regionGroups } = shrunk.base.spec.fleet;
  const regions = regionGroups.reduce((sum, { members }) => sum + members.length, 0);
  const size = `${plural(services.length, "service")} in ${plural(regions, "region")}`;
  const more = shrunk.minimal ? "" : ", and might go smaller";
  return `${mutations(shrunk.item.recipe)} (${size}${more}; case ${found.cases})`;
}

const operatorsOf = (recipe: readonly MutationSpec[]): string => recipe.map(({ op }) => op).join();
/** The incident's own operator, or none, is what the search ends with as well. */
const isSame = ({ mechanism: { trigger }, shrunk }: Outcome): boolean =>
  trigger.recipe !== null && operatorsOf(trigger.recipe) === operatorsOf(shrunk.item.recipe);

function triggerOf(outcome: Outcome): string {
  const { text, recipe } = outcome.mechanism.trigger;
  if (recipe === null) return `${words(text)}: no operator does this`;
  return `${words(text)}: ${isSame(outcome) ? "the same operator, " : ""}${mutations(recipe)}`;
}

const rowOf = (outcome: Outcome): readonly string[] => {
  const { mechanism, cases } = outcome;
  return [
    mechanism.id,
    mechanism.tickets.join(", "),
    words(mechanism.about),
    managerOf(mechanism),
    `\`${mechanism.expect}\``,
    smallest(outcome),
    triggerOf(outcome),
    `${stopOf(mechanism)} (${cases} cases)`,
  ];
};

const header = [
  "row",
  "incident",
  "mechanism",
  "manager",
  "violated",
  "smallest case found",
  "what set the incident off, and the nearest case here",
  "what stops it",
];

const inexpressibleTable = (): string =>
  tableOf(
    ["row", "incident", "mechanism", "why not"],
    inexpressible.map(({ id, tickets, about, why }) => [id, tickets.join(", "), words(about), words(why)]),
  );

export function documentOf(outcomes: readonly Outcome[]): string {
  const tables = Object.entries(classes).map(([letter, title]) => {
    const rows = outcomes.filter(({ mechanism }) => mechanism.id.startsWith(letter)).map(rowOf);
    return `### ${letter}. ${title}\n\n${tableOf(header, rows)}`;
  });
  const all = outcomes.length + inexpressible.length;
  const habits = outcomes.filter(({ mechanism }) => mechanism.habit !== undefined).length;
  const policies = new Set(outcomes.map(({ mechanism }) => managerOf(mechanism))).size;
  const others = outcomes.filter((item) => item.mechanism.trigger.recipe !== null && !isSame(item)).length;
  const longer = outcomes
    .flatMap(({ mechanism: { id, random } }) => (random === undefined ? [] : [`, ${random} in row ${id}`]))
    .join("");
  return `# Mechanisms of real incidents

Managers have removed what nobody asked them to remove before. This is a list of ${all} mechanisms, read from public tickets
and one post-mortem. Does the search find them, if nobody tells it what happened?

**${outcomes.length} of ${all} are found**, ${outcomes.length - habits} in managers that are nothing but a policy over the axes, ${habits} in managers of the catalogue that
have one habit beside their policy. The other ${inexpressible.length} no axis can say; they are listed with the reason.

Generated by \`test/quality/mechanisms\`; \`npm run test:unit -- test/quality/mechanisms -u\` writes it anew.

## What a row says

- *manager*: where its policy differs from a careful one: \`trigger: levelResync\`, \`absence: tombstoneOnly\`, \`error:
  lastKnownGoodEntry\`, \`cascade: none\`, \`ownership: inventory\`, \`selfManagement: external\`, \`failMode: static\`, \`drift:
  report\`, and no guard. Managers of the catalogue have their own policy. There are ${policies} different ones: the same weakness
  has been found more than once.
- *violated*: the property; where it is narrowed down, also its rule, the action and the cause. The search knows this and no
  mutation.
- *smallest case found*: the first case of the usual search (the scenario as it is, every single mutation, then random cases:
  ${randomCases}${longer}; seed 1), made smaller. The scenario as it is violates no property at all.
- *what set the incident off*: what the ticket says, and the mutation that is nearest to it here; a test sees to it that this
  case violates the same. In ${others} rows the search came upon another operator first, or made the case simpler with it.
- *what stops it*: one axis, one guard, or the habit taken away. The whole search (so many cases) then finds no violation of that
  kind, and the scenario as it is violates nothing either. \`npm run verify:long\` tries more random cases.

The rows say that a mechanism can be written down and is found. They do not say that the product of the ticket behaves like
this today, nor that this is all that was wrong with it. Managers and fleets were written by people who knew the incident.

${tables.join("\n\n")}

## Not to be said with the axes

${inexpressibleTable()}
`;
}
