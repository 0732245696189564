/** `managerSuite`: a describe with one test a property, for whatever project tests its manager with vitest. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, type TestContext, test } from "vitest";
import { formatIssue, type Issue } from "../../base/issue.js";
import { gateWith } from "../../models/judging/bound.js";
import { defaultGate, propertyCatalogue } from "../../models/judging/catalogue.js";
import { parseScenario } from "../../scenario/parse.js";
import { builtIn, type FullCatalogue, knownNames } from "../catalogue.js";
import { brokenText, concluded } from "./conclusion.js";
import { type Judged, judgeManager } from "./judge-manager.js";
import { type ManagerSuiteOptions, type SuiteSettings, settle } from "./options.js";
import { type ScenarioText, scenarioText, withGuards } from "./scenario-source.js";
import { type ManagerUnderTest, type Subject, subjectOf } from "./subject.js";

/** What comes after the last case: shrinking, asking again. The search itself stops at `timeoutMs`. */
const graceMs = 600_000;

/**
 * Registers a describe for each scenario, named after it, with the test `<manager>: keeps the contract` and a test
 * `<manager>: <property>` for each property. The search runs once, before them. Throws what is wrong with the options or
 * the scenario.
 */
export function managerSuite(manager: ManagerUnderTest, options: ManagerSuiteOptions = {}): void {
  const calledAt = callSite();
  const settings = settle(options, seedOfEnvironment());
  const subject = subjectOf(manager, settings.ok ? settings.value : {});
  if (!settings.ok || !subject.ok) {
    const issues = [...(settings.ok ? [] : settings.error), ...(subject.ok ? [] : subject.error)];
    throw failure("managerSuite", told(issues), calledAt);
  }
  const { scenario } = options;
  const sources = Array.isArray(scenario) ? scenario : [scenario];
  const suites = sources.map((source) => {
    const read = scenarioText(source);
    if (!read.ok) throw failure("managerSuite", told(read.error), calledAt);
    const text = withGuards(read.value, settings.value);
    return { text, ...namesOf(text, subject.value, settings.value, calledAt) };
  });
  for (const { text, title, properties } of suites)
    describe(title, () => register(subject.value, text, properties, settings.value, calledAt));
}

/** In CI a seed is what the test says: a run there is a run anywhere. */
const seedOfEnvironment = (): string | undefined =>
  process.env["CI"] === undefined ? process.env["FLEETQUAKE_SEED"] : undefined;

const told = (issues: readonly Issue[]): string => issues.map(formatIssue).join("\n");

/** Tests are named before anything is searched, so what they are is read off the scenario. */
function namesOf(
  { text, file }: ScenarioText,
  subject: Subject,
  { variant, properties, expect }: SuiteSettings,
  calledAt: string,
): { readonly title: string; readonly properties: readonly string[] } {
  const catalogue: FullCatalogue = subject.kind === "here" ? subject.catalogue : builtIn;
  const parsed = parseScenario(text, file, { known: knownNames(catalogue) });
  if (!parsed.ok) throw failure("managerSuite", told(parsed.error), calledAt);
  const { name, variants } = parsed.value.scenario;
  const chosen = variants.find((item) => variant === null || item.name === variant) ?? variants[0]!;
  const gate = gateWith(defaultGate, chosen.spec.properties);
  const tested = new Set([...(properties ?? gate), ...Object.keys(expect)]);
  return {
    title: chosen.name === "default" ? name : `${name} · ${chosen.name}`,
    properties: propertyCatalogue.map((property) => property.name).filter((item) => tested.has(item)),
  };
}

function register(
  subject: Subject,
  scenario: ScenarioText,
  properties: readonly string[],
  settings: SuiteSettings,
  calledAt: string,
): void {
  const { name } = subject;
  let judged: Judged | null = null;
  /** Id of the test that says what is broken: it is said once, and never by none. */
  let teller: string | null = null;
  beforeAll(async () => {
    judged = await judgeManager({ subject, scenario, properties, settings });
  }, settings.timeoutMs + graceMs);

  const whole = (context: TestContext): Extract<Judged, { is: "judged" }> => {
    const found = judged!;
    if (found.is === "judged") return found;
    teller ??= context.task.id;
    if (teller !== context.task.id) context.skip(`no verdict: ${name} could not be judged`);
    throw failure("contract", brokenText(found), framesOf(found.cause) ?? calledAt);
  };

  test(`${name}: keeps the contract`, (context) => {
    whole(context);
  });
  for (const property of properties) {
    test(`${name}: ${property}`, async (context) => {
      const { result } = whole(context);
      const conclusion = concluded(
        {
          manager: name,
          property,
          expected: settings.expect[property],
          again: againOf(context, settings.seed),
          save: settings.save,
          option: subject.kind === "here" ? null : subject.option,
        },
        result,
      );
      if (conclusion.as === "skipped") context.skip(conclusion.why);
      if (conclusion.as === "failed") throw failure(conclusion.title, conclusion.text, calledAt);
      if (conclusion.as === "passed" && conclusion.note !== null) {
        console.info(conclusion.note);
        await context.annotate(conclusion.note, "hazard");
      }
    });
  }
}

/** The same search has the same result: the seed is part of it, and nothing else is drawn. */
function againOf({ task }: TestContext, seed: number): string {
  const file = relative(process.cwd(), task.file.filepath);
  const own = seedOfEnvironment() === undefined ? "" : `FLEETQUAKE_SEED=${seed} `;
  return `${own}npx vitest run ${file} -t "${pattern(task.name)}"`;
}

/** `-t` takes a regular expression, and a shell takes what is in quotes: what means something to either is any character. */
const pattern = (name: string): string => name.replaceAll(/["'`$\\()[\]{}*+?^|!]/g, ".");

/** An error that is all message: where it points is where the suite was asked for, or where the manager threw. */
function failure(name: string, message: string, frames: string): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}\n${frames}`;
  return error;
}

/** The frames of the user's own code, from where it threw to where we called it. */
function framesOf(cause: unknown): string | null {
  const frames = (cause instanceof Error ? (cause.stack ?? "") : "")
    .split("\n")
    .filter((line) => line.startsWith("    at "));
  const called = frames.findIndex((frame) => ourselves.some((folder) => frame.includes(folder)));
  const own = called < 0 ? frames : frames.slice(0, called);
  return own.length === 0 ? null : own.join("\n");
}
/** Our folder as a URL has it, and as a file system does: a stack may show either. */
const here = new URL("../../", import.meta.url);
const ourselves = [here.pathname, fileURLToPath(here)];

/** The line that called `managerSuite`, as a stack writes it. */
const callSite = (): string => (new Error("here").stack ?? "").split("\n").slice(3, 4).join("\n");
