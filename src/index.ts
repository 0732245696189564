/** The public API, in the order in which data flows: parse, build, simulate, measure, judge, render. */
export { formatIssue, type Issue } from "./base/issue.js";
export type { Result } from "./base/result.js";
export { type Base, buildBase } from "./chaos/base.js";
export type { CheckFile, CheckResult, Finding } from "./chaos/check-result.js";
export { checkJsonSchema } from "./chaos/check-schema.js";
export { type Evaluation, Evaluator } from "./chaos/evaluate.js";
export { mutationCatalogue, operatorsFor } from "./chaos/mutations/catalogue.js";
export type { Operator } from "./chaos/mutations/operator.js";
export { byId, caseOf } from "./chaos/recipe.js";
export { Searcher, type SearcherOptions } from "./chaos/searcher.js";
export { type ShrinkOptions, type Shrunk, shrink } from "./chaos/shrink/shrink.js";
export {
  type PlannedJob,
  type PlanOptions,
  planRecovery,
  type RecoveryPlan,
} from "./estimate/planning/plan-recovery.js";
export type { PlanningJob, ProblemSpec } from "./estimate/planning/problem.js";
export {
  differences,
  type FigureDifference,
  type PropertyDifference,
  propertyDifferences,
} from "./estimate/replications/compare.js";
export { leverEffect, varianceShare } from "./estimate/replications/effects.js";
export { type Estimate, estimateOf } from "./estimate/replications/estimate.js";
export type { CompareFile, EstimateFile, EstimateResult } from "./estimate/replications/estimate-result.js";
export { compareJsonSchema, estimateJsonSchema } from "./estimate/replications/estimate-schema.js";
export { type FigureSpec, phases } from "./estimate/replications/figures.js";
export { type Lever, leversOf } from "./estimate/replications/levers.js";
export { type LuckKind, luckOf } from "./estimate/replications/luck.js";
export { type Batch, createSampler, type Sampler } from "./estimate/replications/sampler.js";
export { Samples } from "./estimate/replications/samples.js";
export type { Imported, Importer, ImportOptions, Tree } from "./importers/contract.js";
export type { ImportedScenario } from "./importers/imported-scenario.js";
export { importers } from "./importers/importers.js";
export { type Mapping, parseMapping } from "./importers/mapping.js";
export { scenarioOf } from "./importers/scenario-of.js";
export { scenarioText } from "./importers/scenario-text.js";
export { foreignFormat } from "./importers/understand.js";
export {
  type Conformance,
  type ConformanceFinding,
  checkConformance,
  conformanceRules,
} from "./live/conformance.js";
export type { BareManager, StepAnswer } from "./live/model-of.js";
export { managerProtocolJsonSchema } from "./live/protocol.js";
export { guardCatalogue } from "./models/guards/catalogue.js";
export type { Guard, GuardContext, Judgement } from "./models/guards/guard.js";
export { defaultGate, propertyCatalogue } from "./models/judging/catalogue.js";
export type { JudgedRun } from "./models/judging/judged-run.js";
export type { Verdict, Violation } from "./models/judging/property.js";
export type { Companions, PropertyRule } from "./models/judging/rule.js";
export { managerModels } from "./models/managers/catalogue.js";
export type {
  Action,
  Doc,
  Manager,
  Memory,
  Observation,
  Reading,
  Step,
  Turn,
} from "./models/managers/contract.js";
export {
  defineManager,
  type ManagerDefinition,
  type ManagerModel,
} from "./models/managers/define-manager.js";
export { type Policy, type PolicyOverrides, policyAxes } from "./models/managers/policy.js";
export { policyStep } from "./models/managers/policy-step.js";
export type { ReportModel } from "./report/model.js";
export { renderReport } from "./report/render-report.js";
export { type AskedTurn, recordTurns } from "./run/record-turns.js";
export { type StationResult, type StationSpec, simulateStation } from "./run/request-station.js";
export { runVariant, type VariantRun } from "./run/run-variant.js";
export { createSimulator, type SimulateOptions, type Simulator, simulate } from "./run/simulate.js";
export type { RunSink } from "./run/sink.js";
export { TraceRecorder } from "./run/trace-recorder.js";
export { buildRun, type Catalogue } from "./scenario/build-run.js";
export { scenarioJsonSchema } from "./scenario/document-schema.js";
export { formatScenario } from "./scenario/format.js";
export type { FolderFiles, FolderRequest, ReadFolder } from "./scenario/imported-folder.js";
export { type ParsedScenario, type ParseOptions, parseScenario } from "./scenario/parse.js";
export type { Run } from "./scenario/run.js";
export type { Scenario, Variant } from "./scenario/scenario.js";
export { causeChain, describeEvent, rootCause } from "./trace/explain.js";
export { parseTrace, traceLines } from "./trace/json-lines.js";
export { judge } from "./trace/judge.js";
export { measure } from "./trace/measure.js";
export type { Measures } from "./trace/measures.js";
export { perfettoJson } from "./trace/perfetto.js";
export type { ResultFile, VariantResult } from "./trace/result.js";
export { resultJsonSchema } from "./trace/result-schema.js";
export type { Trace, TraceEvent } from "./trace/trace.js";
export { viewOf } from "./trace/variant-view.js";
