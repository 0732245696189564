/**
 * By property: the situation in which its manager breaks it and the other keeps it. The fleet is always the same; what
 * differs is what happens to it.
 */
export interface Situation {
  /** More of the manager's entry. */
  readonly manager?: string;
  readonly deployedBy?: string;
  /** More of the entry of the service that users see. */
  readonly web?: string;
  /** Changes, faults, properties; without it the removal that goes wrong as in the incident. */
  readonly happens?: string;
}

export const removal =
  "changes: [{ at: 10m, author: x, scope: [old], approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]";

/** The manager under test is `m`; its version forgets the reference in its own entry when it removes something. */
export const fleetWith = (
  model: string,
  { manager = "", deployedBy = "people", web = "", happens = removal }: Situation = {},
): string => `
fleetquake: 1
title: Properties
horizon: 12h
regions: { a: { members: [a-1, a-2] }, b: { members: [b-1, b-2] } }
services:
  boss: { manager: m, placement: global, deploy: 5m }
  store: { manager: m, deploy: 4m }
  api: { manager: m, deploy: 4m, needs: [store] }
  web: { manager: m, deploy: 4m, needs: [api]${web} }
  old: { manager: m, deploy: 4m }
  spare: { manager: m, deploy: 4m }
capabilities: { site: { service: web, share: 1 } }
managers:
  m:
    model: ${model}
    service: boss
    deployedBy: ${deployedBy}
    defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }]
    ${manager}
${happens}`;

const crash = "faults: [{ at: 10m, for: 1h, what: crash, of: store }]";

const oldVersion = `changes: [{ at: 10m, author: x, intend: { update: [web] } }]
faults: [{ at: 60m, for: 15m, what: source, of: m, gives: stale }]`;

const inError = 'changes: [{ at: 10m, author: x, edits: [{ set: "applications/old#/replicas", to: many }] }]';

const updates =
  "changes: [{ at: 10m, author: x, intend: { update: [old] } }, { at: 60m, author: y, intend: { update: [spare] } }]";

const takenBack = `changes:
  - { at: 10m, author: x, approvals: [{ by: y, covers: [old] }], edits: [{ delete: applications/old }, { set: managers/m#/manages, to: [api, spare, store, web] }] }
  - { at: 2h, author: x, edits: [{ add: applications/old, value: { name: old, manager: m, needs: [], replicas: 1 } }, { set: managers/m#/manages, to: [api, old, spare, store, web] }] }`;

/** Something goes as it should, or takes everything with it; later a crash takes one service away for minutes. */
const underLoad: Situation = {
  web: ", capacity: 40",
  happens: `changes:
  - { at: 10m, author: x, scope: [old], approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }
faults: [{ at: 11h, for: 3m, what: crash, of: web }]
demand: { loginsPerSecond: 100, patience: 1h, retry: { max: 3, timeout: 2s, backoff: { base: 10s, cap: 30m } } }`,
};

const nobodyAgreed = "changes: [{ at: 10m, author: x, intend: { remove: [old] } }]";

export const situations: Readonly<Record<string, { readonly broken: Situation; readonly kept: Situation }>> =
  {
    // Nobody can start the fleet from nothing when the manager deploys itself. The question is not which model it is.
    "black-start": {
      broken: { manager: "policy: { selfManagement: self }", deployedBy: "m" },
      kept: {},
    },
    fresh: { broken: { happens: oldVersion }, kept: { happens: oldVersion } },
    "no-health-removal": { broken: { happens: crash }, kept: { happens: crash } },
    "guard-survives": {
      broken: { manager: "guards: { stored: in-configuration, add: [failStatic] }" },
      kept: { manager: "guards: { stored: in-configuration, add: [failStatic] }" },
    },
    "quarantine-reversible": {
      broken: { happens: takenBack },
      kept: { manager: "policy: { softDelete: quarantine }", happens: takenBack },
    },
    "approval-intact": { broken: { happens: nobodyAgreed }, kept: { happens: nobodyAgreed } },
    "no-recollapse": { broken: underLoad, kept: underLoad },
    confluent: { broken: { happens: updates }, kept: { happens: updates } },
    "restart-equivalent": { broken: { happens: inError }, kept: { happens: inError } },
  };
