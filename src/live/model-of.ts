/** Whatever a user wrote for a manager, as a model: what `defineManager` returns, or bare functions. */
import type { Action, Manager, Memory, Step, Turn } from "../models/managers/contract.js";
import { type ManagerModel, plainPolicy } from "../models/managers/define-manager.js";
import type { Policy, PolicyOverrides } from "../models/managers/policy.js";
import { guardSpecSchema, policyOverridesSchema } from "./contract-schema.js";
import { type FaultContext, wrongAnswer } from "./fault.js";
import { type Problem, shapeProblems } from "./problems.js";

/** A step of which only the proposals have to be given; containment fills in the rest. */
export interface StepAnswer extends Partial<Omit<Step, "propose">> {
  readonly propose: readonly (Pick<Action, "do" | "target" | "cause"> & Partial<Action>)[];
}

/** What users may write instead of a model: the functions of a Manager. `step` gets the policy as well; answers may leave keys out. */
export interface BareManager {
  readonly name: string;
  readonly about?: string;
  readonly policy?: PolicyOverrides;
  readonly guards?: ManagerModel["guards"];
  readonly watchesHealth?: true;
  readonly boot?: Manager["boot"];
  readonly read?: Manager["read"];
  readonly step: (memory: Memory, turn: Turn, policy: Policy) => StepAnswer;
}

const aboutDefault = "a manager of the user's own";

/** Throws a ManagerFault that names everything that is wrong with it. */
export function modelOf(found: unknown, context: FaultContext): ManagerModel {
  const record = (typeof found === "object" && found !== null ? found : {}) as Readonly<
    Record<string, unknown>
  >;
  const isModel = typeof record["build"] === "function";
  const problems: Problem[] = [];
  if (typeof record["name"] !== "string" || record["name"] === "")
    problems.push({ path: ["name"], message: "it has no name" });
  if (!isModel && typeof record["step"] !== "function") {
    const message = "it has neither `step` nor `build`";
    problems.push({
      path: [],
      message,
      expected: "{ name, boot, read, step }, or what defineManager returns",
    });
  }
  for (const key of ["boot", "read"]) {
    if (!isModel && record[key] !== undefined && typeof record[key] !== "function")
      problems.push({ path: [key], message: "this is no function" });
  }
  const inside = (key: string, list: readonly Problem[]): void => {
    problems.push(...list.map((problem) => ({ ...problem, path: [key, ...problem.path] })));
  };
  if (record["policy"] !== undefined)
    inside("policy", shapeProblems(policyOverridesSchema, record["policy"], Object.keys(plainPolicy)));
  const guards = record["guards"] ?? [];
  if (!Array.isArray(guards)) problems.push({ path: ["guards"], message: "this is no list" });
  else
    for (const [k, guard] of guards.entries()) inside(`guards[${k}]`, shapeProblems(guardSpecSchema, guard));
  if (problems.length > 0) throw wrongAnswer(context, "manager", problems);
  return isModel ? complete(found as ManagerModel) : fromBare(found as BareManager);
}

const complete = (model: ManagerModel): ManagerModel => ({
  name: model.name,
  about: model.about ?? aboutDefault,
  ...(model.source === undefined ? {} : { source: model.source }),
  policy: { ...plainPolicy, ...model.policy },
  guards: model.guards ?? [],
  build: (policy, guards, read) => model.build(policy, guards, read),
});

function fromBare(bare: BareManager): ManagerModel {
  const about = bare.about ?? aboutDefault;
  return {
    name: bare.name,
    about,
    policy: { ...plainPolicy, ...bare.policy },
    guards: bare.guards ?? [],
    build: (policy, guards, read) => ({
      name: bare.name,
      about,
      policy,
      guards,
      ...(bare.watchesHealth === true ? { watchesHealth: true as const } : {}),
      boot: (durable) => bare.boot?.(durable) ?? { durable, volatile: null },
      read: (documents, self) =>
        bare.read === undefined ? read(documents, self) : bare.read(documents, self),
      // What is left out is filled in by whoever contains it.
      step: (memory, turn) => bare.step(memory, turn, policy) as Step,
    }),
  };
}
