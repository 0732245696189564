/** A manager's own entry: what it manages, and the policy and guards that are stored in it. */
import type { Json } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";
import type { Doc, OwnEntrySpec, Reading, Self } from "../managers/contract.js";
import { type Policy, type PolicyAxis, policyAxes, policyNumbersDefault } from "../managers/policy.js";
import { type Listed, unknown } from "./described.js";
import { isMap, isNames, issueIn, type Parse } from "./parsed.js";

/** Where a manager or one of its cells has its own entry. */
function ownDocumentId(self: Self): string {
  let id = idOf.get(self);
  if (id === undefined) {
    id = `managers/${self.manager}${self.cell === "global" ? "" : `.${self.cell}`}.yaml`;
    idOf.set(self, id);
  }
  return id;
}
const idOf = new WeakMap<Self, string>();

export type Own = Pick<Reading, "own" | "policy" | "guards">;

export function readOwn(
  documents: readonly Doc[],
  self: Self,
  applications: ReadonlyMap<Name, Listed>,
  parse: Parse,
): Own {
  const id = ownDocumentId(self);
  const fail = (code: string, message: string): Own => ({
    own: unknown(issueIn(code, id, message)),
    policy: null,
    guards: null,
  });
  const doc = documents.find((item) => item.id === id);
  if (doc === undefined) return fail("no-own-entry", "the manager's own entry is missing");
  const parsed = parse(doc);
  if ("error" in parsed) return { own: unknown(parsed.error), policy: null, guards: null };
  const { value } = parsed;
  if (!isMap(value)) return fail("not-a-map", "this is not a mapping");
  const { name, service, manages, policy, guards } = value;
  if (name !== self.manager) return fail("name", `\`name\` is not ${self.manager}`);
  if ((service ?? null) !== self.service)
    return fail("service", `\`service\` is not ${self.service ?? "null"}`);
  if (!isNames(manages)) return fail("manages", "`manages` is not a list of names");
  const wrong = wrongReference(manages, self, applications);
  if (wrong !== null) return fail(wrong.code, wrong.message);
  const badPolicy = policy === undefined ? null : wrongPolicy(policy);
  if (badPolicy !== null) return fail("policy", badPolicy);
  if (guards !== undefined && !Array.isArray(guards)) return fail("guards", "`guards` is not a list");
  const spec: OwnEntrySpec = { name: self.manager, service: self.service, manages };
  return {
    own: { is: "present", spec },
    policy: policy === undefined ? null : (policy as Partial<Policy>),
    guards: Array.isArray(guards) ? guards : null,
  };
}

/** A reference that leads nowhere, or to somebody else's. */
function wrongReference(
  manages: readonly Name[],
  self: Self,
  applications: ReadonlyMap<Name, Listed>,
): { code: string; message: string } | null {
  for (let index = 0; index < manages.length; index++) {
    const name = manages[index]!;
    const application = applications.get(name);
    if (application === undefined) {
      return {
        code: "dangling-reference",
        message: `manages[${index}] refers to ${name}, which is not described anywhere`,
      };
    }
    if (application.manager !== null && application.manager !== self.manager) {
      return {
        code: "foreign-reference",
        message: `manages[${index}] refers to ${name}, which belongs to ${application.manager}`,
      };
    }
  }
  return null;
}

function wrongPolicy(policy: Json): string | null {
  if (!isMap(policy)) return "`policy` is not a mapping";
  for (const [axis, value] of Object.entries(policy)) {
    if (axis in policyAxes) {
      const values: readonly unknown[] = policyAxes[axis as PolicyAxis];
      if (!values.includes(value))
        return `policy.${axis} is "${String(value)}", not one of ${values.join(", ")}`;
    } else if (!(axis in policyNumbersDefault)) return `there is no policy axis ${axis}`;
    else if (typeof value !== "number" || value < 0) return `policy.${axis} is not a number`;
  }
  return null;
}
