/** Simulates what the page asks, by the way of the command line: document, spec, run, trace, measures and verdicts. */
import { guardCatalogue } from "../../models/guards/catalogue.js";
import { boundsOf, defaultGate, propertyCatalogue } from "../../models/judging/catalogue.js";
import { managerModels } from "../../models/managers/catalogue.js";
import type { WhatIfData } from "../../report/what-if/what-if-data.js";
import { runVariant } from "../../run/run-variant.js";
import { buildRun } from "../../scenario/build-run.js";
import { convert } from "../../scenario/convert.js";
import { convertProperties } from "../../scenario/convert-properties.js";
import type { VariantDocument } from "../../scenario/document-schema.js";
import { applyVariant } from "../../scenario/merge-patch.js";
import { createReporter, type Reported } from "../../scenario/reporter.js";
import type { Run } from "../../scenario/run.js";
import type { Variant } from "../../scenario/scenario.js";
import { traceLines } from "../../trace/json-lines.js";
import { workingCurves } from "../../trace/working-curves.js";
import { changeGuards, changePeopleAndModels, type Fields } from "./change-document.js";
import { editOf } from "./edit.js";
import type { Answer, Question, Simulated, Traced } from "./protocol.js";
import { sha256 } from "./sha256.js";
import { stateOf } from "./state.js";

const catalogue = { managers: managerModels, guards: guardCatalogue };
const properties = propertyCatalogue.map((item) => item.name);
const known = { properties, bounds: boundsOf(propertyCatalogue) };

/** Why a document makes no run, in the words of the command line. */
class Refused extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join("; "));
  }
}

interface Built {
  readonly document: Fields;
  readonly variant: Variant;
  readonly run: Run;
}

interface Done {
  readonly simulated: Simulated;
  /** SHA-256 of its trace, counted when it is first asked for. */
  readonly traceSha256: () => string;
}

export interface Answered {
  readonly answer: Answer;
  /** Null where nothing was simulated. */
  readonly traced: (() => Traced) | null;
}

/** Answers questions about one scenario; runs of its variants as they are are kept. */
export function createAnswerer(data: WhatIfData): (question: Question) => Answered {
  const bases = new Map<string, Built & Done>();
  const baseOf = (name: string): Built & Done => {
    const kept = bases.get(name);
    if (kept !== undefined) return kept;
    const { patch } = data.variants.find((variant) => variant.name === name)!;
    const built = build(data.scenario, name, applyVariant(data.document, patch as Fields), patch as Fields);
    const base = { ...built, ...simulate(built, data.seed) };
    bases.set(name, base);
    return base;
  };
  return ({ id, variant, settings }) => {
    try {
      const base = baseOf(variant);
      const { name } = base.variant;
      const document = changePeopleAndModels(base.document, base.run, settings);
      const { run } = document === base.document ? base : build(data.scenario, name, document, {});
      const target = changeGuards(document, run, managerModels, settings);
      if (target === base.document) {
        return {
          answer: { id, kind: "simulated", base: base.simulated, whatIf: null },
          traced: () => ({ id, kind: "traced", base: base.traceSha256(), whatIf: null }),
        };
      }
      const { patch, ...edit } = editOf(data, target);
      const done = simulate(build(data.scenario, edit.variant, target, patch), data.seed);
      return {
        answer: {
          id,
          kind: "simulated",
          base: base.simulated,
          whatIf: { simulated: done.simulated, edit },
        },
        traced: () => ({ id, kind: "traced", base: base.traceSha256(), whatIf: done.traceSha256() }),
      };
    } catch (error) {
      if (error instanceof Refused)
        return { answer: { id, kind: "refused", reasons: error.reasons }, traced: null };
      throw error;
    }
  };
}

/** The document has the shape of the format: it came out of a file that was read, and settings keep to it. */
function build(scenario: string, name: string, document: Fields, patch: Fields): Built {
  const found: Reported[] = [];
  const report = createReporter(found);
  const shape = document as unknown as VariantDocument;
  const bounds = convertProperties(document["properties"] as Fields | undefined, known, report);
  const spec = { ...convert(shape, report), properties: bounds };
  const errors = found.filter((item) => item.severity !== "warning");
  if (errors.length > 0) throw new Refused(errors.map((item) => item.message));
  const variant: Variant = { name, patch, spec, expect: null };
  const run = buildRun(scenario, variant, catalogue);
  if (!run.ok) throw new Refused(run.error.map((issue) => issue.message));
  return { document, variant, run: run.value };
}

function simulate({ run, variant }: Built, seed: number): Done {
  const options = { seed, properties: propertyCatalogue, gate: defaultGate, sha256: () => "" };
  const { trace, result: told } = runVariant(run, variant, options);
  const { traceSha256: _later, ...result } = told;
  let hash: string | null = null;
  return {
    simulated: { result, curves: workingCurves(trace), state: stateOf(run, managerModels) },
    traceSha256: () => (hash ??= sha256(traceLines(trace))),
  };
}
