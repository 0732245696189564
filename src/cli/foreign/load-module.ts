/** A module of the user's own as a manager model. TypeScript is compiled while it is loaded. */
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { guardSpecSchema, policyOverridesSchema } from "../../live/contract-schema.js";
import { type FaultContext, fault, wrongAnswer } from "../../live/fault.js";
import { type Problem, shapeProblems } from "../../live/problems.js";
import type { Manager, Memory, Turn } from "../../models/managers/contract.js";
import { type ManagerModel, plainPolicy } from "../../models/managers/define-manager.js";
import type { Policy, PolicyOverrides } from "../../models/managers/policy.js";

/** What a module may export instead of a model: the functions of a Manager. `step` gets the policy as well. */
interface BareManager {
  readonly name: string;
  readonly about?: string;
  readonly policy?: PolicyOverrides;
  readonly guards?: ManagerModel["guards"];
  readonly watchesHealth?: true;
  readonly boot?: Manager["boot"];
  readonly read?: Manager["read"];
  readonly step: (memory: Memory, turn: Turn, policy: Policy) => ReturnType<Manager["step"]>;
}

const aboutDefault = "a manager of the user's own";

/** `import … from "fleetquake"` means this copy, wherever the module lies. */
const ourselves = fileURLToPath(new URL("../../index.js", import.meta.url));

/** Throws a ManagerFault for a module that cannot be loaded or exports no manager. */
export async function loadManagerModule(path: string, label: string): Promise<ManagerModel> {
  const context: FaultContext = { label, manager: null, request: () => "" };
  let loaded: Readonly<Record<string, unknown>>;
  try {
    const jiti = createJiti(import.meta.url, {
      alias: { fleetquake: ourselves },
      moduleCache: false,
      interopDefault: false,
    });
    loaded = await jiti.import(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw fault(context, "module", `cannot be loaded: ${message}`);
  }
  const found = loaded["manager"] ?? loaded["default"];
  if (found === undefined) {
    const hint = Array.isArray(loaded["managers"])
      ? { hint: "it exports `managers`: --load it, and name one of them as `model:` in the scenario" }
      : {};
    throw fault(context, "module", "exports no manager", {
      expected: "`export default defineManager({ … })`, or `export const manager = { name, step }`",
      ...hint,
    });
  }
  return modelOf(found, context);
}

function modelOf(found: unknown, context: FaultContext): ManagerModel {
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
      step: (memory, turn) => bare.step(memory, turn, policy),
    }),
  };
}
