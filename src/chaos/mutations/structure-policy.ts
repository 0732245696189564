/** S20 and S21: what is meant to hold a manager back is configuration itself. */
import type { Json } from "../../base/json.js";
import { type PolicyAxis, policyAxes } from "../../models/managers/policy.js";
import { applicationIn, type OwnEntry, ownEntryIn } from "./facts.js";
import type { Operator } from "./operator.js";
import { isFields, isList, type Key, place, replaced, without } from "./paths.js";
import { defineOperator, dropped, writes } from "./strikes.js";
import { withoutApplication } from "./structure-entries.js";
import { numbersIn } from "./structure-values.js";

/** Every other value of every axis, every number ten times as big, every switch of a guard the other way. */
function* flips({
  value,
  ...entry
}: OwnEntry): Iterable<readonly [keys: readonly Key[], now: Json, to: Json]> {
  const { policy, guards } = value;
  for (const [axis, now] of isFields(policy) ? Object.entries(policy) : []) {
    if (!(axis in policyAxes)) continue;
    const values: readonly string[] = policyAxes[axis as PolicyAxis];
    for (const to of values) if (to !== now) yield [["policy", axis], now, to];
  }
  for (const [keys, now] of numbersIn({ value, ...entry })) yield [keys, now, now === 0 ? 1 : now * 10];
  for (const [k, guard] of isList(guards) ? guards.entries() : []) {
    const options = isFields(guard) ? guard["options"] : undefined;
    for (const [key, now] of isFields(options) ? Object.entries(options) : []) {
      if (typeof now === "boolean") yield [["guards", k, "options", key], now, !now];
    }
  }
}

const guardName = (guard: Json): string =>
  isFields(guard) && typeof guard["guard"] === "string" ? guard["guard"] : "a guard";

const policyFlip: Operator = defineOperator({
  id: "S20",
  name: "policy-changed",
  level: "structure",
  class: "inconsistent",
  about:
    "A rule of the policy, a number in it, a guard or the protection of an application is changed or taken out.",
  precondition: "policy and guards kept in the own entry, or an application that is protected",
  incident: "S20; the guard is data and can be edited away; flux2 discussion 6025",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application !== null && application.value["protect"] === true) {
      const { stem, value } = application;
      const label = () => `${stem} is not protected any more`;
      yield writes(doc, facts, `${place(stem, "protect")} -> false`, label, () => ({
        ...value,
        protect: false,
      }));
    }
    const own = ownEntryIn(doc);
    if (own === null) return;
    const { stem, value } = own;
    for (const [keys, now, to] of flips(own)) {
      const label = () => `\`${keys.join(".")}\` in ${stem} is ${to} instead of ${now}`;
      yield writes(doc, facts, `${place(stem, ...keys)} -> ${to}`, label, () => replaced(value, keys, to));
    }
    const { guards } = value;
    for (const [k, guard] of isList(guards) ? guards.entries() : []) {
      const label = () => `${guardName(guard)} is taken out of the guards in ${stem}`;
      yield writes(doc, facts, place(stem, "guards", k), label, () => without(value, ["guards", k]));
    }
  },
});

const protectionGone: Operator = defineOperator({
  id: "S21",
  name: "protection-gone-with-the-entry",
  level: "structure",
  class: "inconsistent",
  about: "An entry is removed, and what protected it was a part of it.",
  precondition: "an application that is protected, or an own entry that holds guards or a policy",
  incident: "S21; prevent_destroy goes with the block that it is in, hashicorp/terraform #17599 (C3)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application !== null && application.name !== null && application.value["protect"] === true) {
      yield {
        site: application.stem,
        label: () => `${application.name} is gone from the configuration, and its protection with it`,
        patch: () => withoutApplication(application, facts),
      };
    }
    const own = ownEntryIn(doc);
    if (own === null || (own.value["guards"] === undefined && own.value["policy"] === undefined)) return;
    yield {
      site: own.stem,
      label: () => `${own.stem} is gone, and the guards and the policy in it`,
      patch: () => ({ documents: [dropped(doc.id, facts)] }),
    };
  },
});

export const policyOperators: readonly Operator[] = [policyFlip, protectionGone];
