import {
  admit,
  findRoot,
  hold,
  numberOption,
  reject,
  servicesOf,
} from "../../../../src/models/guards/guard.js";
import { asking, bases, fleet, globally, removalOf } from "../bases.js";

import { adopting, type Bug, beside, collecting, cutting, guard, nothingJudged, peersWith } from "./bug.js";

const unbounded = "properties: { blast-radius: { max: 1 } }";
const share = (max: number) => `properties: { blast-radius: { max: ${max}, per: 1h } }`;
const waves = "rollout: { waves: [[a], [b]], bake: 1h }";

export const guards: readonly Bug[] = [
  {
    name: "fail-static-explicit-only",
    change: "failStatic looks at the cause of a removal, not at what that goes back to",
    make: guard("failStatic", () => ({
      judgeAction: (action) => (action.cause === "error" ? reject("an error") : admit),
    })),
    base: bases.legacy("failStatic"),
    expect: "fail-static",
  },
  {
    name: "fail-static-flipped",
    change: "failStatic lets errors through and refuses the rest",
    make: guard("failStatic", ({ judgeAction }) => ({
      judgeAction: (...given) => (judgeAction!(...given).verdict === "admit" ? reject("no error") : admit),
    })),
    base: bases.legacy("failStatic"),
    expect: "fail-static",
  },
  {
    name: "tombstone-any-ticket",
    change: "tombstoneOnly asks whether there is a ticket, not for what",
    make: guard("tombstoneOnly", () => ({
      judgeAction: (_action, { tickets: all }) => (all.size > 0 ? admit : reject("no ticket")),
    })),
    base: bases.guarded("fail-static", "tombstoneOnly"),
    expect: "no-collateral-removal",
  },
  {
    name: "non-empty-counts-errors",
    change: "nonEmpty counts entries in error as something that is left",
    make: guard("nonEmpty", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        Object.keys(context.reading.entries).length > 0 ? admit : judgeSet!(context, options),
    })),
    base: bases.guarded("pruning", "nonEmpty", { tail: share(0.9) }),
    expect: "blast-radius",
  },
  {
    name: "self-protect-own-only",
    change: "selfProtect protects the acting manager, and no other",
    make: guard("selfProtect", () => ({
      judgeAction: (action, { self }) =>
        action.target.service === self.service ? reject("it is me") : admit,
    })),
    base: bases.guarded("fail-static", "selfProtect", {
      services: "  chief: { manager: m, deploy: 4m }",
      other: "  n: { model: inert, service: chief, deployedBy: m, policy: { selfManagement: parent } }",
    }),
    expect: "no-self-removal",
  },
  {
    name: "self-protect-without-roots",
    change: "selfProtect looks at the service that goes, not at the owner that it follows",
    make: guard("selfProtect", () => ({
      judgeAction: (action, { managerServices }) =>
        managerServices.has(action.target.service) ? reject("a manager") : admit,
    })),
    base: bases.legacy("selfProtect"),
    expect: "no-cascading-outage",
  },
  {
    name: "bootstrap-closure-one-deep",
    change: "bootstrapProtect knows what a manager needs, and not what that needs",
    make: guard("bootstrapProtect", () => ({
      judgeAction: (action, { managerServices }) => {
        const hit = findRoot(action, (name) => managerServices.has(name) || ["depot", "disk"].includes(name));
        return hit === undefined ? admit : reject(hit);
      },
    })),
    base: bases.reading("bootstrapProtect"),
    expect: "no-self-removal",
    alone: true,
  },
  {
    name: "no-cascade-garbage-only",
    change: "noCascade refuses garbage collection, and lets cascades through",
    make: guard("noCascade", () => ({
      judgeAction: (action) => (action.cause === "garbage" ? reject("garbage") : admit),
    })),
    base: fleet({
      manager: globally.replace("drop:", "add: [noCascade], drop:"),
      objects: "{ site: { manager: m, owns: [api, web], finalizer: cascade, prune: true } }",
      changes: "{ at: 10m, author: x, approvals: [{ by: y, covers: [site] }], intend: { remove: [site] } }",
    }),
    expect: "no-cascading-outage",
  },
  {
    name: "dependants-check-off-by-one",
    change: "dependantsCheck allows one dependant",
    make: guard("dependantsCheck", () => ({
      judgeAction: (action, { seen }) =>
        (seen.services[action.target.service]?.dependants.length ?? 0) > 1 ? reject("dependants") : admit,
    })),
    base: bases.needed,
    expect: "no-cascading-outage",
    alone: true,
  },
  {
    name: "budget-off-by-one",
    change: "budget allows one removal more than it says",
    make: guard("budget", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        judgeSet!(context, { ...options, max: numberOption(options, "max", 1) + 1 }),
    })),
    base: bases.guarded("pruning", "{ budget: { max: 1, per: 1h } }", { tail: share(0.15) }),
    expect: "blast-radius",
  },
  {
    name: "budget-window-forgotten",
    change: "budget counts the plan, and not what went before it within the window",
    make: guard("budget", () => ({
      judgeSet: ({ raw }, options) =>
        servicesOf(raw).length > numberOption(options, "max", 1) ? hold("too many") : admit,
    })),
    base: bases.guarded("fail-static", "{ budget: { max: 1, per: 1h } }", {
      tail: share(0.2),
      changes: `{ at: 10m, author: x, edits: [{ delete: applications/web }, { delete: managers/m#/manages/4 }] }, ${removalOf("spare", { at: "30m" })}`,
    }),
    expect: "blast-radius",
  },
  {
    name: "budget-on-filtered-plan",
    change: "budget counts only the removals that a ticket names",
    make: guard("budget", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        judgeSet!(
          {
            ...context,
            raw: context.raw.filter(({ target }) => context.tickets.has(target.service)),
            intents: new Map(),
          },
          options,
        ),
    })),
    base: bases.guarded("pruning", "{ budget: { max: 1, per: 1h } }", { tail: share(0.2) }),
    expect: "blast-radius",
  },
  {
    name: "budget-in-places",
    change: "budget counts places instead of services",
    make: guard("budget", () => ({
      judgeSet: ({ raw }, options) =>
        raw.reduce((sum, { target }) => sum + target.places.length, 0) > numberOption(options, "max", 2)
          ? hold("too many")
          : admit,
    })),
    base: fleet({
      manager: globally.replace("drop:", "add: [{ budget: { max: 2, per: 1h } }], drop:"),
      services: "  tiny: { manager: m, placement: global, deploy: 4m }",
      changes: `${removalOf("tiny", { approvals: "" })}, ${removalOf("old", { at: "2h", approvals: "" })}`,
    }),
    expect: "staging-representative:unkept",
    alone: true,
  },
  {
    name: "budget-off-beside-errors",
    change: "budget counts nothing while the own entry is in error",
    make: guard("budget", ({ judgeSet }) => ({
      judgeSet: (context, options) =>
        context.reading.own.is === "unknown" ? admit : judgeSet!(context, options),
    })),
    base: fleet({
      manager: globally.replace("drop:", "add: [{ budget: { max: 1, per: 1h } }], drop:"),
      changes:
        "{ at: 10m, author: x, approvals: [{ by: y, covers: [old, spare] }], intend: { remove: [old, spare] } }",
    }),
    expect: "corruption-monotone",
    alone: true,
  },
  {
    name: "fraction-of-nothing",
    change: "fraction takes its share of the services that go, not of those that are there",
    make: guard("fraction", () => ({ judgeSet: () => admit })),
    base: bases.guarded("pruning", "{ fraction: { max: 0.2 } }", { tail: share(0.25) }),
    expect: "blast-radius",
  },
  {
    name: "bucket-never-empty",
    change: "tokenBucket fills up with every plan",
    make: guard("tokenBucket", ({ judgeSet }) => ({
      judgeSet: (context, options) => judgeSet!({ ...context, intents: new Map() }, options),
    })),
    base: bases.guarded("fail-static", "{ tokenBucket: { max: 1, per: 6h } }", {
      tail: "properties: { blast-radius: { max: 0.2, per: 6h } }",
      changes: `{ at: 10m, author: x, edits: [{ delete: applications/web }, { delete: managers/m#/manages/4 }] }, ${removalOf("spare", { at: "30m" })}`,
    }),
    expect: "blast-radius",
  },
  {
    name: "waves-all-at-once",
    change: "all waves of a change open together",
    make: () => ({}),
    base: fleet({ model: "fail-static", manager: `policy: { rollout: bake }\n${waves}`, tail: unbounded }),
    planted: fleet({ model: "fail-static", manager: `policy: { rollout: all }\n${waves}`, tail: unbounded }),
    expect: "blast-radius",
    alone: true,
  },
  {
    name: "scope-of-anybody",
    change: "scope asks for the label alone, whoever made the change",
    make: guard("scope", () => ({
      judgeAction: (action, { seen, self }) =>
        seen.services[action.target.service]?.label === self.manager ? admit : reject("label"),
    })),
    base: fleet({
      manager: globally.replace("scope: global", "scope: rbac"),
      changes:
        "{ at: 10m, author: x, scope: [spare], approvals: [{ by: y, covers: [] }], intend: { remove: [old] } }",
    }),
    expect: "scope-confined",
  },
  {
    name: "approval-of-the-change",
    change: "whoever approved the change has approved every removal in it",
    make: guard("approvePerRemoval", () => ({
      judgeAction: (_action, { change }) =>
        change === null || change.approvals.length > 0 ? admit : reject("nobody"),
    })),
    base: fleet({
      manager: asking,
      changes:
        "{ at: 10m, author: x, approvals: [{ by: y, covers: [spare] }], intend: { remove: [old, spare] } }",
    }),
    expect: "approval-intact",
  },
  {
    name: "approval-by-the-author",
    change: "the author's own approval counts",
    make: guard("approvePerRemoval", () => ({
      judgeAction: (action, { change }) =>
        change?.approvals.some(({ covers }) => covers.includes(action.target.service)) === true
          ? admit
          : reject("nobody"),
    })),
    base: fleet({ manager: asking, changes: removalOf("old", { approvals: "{ by: x, covers: [old] }" }) }),
    expect: "approval-intact",
    alone: true,
  },
  {
    name: "approval-counted-twice",
    change: "twoPerson counts two approvals of one person as two people",
    make: guard("twoPerson", () => ({
      judgeAction: (action, { change }) =>
        (change?.approvals ?? []).filter(({ covers }) => covers.includes(action.target.service)).length >= 2
          ? admit
          : reject("one"),
    })),
    base: fleet({
      manager: globally.replace("approval: none", "approval: twoPerson"),
      changes: removalOf("old", { approvals: "{ by: y, covers: [old] }, { by: y, covers: [old] }" }),
      tail: "properties: { approval-intact: { approvers: 2 } }",
    }),
    expect: "approval-intact",
  },
  {
    name: "refusal-is-an-answer",
    change: "a refusal ends the waiting as an agreement does",
    make: guard("approvePerRemoval", ({ judgeAction }) => ({
      judgeAction: (action, context, options) =>
        context.approval(`removal:${action.target.service}`).refused
          ? admit
          : judgeAction!(action, context, options),
    })),
    base: bases.guarded("fail-static", "approvePerRemoval"),
    expect: "no-collateral-removal",
  },
  {
    name: "plan-hash-of-the-version",
    change: "planHash names the version of a plan, and not what it removes",
    make: guard("planHash", () => ({
      judgeSet: ({ reading, raw, approval }) => {
        const key = `plan:v${reading.version}`;
        if (approval(key).grantedBy.length > 0) return admit;
        return { verdict: "hold", text: "waits", request: { key, services: servicesOf(raw), count: 1 } };
      },
    })),
    base: bases
      .guarded("pruning", "planHash", { changes: removalOf("old", { approvals: "" }) })
      .replace("approve: { p50: 30m, p90: 1h }", "approve: { p50: 1m, p90: 2m }"),
    expect: "no-collateral-removal",
  },
  {
    name: "plan-hash-without-version",
    change: "planHash names what a plan removes, and not the version that it comes from",
    make: guard("planHash", () => ({
      judgeSet: ({ raw, approval }) => {
        const key = `plan:${[...servicesOf(raw)].sort().join(",")}`;
        if (approval(key).grantedBy.length > 0) return admit;
        return { verdict: "hold", text: "waits", request: { key, services: servicesOf(raw), count: 1 } };
      },
    })),
    base: bases.guarded("pruning", "planHash", { changes: removalOf("old", { approvals: "" }) }),
    expect: "approval-intact",
    missed: "a run tells who agreed to a plan, and not to which version of it",
  },
  {
    name: "freshness-of-epochs-only",
    change: "freshness looks at the epoch and not at the version",
    make: guard("freshness", () => ({
      judgeAction: (action, { currentEpoch }) =>
        action.basedOn.epoch < currentEpoch ? reject("epoch") : admit,
    })),
    base: bases.takenBack,
    expect: "fresh:stale:delete",
  },
  {
    name: "observed-fresh-any-age",
    change: "observedFresh takes any age for fresh enough",
    make: guard("observedFresh", () => ({ judgeSet: () => admit })),
    base: fleet({ manager: globally.replace("drop:", "add: [{ observedFresh: { maxAge: 2m } }], drop:") }),
    expect: "no-collateral-removal",
    missed: "no property asks how old the picture is that a removal follows from",
  },
  {
    name: "quarantine-guard-at-once",
    change: "quarantine admits the deletion as soon as the service is stopped",
    make: guard("quarantine", ({ judgeAction }) => ({
      judgeAction: (action, context, options) => judgeAction!(action, context, { ...options, forMs: 1 }),
    })),
    base: bases.quarantineGuard,
    expect: "quarantine-reversible",
  },
  {
    name: "read-through-ignores-the-world",
    change: "readThrough looks at the list of entries, and not at that of the world",
    make: beside(collecting, "readThrough", () => ({
      judgeSet: ({ reading }) => (reading.whole === "complete" ? admit : hold("list")),
    })),
    base: fleet({ manager: globally.replace("drop:", "add: [readThrough], drop:") }),
    right: () => ({ managers: [collecting] }),
    expect: "no-collateral-removal",
  },
  {
    name: "read-through-partial-is-complete",
    change: "readThrough holds while the source fails, and not while it comes in part",
    make: beside(cutting, "readThrough", () => ({
      judgeSet: ({ reading }) => (reading.whole === "unreadable" ? hold("list") : admit),
    })),
    base: fleet({ manager: globally.replace("drop:", "add: [readThrough], drop:") }),
    right: () => ({ managers: [cutting] }),
    expect: "no-collateral-removal",
  },
  {
    name: "schema-strict-own-only",
    change: "schemaStrict looks at the own entry, and not at the others",
    make: guard("schemaStrict", () => ({
      judgeSet: ({ reading }) =>
        reading.own.is === "unknown" || reading.whole !== "complete" ? hold("own entry") : admit,
    })),
    base: bases.legacy("schemaStrict"),
    expect: "fail-static",
  },
  {
    name: "protect-list-ignored",
    change: "protectExternal reads the list of protected services and forgets to look",
    make: guard("protectExternal", () => nothingJudged),
    base: bases.reading("{ protectExternal: { services: [depot, disk, power] } }"),
    expect: "no-self-removal",
  },
  {
    name: "unique-owner-any-of-three",
    change: "uniqueOwner is content when the service has an owner, whoever that is",
    make: beside(adopting, "uniqueOwner", () => ({
      judgeAction: (action, { seen }) =>
        (seen.services[action.target.service]?.label ?? null) === null ? reject("nobody's") : admit,
    })),
    base: peersWith("uniqueOwner"),
    right: () => ({ managers: [adopting] }),
    expect: "no-collateral-removal",
  },
  {
    name: "external-self-always-content",
    change: "externalSelf takes any other manager for one that deploys this one",
    make: guard("externalSelf", () => nothingJudged),
    base: bases.legacy("externalSelf"),
    expect: "no-self-removal",
  },
  {
    name: "dry-run-not-compared",
    change: "dryRunDiff makes the dry run and does not compare it with the tickets",
    make: guard("dryRunDiff", () => ({ judgeSet: () => admit })),
    base: bases.guarded("pruning", "dryRunDiff"),
    expect: "no-collateral-removal",
  },
];
