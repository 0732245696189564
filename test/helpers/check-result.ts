/** Results of searches as every output has to show them: made by hand, so that each case is there. */
import type {
  CheckFile,
  CheckResult,
  Finding,
  OperatorOutcome,
  PropertyOutcome,
} from "../../src/chaos/check-result.js";

const base = "5a0c1d0b6f6d7e2e9b1f54d33f1b8b0d5c3a7d2f0e9c8b7a6f5e4d3c2b1a0f9e";
const file = "scenarios/duo-2025-02-13.yaml";
const minute = 60_000;

const property = (
  name: string,
  about: string,
  rest: Partial<PropertyOutcome> & Pick<PropertyOutcome, "verdict" | "because">,
): PropertyOutcome => ({
  property: name,
  about,
  modality: "always",
  gate: true,
  exercised: 0,
  violated: 0,
  hazards: 0,
  bound: null,
  ...rest,
});

const properties: readonly PropertyOutcome[] = [
  property(
    "no-self-removal",
    "no manager removes what a manager runs as, or what that needs, unless a ticket says so",
    {
      verdict: "violated",
      because: "legacy deletes service-manager because of an error in what it reads",
      exercised: 12_480,
      violated: 214,
      hazards: 3,
    },
  ),
  property("no-collateral-removal", "only services that a ticket names are removed or stopped", {
    verdict: "violated",
    because: "legacy deletes push, which no ticket names",
    exercised: 12_480,
    violated: 1_062,
  }),
  property("fail-static", "an error in what a manager reads changes nothing in the world", {
    verdict: "hazard",
    because: "after a list came back empty, legacy deletes telephony",
    exercised: 7_311,
    hazards: 41,
    bound: { runs: 3_100, upper95: 0.000966 },
  }),
  property(
    "approved-removal-progresses",
    "a removal that a ticket names, and somebody approved, is eventually carried out",
    {
      verdict: "holds",
      because: "12,480 removals were carried out",
      modality: "eventually",
      exercised: 12_480,
      bound: { runs: 4_000, upper95: 0.000749 },
    },
  ),
  property("black-start", "the whole fleet can be started from nothing with what people can start by hand", {
    verdict: "violated",
    because: "service-manager and network-management need each other to start",
    modality: "eventually",
    gate: false,
    exercised: 900,
    violated: 12,
  }),
  property("staging-predicts", "what staging shows is what production does", {
    verdict: "not-applicable",
    because: "the scenario has no variant of one region to compare with",
    gate: false,
  }),
  property("idempotent", "a manager whose world is as it wants it proposes nothing", {
    verdict: "never-exercised",
    because: "the world was never as the manager wants it",
    gate: false,
  }),
];

const selfRemoval: Finding = {
  id: "no-self-removal-1",
  property: "no-self-removal",
  kind: "violation",
  decision: "legacy deletes service-manager because of an error",
  witness: { rule: "self-removal", action: "delete", service: "service-manager", cause: "error" },
  because: "legacy deletes service-manager, which it runs as itself, because its own entry cannot be read",
  cases: 214,
  operators: ["S11", "S10", "T10"],
  counterexample: {
    mutations: [
      {
        op: "S11",
        at: "managers/legacy#/manages/1",
        label: "managers/legacy still names deprecated-app after it was removed",
        incident: "Duo, 13 February 2025",
      },
    ],
    size: { services: 3, regions: 1, mutations: 1 },
    diff: [
      {
        id: "managers/legacy.yaml",
        lines: [
          { kind: "same", text: "manages:", line: 3 },
          { kind: "same", text: "  - telephony", line: 4 },
          { kind: "removed", text: "  - deprecated-app", line: 5 },
          { kind: "added", text: '  - "#REF!"', line: 5 },
          { kind: "same", text: "  - service-manager", line: 6 },
        ],
      },
      {
        id: "applications/deprecated-app.yaml",
        lines: [
          { kind: "removed", text: "name: deprecated-app", line: 1 },
          { kind: "removed", text: "manager: legacy", line: 2 },
        ],
      },
    ],
    events: ["the configuration of version 1 is delivered again at +15m"],
    chain: [
      { at: 0, text: "sre changes the configuration: deprecated-app is to be removed" },
      { at: 2 * minute, text: "legacy reads its own entry and finds an error at line 5" },
      { at: 2 * minute, text: "legacy takes the error for an empty list and wants nothing" },
      { at: 3 * minute, text: "legacy deletes service-manager in all 81 regions" },
      { at: 4 * minute, text: "nothing is left that could put it back" },
    ],
    outage: {
      removed: 1_134,
      services: ["service-manager", "telephony", "push", "network-management", "device-management"],
      hurt: 243,
      lastsMs: 461 * minute,
      restoredAtMs: 463 * minute,
      unservedLogins: 7_464_203,
    },
    place: { file, line: 118, column: 9, document: "managers/legacy.yaml" },
    replay: "fleetquake replay scenarios/regressions/duo-2025-02-13-no-self-removal-1.yaml",
    savedAs: "scenarios/regressions/duo-2025-02-13-no-self-removal-1.yaml",
    text: `fleetquake: 1
title: "no-self-removal: legacy deletes service-manager because of an error"
regions: { r: { members: [r-1] } }
services:
  service-manager: { manager: legacy }
  telephony: { manager: legacy }
  deprecated-app: { manager: legacy }
managers: { legacy: { model: legacy, service: service-manager } }
changes:
  - { at: 0m, author: sre, intend: { remove: [deprecated-app] } }
mutations: [{ op: S11, at: "managers/legacy#/manages/1" }]
`,
  },
};

const collateral: Finding = {
  ...selfRemoval,
  id: "no-collateral-removal-1",
  property: "no-collateral-removal",
  decision: "legacy deletes push because it is no longer named",
  witness: { rule: "collateral", action: "delete", service: "push", cause: "omission" },
  because: "legacy deletes push, which no ticket names",
  cases: 1_062,
  operators: ["S01", "T01"],
  counterexample: {
    ...selfRemoval.counterexample,
    mutations: [
      {
        op: "S01",
        at: "managers/legacy#/manages/2",
        label: "push is left out of managers/legacy",
        incident: "argocd-autopilot #494",
      },
      {
        op: "P01",
        at: "change 1",
        label: "the configuration before change 1 arrives once more",
        incident: "AWS, 20 October 2025",
      },
    ],
    size: { services: 2, regions: 1, mutations: 2 },
    diff: [
      {
        id: "managers/legacy.yaml",
        lines: [
          { kind: "same", text: "  - telephony", line: 4 },
          { kind: "removed", text: "  - push", line: 5 },
          { kind: "same", text: "  - service-manager", line: 5 },
        ],
      },
    ],
    events: [],
    chain: [
      { at: 0, text: "the configuration of version 2 is delivered" },
      { at: minute, text: "legacy no longer finds push and deletes it" },
    ],
    outage: {
      removed: 81,
      services: ["push"],
      hurt: 0,
      lastsMs: null,
      restoredAtMs: "never",
      unservedLogins: 12_000,
    },
    place: {
      file: "config/managers/legacy fleet.yaml",
      line: 4,
      column: 3,
      document: "managers/legacy.yaml",
    },
    savedAs: null,
    replay:
      "fleetquake check scenarios/duo-2025-02-13.yaml --variant legacy --seed 7 --case no-collateral-removal-1",
  },
};

const reporting: Finding = {
  ...collateral,
  id: "black-start-1",
  property: "black-start",
  decision: "service-manager cannot be started from nothing",
  witness: { rule: "black-start", action: "start", service: "service-manager", cause: "cycle" },
  because: "service-manager and network-management need each other to start",
  cases: 12,
  operators: ["S13"],
};

const hazard: Finding = {
  ...collateral,
  id: "fail-static-1",
  property: "fail-static",
  kind: "hazard",
  decision: "legacy deletes telephony because a list came back empty",
  witness: { rule: "fail-static", action: "delete", service: "telephony", cause: "observation" },
  because: "after a list came back empty, legacy deletes telephony",
  cases: 41,
  operators: ["P10"],
  counterexample: {
    ...collateral.counterexample,
    diff: [],
    events: ["the list of what runs comes back empty at +5m for 30s"],
    outage: { removed: 0, services: [], hurt: 0, lastsMs: null, restoredAtMs: null, unservedLogins: 0 },
  },
};

const operator = (
  op: string,
  name: string,
  level: string,
  [sites, violated, hazards, refused, unnoticed]: readonly [number, number, number, number, number],
  rest = 0,
): OperatorOutcome => ({
  op,
  name,
  level,
  sites,
  cases: violated + hazards + refused + unnoticed + rest,
  violated,
  hazards,
  refused,
  unnoticed,
});

/** Violations of the gate and of a property that only reports, and a hazard. */
export const violated: CheckResult = {
  scenario: { name: "duo-2025-02-13", title: "Duo, 13 February 2025", file },
  variant: "legacy",
  managers: [
    { name: "legacy", model: "legacy", guards: [] },
    { name: "modern", model: "modern", guards: ["budget", "self-protection"] },
  ],
  seed: 7,
  base,
  baseViolates: [
    {
      property: "no-self-removal",
      because: "legacy deletes service-manager because of an error in what it reads",
    },
    { property: "churn", because: "telephony is deployed 14 times in an hour" },
  ],
  modes: [
    {
      mode: "examples",
      about: "31 incidents that are known to have happened",
      generator: null,
      cases: 31,
      distinct: 31,
      planned: 31,
      symmetric: 0,
      level: "run",
    },
    {
      mode: "exhaustive",
      about: "exhaustive for single mutations by 53 operators at 612 sites",
      generator: null,
      cases: 8_449,
      distinct: 8_001,
      planned: 8_449,
      symmetric: 23_115,
      level: "plan",
    },
    {
      mode: "random",
      about: "one to four mutations, weighted as people make them",
      generator: "natural-1",
      cases: 4_000,
      distinct: 3_872,
      planned: 10_000,
      symmetric: 0,
      level: "run",
    },
  ],
  stoppedBy: "budget",
  properties,
  findings: [selfRemoval, collateral, reporting, hazard],
  profile: [
    operator("T01", "truncate", "text", [41, 120, 0, 300, 80]),
    operator("T10", "duplicate key", "text", [12, 4, 0, 60, 12], 3),
    operator("S01", "drop entry", "structure", [90, 940, 2, 0, 510]),
    operator("S11", "dangling reference in the own entry", "structure", [9, 210, 0, 0, 11]),
    operator("S13", "dependency cycle", "structure", [33, 0, 0, 0, 400], 12),
    operator("P01", "stale version", "process", [2, 30, 0, 0, 20]),
    operator("P10", "empty list", "process", [6, 0, 41, 80, 0]),
    operator("P17", "clock skew", "process", [0, 0, 0, 0, 0]),
  ],
  risk: { per1000: 11.5, low95: 8.4, high95: 15.3, cases: 4_000, generator: "natural-1" },
  staging: [
    {
      property: "no-self-removal",
      difference: "staging has no deprecated-app in the own entry of legacy",
      mutations: [{ op: "S11", at: "managers/legacy#/manages/1" }],
      labels: ["managers/legacy still names deprecated-app after it was removed"],
      inStaging: "holds: nothing is removed but deprecated-app",
      inProduction: "violated: legacy deletes service-manager because of an error",
    },
  ],
  command: "fleetquake check scenarios/duo-2025-02-13.yaml --variant legacy --seed 7 --budget 20000",
};

/** Everything was exercised, nothing was found. */
export const clean: CheckResult = {
  ...violated,
  variant: "modern",
  managers: [{ name: "modern", model: "modern", guards: ["budget", "self-protection"] }],
  baseViolates: [],
  stoppedBy: "confidence",
  properties: properties.slice(0, 4).map((item) => ({
    ...item,
    verdict: "holds",
    because: `no case of ${item.exercised} violates it`,
    violated: 0,
    hazards: 0,
    bound: { runs: 4_000, upper95: 0.000749 },
  })),
  findings: [],
  profile: violated.profile.map((item) => ({
    ...item,
    violated: 0,
    hazards: 0,
    refused: item.refused + item.violated + item.hazards,
  })),
  risk: { per1000: 0, low95: 0, high95: 0.92, cases: 4_000, generator: "natural-1" },
  staging: [],
  command: "fleetquake check scenarios/duo-2025-02-13.yaml --variant modern --seed 7 --budget 20000",
};

/** Nothing could be tried: the search says so instead of looking green. */
export const empty: CheckResult = {
  ...clean,
  variant: "nothing",
  managers: [],
  stoppedBy: "interrupt",
  modes: [],
  properties: [
    property("no-self-removal", "no manager removes what a manager runs as", {
      verdict: "never-exercised",
      because: "no case was judged",
    }),
    property("fail-static", "an error in what a manager reads changes nothing in the world", {
      verdict: "out-of-budget",
      because: "the search was interrupted before the first case",
    }),
  ],
  profile: [],
  risk: null,
  staging: null,
};

/** Everything that breaks a format, in one text: markup, quotes, ends of sections, controls, bidirectional text, emoji. */
export const nasty =
  "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">" +
  " ]]> --> &amp; \"quotes\" 'more' `ticks` ``` | pipes | 100% $(id) [link](javascript:alert(1)) @team https://evil.example/ " +
  "\u0000\u0007\u001b[31mred\u001b[0m\u0085\u2028\ud800 ::error::injected\n::error file=x::second line\r\n# heading\n" +
  "\u202egnp.exe\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \ud83d\udc69\u200d\ud83d\ude80\ud83d\udd25 \uffff";

const long = `${nasty}${"x".repeat(10_000)}`;

export const hostile: CheckResult = {
  ...violated,
  scenario: { name: nasty, title: long, file: `../odd folder/%41 ${nasty}` },
  variant: nasty,
  managers: [{ name: nasty, model: nasty, guards: [nasty, long] }],
  baseViolates: [{ property: nasty, because: long }],
  modes: violated.modes.map((item) => ({ ...item, about: nasty, generator: nasty })),
  properties: properties.map((item, k) => ({
    ...item,
    property: k === 1 ? nasty : item.property,
    about: nasty,
    because: long,
  })),
  findings: [selfRemoval, { ...collateral, property: nasty }].map((item) => ({
    ...item,
    id: nasty,
    decision: long,
    because: nasty,
    witness: { rule: nasty, action: nasty, service: nasty, cause: nasty },
    operators: [nasty, nasty],
    counterexample: {
      ...item.counterexample,
      mutations: item.counterexample.mutations.map(() => ({
        op: nasty,
        at: nasty,
        label: long,
        incident: nasty,
      })),
      diff: item.counterexample.diff.map((document) => ({
        id: nasty,
        lines: document.lines.map((line) => ({ ...line, text: long })),
      })),
      events: [nasty],
      chain: item.counterexample.chain.map(({ at }) => ({ at, text: nasty })),
      outage: { ...item.counterexample.outage, services: Array.from({ length: 40 }, () => nasty) },
      place: { file: `../odd folder/%41 ${nasty}`, line: 1, column: 1, document: nasty },
      replay: nasty,
      savedAs: nasty,
      text: long,
    },
  })),
  profile: [
    operator(nasty, long, nasty, [1, 1, 1, 1, 1]),
    operator("S01", nasty, "structure", [1, 1, 0, 0, 0]),
  ],
  risk: { per1000: 1000, low95: 0, high95: 1000, cases: 1, generator: nasty },
  staging: [
    {
      property: nasty,
      difference: long,
      mutations: [],
      labels: [nasty],
      inStaging: nasty,
      inProduction: nasty,
    },
  ],
  command: nasty,
};

export const checkFileOf = (...results: readonly CheckResult[]): CheckFile => ({
  fleetquake: "0.1.0",
  kind: "check",
  results,
});
