/** A shrunk case, told: configuration before and after, the chain of causes, the outage that it makes, the file. */
import { diffDocuments, excerpt } from "../base/diff-lines.js";
import { formatDuration } from "../base/duration.js";
import type { Json } from "../base/json.js";
import type { PropertyRule } from "../models/judging/rule.js";
import { createSimulator } from "../run/simulate.js";
import { TraceRecorder } from "../run/trace-recorder.js";
import { applyCase } from "../scenario/apply-case.js";
import type { Case, CaseEvent, CaseSpec, Witness } from "../scenario/case.js";
import { fromCase } from "../scenario/case-document.js";
import { formatDocument } from "../scenario/format.js";
import type { Run } from "../scenario/run.js";
import { causeChain, describeEvent } from "../trace/explain.js";
import type { Measures } from "../trace/measures.js";
import type { Trace } from "../trace/trace.js";
import { type Base, editAtMs, runFor } from "./base.js";
import type { CounterexampleView, DocumentDiff } from "./check-result.js";
import { Evaluator } from "./evaluate.js";
import { makeDocument } from "./mutations/material.js";
import { type Decision, decisionKey, violationsOf } from "./outcome.js";
import { labelsOf, type Operators } from "./recipe.js";
import type { Fields, Subject } from "./shrink/subject.js";

/** Lines of context around a change. */
const context = 2;

/** What can be said of a case without knowing files and commands. */
export type Telling = Omit<CounterexampleView, "place" | "replay" | "savedAs" | "text">;

export interface Told {
  readonly telling: Telling;
  /** The first bad decision, and the sentence of the verdict. */
  readonly decision: string;
  readonly because: string;
  readonly witness: Witness;
}

/** The run of a case with its trace and measures. */
export function traced(base: Base, item: Case): { readonly trace: Trace; readonly measures: Measures } {
  const start = runFor(base, item);
  const run: Run = { ...start, ...applyCase(start, item, makeDocument) };
  const recorder = new TraceRecorder(run);
  const { seed, replication } = item.luck;
  const measures = createSimulator(run).run(seed, replication, [recorder]);
  return { trace: recorder.trace(seed, replication), measures };
}

/**
 * `full`: the case as it strikes the whole scenario, for the outage that it makes; `small`: the shrunk one, which is
 * easier to follow.
 */
export function tell(
  full: { readonly base: Base; readonly item: Case },
  small: { readonly base: Base; readonly item: Case },
  operators: Operators,
  property: PropertyRule,
  violation: Decision,
): Told {
  const { verdicts } = new Evaluator(small.base).evaluate(small.item, [property]);
  const verdict = verdicts[0]!;
  const key = decisionKey(violation);
  const witness = verdict.violations.find(
    (item) => decisionKey({ property: property.name, ...item }) === key,
  );
  const { trace } = traced(small.base, small.item);
  const { measures } = traced(full.base, full.item);
  const labels = labelsOf(full.base, operators, full.item.recipe);
  const { fleet } = small.base.spec;
  return {
    decision: witness?.text ?? verdict.because,
    because: verdict.because,
    witness: witnessOf(violation),
    telling: {
      mutations: full.item.recipe.map(({ op, at }, k) => ({
        op,
        at,
        label: labels[k]!,
        incident: operators.get(op)?.incident ?? "",
      })),
      size: {
        services: fleet.services.length,
        regions: fleet.regionGroups.reduce((sum, group) => sum + group.members.length, 0),
        mutations: full.item.recipe.length,
      },
      diff: diffsOf(small.base, small.item),
      events: small.item.events.map(describeCaseEvent),
      chain: chainOf(trace, witness?.event ?? -1, witness?.text ?? verdict.because),
      outage: outageOf(measures),
    },
  };
}

export const witnessOf = ({ rule, action, service, cause }: Decision): Witness => ({
  rule,
  action,
  service,
  cause,
});

function chainOf(trace: Trace, event: number, otherwise: string): Telling["chain"] {
  const chain = event < 0 ? [] : causeChain(trace, event);
  const steps = chain.map((item) => ({ at: item.t, text: describeEvent(item) }));
  const end = { at: chain.at(-1)?.t ?? trace.events.at(-1)?.t ?? 0, text: otherwise };
  return steps.at(-1)?.text === end.text ? steps : [...steps, end];
}

function outageOf({ removed, hurt, outage, recovery }: Measures): Telling["outage"] {
  const from = outage.startedAtMs;
  const to = recovery.allRestoredAtMs;
  return {
    removed: removed.instances,
    services: removed.services,
    hurt: hurt.instances,
    lastsMs: from === null || to === null ? null : to - from,
    restoredAtMs: from === null ? null : (to ?? "never"),
    unservedLogins: outage.unservedLogins,
  };
}

/** Documents of the case against those that the scenario delivers in the same version. */
export function diffsOf(base: Base, item: Case): readonly DocumentDiff[] {
  const plain = new Map(
    (base.run.changes.at(-1)?.documents ?? base.run.documents).map((doc) => [doc.id, doc.text]),
  );
  return item.documents.map(({ id, text }) => ({
    id,
    lines: excerpt(diffDocuments(plain.get(id) ?? null, text), context),
  }));
}

export function describeCaseEvent(event: CaseEvent): string {
  const cells = (names: readonly string[] | null): string =>
    names === null ? "" : names.length === 0 ? " to nobody" : ` to ${names.join(", ")} only`;
  switch (event.e) {
    case "deliver":
      return `${event.text}${cells(event.cells)}`;
    case "partial":
      return `version ${event.version} of the configuration is delivered${cells(event.cells)}`;
    case "swap":
      return `change ${event.second + 1} comes before change ${event.first + 1}`;
    case "fault":
      return `fault: ${event.what} of ${event.of} gives ${event.gives}`;
    case "skew":
      return `the clock of ${event.of} is ${event.byMs < 0 ? "behind" : "ahead"}`;
    case "bypass":
      return `somebody switches off the guard ${event.guard} of ${event.of}`;
    case "approve-all":
      return "whoever is asked agrees to everything";
    case "staging":
      return event.text === null ? `staging lacks ${event.id}` : `staging has another ${event.id}`;
  }
}

/** The scenario file that replays it: small, complete, and a test of its own. */
export function counterexampleText(
  { document, item }: Subject,
  told: Told,
  {
    property,
    base,
    title,
    judgedByRun,
  }: {
    readonly property: string;
    readonly base: string;
    readonly title: string;
    /** `fleetquake run` can judge the property without a search. */
    readonly judgedByRun: boolean;
  },
): string {
  const spec: CaseSpec = { ...item, base, property, witness: told.witness };
  const comment = [
    `${property} is violated: ${told.because}`,
    ...told.telling.mutations.map(({ op, label }) => `${op}: ${label}`),
    ...told.telling.events,
  ];
  const {
    title: _title,
    about: _about,
    sources: _sources,
    observed: _observed,
    choices: _choices,
    properties,
    ...rest
  } = document;
  const bound = (properties as Fields | undefined)?.[property];
  const scenario: Fields = {
    fleetquake: 1,
    title: `${title}: ${property}`,
    about: `Found by a search and made as small as it goes. ${told.because}.`,
    ...rest,
    // The change that a search adds to a scenario without one.
    changes: document["changes"] ?? [{ at: formatDuration(editAtMs) }],
    ...(bound === undefined ? {} : { properties: { [property]: bound } }),
    ...(item.recipe.length === 0 ? {} : { mutations: item.recipe.map(({ op, at }) => ({ op, at })) }),
    case: fromCase(spec),
    expect: { default: judgedByRun ? { violates: [property] } : { holds: [] } } as unknown as Json,
  };
  const header = comment.map((line) => `# ${line.replaceAll("\n", " ")}\n`).join("");
  return `# yaml-language-server: $schema=../../schema/scenario.schema.json\n${header}${formatDocument(scenario)}`;
}

/** What becomes of a case when it is replayed, with the chain of causes of the decision that was recorded. */
export function replayed(
  base: Base,
  item: Case,
  property: PropertyRule,
  recorded: Witness,
): { readonly found: readonly Decision[]; readonly because: string; readonly chain: Telling["chain"] } {
  const { verdicts } = new Evaluator(base).evaluate(item, [property]);
  const verdict = verdicts[0]!;
  const key = decisionKey({ property: property.name, ...recorded });
  const violation =
    verdict.violations.find((other) => decisionKey({ property: property.name, ...other }) === key) ??
    verdict.violations[0];
  const chain =
    violation === undefined ? [] : chainOf(traced(base, item).trace, violation.event, violation.text);
  return { found: violationsOf(verdicts), because: verdict.because, chain };
}
