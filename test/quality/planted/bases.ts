/** Scenarios in which bugs are looked for: one small fleet, with what a bug needs to show added. */

export interface Situation {
  readonly model?: string;
  /** More of the manager's description, a line each. */
  readonly manager?: string;
  /** Another manager. */
  readonly other?: string;
  readonly needsOf?: Readonly<Record<string, string>>;
  /** More services and objects. */
  readonly services?: string;
  readonly objects?: string;
  readonly changes?: string;
  readonly tail?: string;
}

const entry = (name: string, approvals: string, at: string, author: string): string =>
  `{ at: ${at}, author: ${author}, scope: [${name}], approvals: [${approvals}], intend: { remove: [${name}] } }`;

/** A change that removes a service and every reference to it. */
export const removalOf = (
  name: string,
  { at = "10m", approvals = `{ by: y, covers: [${name}] }`, author = "x" } = {},
): string => entry(name, approvals, at, author);

export const fleet = (s: Situation): string => `fleetquake: 1
title: Planted bugs
horizon: 6h
regions: { a: { members: [a-1, a-2] }, b: { members: [b-1] } }
services:
  boss: { manager: m, placement: global, deploy: 5m${s.needsOf?.["boss"] ?? ""} }
  store: { manager: m, deploy: 4m${s.needsOf?.["store"] ?? ""} }
  api: { manager: m, deploy: 4m, needs: [store] }
  web: { manager: m, deploy: 4m, needs: [api] }
  old: { manager: m, deploy: 4m${s.needsOf?.["old"] ?? ""} }
  spare: { manager: m, deploy: 4m }
${s.services ?? ""}
${s.objects === undefined ? "" : `objects: ${s.objects}`}
capabilities: { site: { service: web, share: 1 } }
managers:
  m:
    model: ${s.model ?? "modern"}
    service: boss
${(s.manager ?? "").replace(/^/gm, "    ")}
${s.other ?? ""}
changes: [${s.changes ?? removalOf("old")}]
response: { configuration: leave, approve: { p50: 30m, p90: 1h } }
${s.tail ?? ""}
`;

/** A manager on its own: no guard stands behind it. */
const alone = `policy: { approval: none, budget: unlimited, scope: global, rollout: all }
guards: { drop: [failStatic, tombstoneOnly] }`;
const globally = alone.replace("policy: { ", "policy: { mapping: global, ");

const fencing = (manager: string): string =>
  manager.replace("rollout: all", "rollout: all, versioning: leaseFencing");
const twice = `${removalOf("old", { approvals: "" })}, ${removalOf("spare", { at: "20m", approvals: "" })}`;
const asking = globally.replace("approval: none", "approval: perRemoval");
/** What the ticket removes is wanted again two hours later. */
const takenBack = `{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } },
  { at: 3h, author: x, edits: [{ add: applications/old, value: { name: old, manager: m, needs: [], replicas: 1 } }, { set: managers/m#/manages, to: [api, old, spare, store, web] }] }`;
const softly = globally.replace("rollout: all", "rollout: all, softDelete: quarantine, quarantine: 5h");
const guarded = (model: string, guard: string, more: Partial<Situation> = {}): string =>
  fleet({ model, ...more, manager: `guards: { add: [${guard}] }\n${more.manager ?? ""}` });

const peers = (manager: string, approvals?: string): string =>
  fleet({
    manager,
    services: "  lone: { manager: n, deploy: 4m }\n  light: { manager: n, deploy: 4m }",
    other: `  n:\n    model: modern\n${manager.replace(/^/gm, "    ")}`,
    changes: `${removalOf("old", approvals === undefined ? {} : { approvals })}, ${removalOf("light", approvals === undefined ? { at: "20m" } : { at: "20m", approvals })}`,
  });

export const bases = {
  plain: fleet({ manager: globally }),
  cells: fleet({ manager: alone }),
  updates: fleet({
    manager: globally,
    changes: `{ at: 10m, author: x, intend: { update: [spare] } }, ${removalOf("old", { at: "30m" })}`,
  }),
  ill: fleet({
    manager: globally,
    needsOf: { old: ", needs: [spare]" },
    tail: "faults: [{ at: 9m, for: 1h, what: crash, of: spare }]",
  }),
  unasked: fleet({ manager: globally, changes: removalOf("old", { approvals: "" }) }),
  fenced: fleet({ manager: fencing(globally) }),
  fencedTwice: fleet({ manager: fencing(asking), changes: twice }),
  takenBack: fleet({
    model: "fail-static",
    manager: "guards: { add: [freshness, tombstoneOnly] }",
    changes: takenBack,
  }),
  baking: fleet({
    manager: `${globally.replace("rollout: all", "rollout: bake")}\nrollout: { waves: [[a], [b]], bake: 1h }`,
  }),
  objects: fleet({
    manager: globally,
    objects: "{ site: { manager: m, owns: [api, web], finalizer: orphan, prune: true } }",
  }),
  asked: fleet({ manager: asking, changes: removalOf("old", { approvals: "" }) }),
  twice: fleet({ manager: globally, changes: twice }),
  quarantine: fleet({
    manager: softly,
    changes: takenBack,
    tail: "properties: { quarantine-reversible: { within: 4h } }",
  }),
  quarantineGuard: fleet({
    manager: globally.replace("drop:", "add: [{ quarantine: { for: 5h } }], drop:"),
    changes: takenBack,
    tail: "properties: { quarantine-reversible: { within: 4h } }",
  }),
  peers: peers(globally),
  peersAsked: peers(asking, ""),
  single: fleet({
    manager: globally,
    services: "  lone: { manager: n, deploy: 4m }",
    other: `  n:\n    model: modern\n${globally.replace(/^/gm, "    ")}`,
    changes: removalOf("lone"),
  }),
  owned: fleet({
    manager: globally,
    objects: "{ site: { manager: m, owns: [api, web], finalizer: orphan, prune: true } }",
    changes: `{ at: 10m, author: x, approvals: [{ by: y, covers: [site] }], intend: { remove: [site] } }`,
  }),
  // Whose name begins like that of what goes.
  archive: fleet({
    manager: globally,
    services: "  old-archive: { manager: m, deploy: 4m }",
    changes: "{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }",
    tail: "properties: { blast-radius: { max: 50% } }",
  }),
  addition: fleet({
    manager: globally,
    services: `  light: { manager: n, deploy: 4m }
  lone: { manager: n, deploy: 4m }
  more: { manager: m, deploy: 4m }`,
    other: `  n:\n    model: modern\n${globally.replace(/^/gm, "    ")}`,
    changes: `${removalOf("light")}, { at: 4h, author: x, intend: { add: [more] } }`,
  }),
  // The store bears those who have waited for minutes, and not those who have waited for an hour.
  loaded: fleet({
    manager: globally,
    needsOf: { store: ", capacity: 300, warmUp: { for: 10m, capacity: 60% }" },
    tail: `faults: [{ at: 9m, for: 1h, what: crash, of: store }]
demand: { loginsPerSecond: 300, patience: 30m, retry: { max: 3, timeout: 10s, backoff: { base: 1s, cap: 10m } } }`,
  }),
  stored: fleet({
    manager: globally.replace("drop: [failStatic, tombstoneOnly]", "stored: in-configuration"),
  }),
  needed: fleet({
    manager: fencing(globally).replace("drop: [failStatic, tombstoneOnly]", "add: [dependantsCheck]"),
    changes: `${removalOf("old")}, ${removalOf("store", { at: "20m" })}`,
  }),
  // The manager reads from `depot`, which needs `disk`, which needs `power`.
  reading: (guard: string): string =>
    guarded("fail-static", guard, {
      manager: "reads: [depot]",
      services:
        "  depot: { manager: m, deploy: 4m, needs: [disk] }\n  disk: { manager: m, deploy: 4m, needs: [power] }\n  power: { manager: m, deploy: 4m }",
    }),
  legacy: (guard: string, more: Partial<Situation> = {}): string =>
    guarded("legacy", guard, {
      ...more,
      manager: `defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }]\n${more.manager ?? ""}`,
    }),
  guarded,
} as const;

export { asking, globally, softly };
