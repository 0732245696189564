// Searches that take too long for every run of the tests: `npm run verify:long [MINUTES]` (10 unless told). Ends with one
// line a check and exits 1 when one fails.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { buildBase } from "../dist/chaos/base.js";
import { fleetScenario } from "../dist/chaos/fleet-arbitrary.js";
import { mutationCatalogue, naturalWeight } from "../dist/chaos/mutations/catalogue.js";
import { randomRecipes, sited } from "../dist/chaos/random.js";
import { byId } from "../dist/chaos/recipe.js";
import { Searcher } from "../dist/chaos/searcher.js";
import { guardCatalogue } from "../dist/models/guards/catalogue.js";
import { defaultGate, propertyCatalogue } from "../dist/models/judging/catalogue.js";
import { managerModels } from "../dist/models/managers/catalogue.js";
import { createSimulator } from "../dist/run/simulate.js";
import { TraceRecorder } from "../dist/run/trace-recorder.js";
import { buildRun } from "../dist/scenario/build-run.js";
import { parseScenario } from "../dist/scenario/parse.js";
import { HeapQueue } from "../dist/sim/heap-queue.js";
import { LadderQueue } from "../dist/sim/ladder-queue.js";
import { traceLines } from "../dist/trace/json-lines.js";
import { judge } from "../dist/trace/judge.js";
import { measure } from "../dist/trace/measure.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const minutes = Number(process.argv[2] ?? 10);
const catalogue = { managers: managerModels, guards: guardCatalogue };
let failed = 0;
const tell = (name, wrong, detail) => {
  if (wrong > 0) failed++;
  console.log(`${wrong > 0 ? "FAILED" : "ok    "}  ${name}: ${detail}, ${wrong} wrong`);
};

/** mulberry32. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// The ladder against the heap: random laws with random parameters, half of the time given.
{
  const until = Date.now() + minutes * 30_000;
  let pops = 0;
  let wrong = 0;
  for (let seed = 1; Date.now() < until; seed++) {
    const u = generator(seed);
    const [ladder, heap] = [new LadderQueue(), new HeapQueue()];
    const scale = 10 ** (u() * 13);
    const ties = u();
    const skew = 1 + 4 * u();
    const pending = Math.ceil(10 ** (u() * 5));
    const push = () => {
      const due = heap.dueMs + (u() < ties ? Math.floor(u() * 3) : Math.floor(scale * u() ** skew));
      const priority = Math.floor(u() * 6);
      return [ladder.push(due, priority, 1, pops), heap.push(due, priority, 1, pops)];
    };
    const handles = Array.from({ length: pending }, push);
    // Times are whole numbers up to 2^53.
    for (let k = 0; k < 300_000 && heap.dueMs + scale < 2 ** 53; k++) {
      if (u() < 0.02) {
        const [a, b] = handles[Math.floor(u() * handles.length)];
        if (ladder.cancel(a) !== heap.cancel(b)) wrong++;
      }
      const limit = u() < 0.05 ? heap.dueMs + Math.floor(u() * scale) : undefined;
      const popped = heap.pop(limit);
      if (ladder.pop(limit) !== popped || (popped && ladder.argument !== heap.argument)) wrong++;
      if (popped) pops++;
      while (heap.size < pending) handles[Math.floor(u() * handles.length)] = push();
    }
  }
  tell("ladder against heap", wrong, `${pops} pops`);
}

// Every variant of every scenario over many seeds: what does not depend on luck does not, and a saved trace says the same.
{
  const until = Date.now() + minutes * 30_000;
  const runs = readdirSync(join(root, "scenarios"))
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => {
      const parsed = parseScenario(readFileSync(join(root, "scenarios", name), "utf8"), name);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error[0]));
      return parsed.value.scenario.variants.map((variant) => {
        const built = buildRun(name, variant, catalogue);
        if (!built.ok) throw new Error(JSON.stringify(built.error[0]));
        const never = variant.expect?.recovered?.never === true;
        return {
          name: `${name} ${variant.name}`,
          run: built.value,
          never,
          simulator: createSimulator(built.value),
        };
      });
    });
  let count = 0;
  let wrong = 0;
  const verdictsAtFirst = new Map();
  for (let seed = 1; Date.now() < until; seed++) {
    for (const { name, run, simulator, never } of runs) {
      const recorder = new TraceRecorder(run);
      const measures = simulator.run(seed, 0, [recorder]);
      const trace = recorder.trace(seed, 0);
      // Whether a rule is exercised may depend on luck; whether it is violated must not.
      const verdicts = judge(propertyCatalogue, trace)
        .filter((item) => item.verdict === "violated")
        .map((item) => item.property)
        .join();
      const known = verdictsAtFirst.get(name) ?? verdicts;
      verdictsAtFirst.set(name, known);
      const problems = [];
      if (known !== verdicts) problems.push("verdicts depend on luck");
      if (never !== (measures.outage.startedAtMs !== null && measures.recovery.allRestoredAtMs === null)) {
        problems.push(never ? "recovered" : "not recovered");
      }
      if (JSON.stringify(measure(trace)) !== JSON.stringify(measures))
        problems.push("measures of the trace differ");
      if (seed % 50 === 1) {
        const hash = (item) => {
          const digest = createHash("sha256");
          for (const line of traceLines(item)) digest.update(line);
          return digest.digest("hex");
        };
        const again = new TraceRecorder(run);
        createSimulator(run, { queue: () => new HeapQueue() }).run(seed, 0, [again]);
        if (hash(again.trace(seed, 0)) !== hash(trace)) problems.push("another trace on the heap");
      }
      count++;
      if (problems.length > 0) {
        wrong++;
        if (wrong < 20) console.log(`  ${name}, seed ${seed}: ${problems.join(", ")}`);
      }
    }
  }
  tell("scenarios over seeds", wrong, `${count} runs`);
}

// What stops the mechanisms of real incidents, in many more random cases than in every run of the tests.
{
  const cases = 2_000;
  const vitest = join(root, "node_modules/.bin/vitest");
  const { status, stdout } = spawnSync(
    vitest,
    ["run", "test/quality/mechanisms", "-t", "what stops a mechanism"],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, MECHANISM_CASES: String(cases) },
    },
  );
  if (status !== 0) console.log(stdout);
  tell("what stops the mechanisms of incidents", status === 0 ? 0 : 1, `${cases} random cases each`);
}

// No false alarm: at least 100,000 random cases on the manager that keeps the gate, in the incident and in random fleets.
{
  const until = Date.now() + minutes * 30_000;
  const operators = byId(mutationCatalogue);
  const gate = propertyCatalogue.filter(({ name }) => defaultGate.includes(name));
  const luck = { seed: 1, replication: 0, pinned: [] };
  const weightOf = (name) => naturalWeight[name];
  let count = 0;
  let wrong = 0;
  let fleets = 0;
  const goesOn = () => count < 100_000 || Date.now() < until;
  for (let seed = 1; goesOn(); seed++) {
    const base = seed === 1 ? incidentBase() : randomBase(seed);
    if (base === null) continue;
    const searcher = new Searcher(base, operators, gate, { luck, exact: false });
    // A change that removes what others need violates the gate without any mutation: nothing to learn here.
    if (searcher.judge([], "run").violations.length > 0) continue;
    fleets++;
    const runs = seed === 1 ? 5_000 : 300;
    const recipes = randomRecipes(sited(base, mutationCatalogue), {
      seed,
      runs,
      mutationsMax: 3,
      weighting: "coverage",
      weightOf,
    });
    for (const recipe of recipes.slice(0, runs)) {
      if (!goesOn()) break;
      const outcome = searcher.judge(recipe, "run");
      if (outcome === null) continue;
      count++;
      const alarms = outcome.violations.filter(({ hazard }) => !hazard);
      if (alarms.length === 0) continue;
      wrong++;
      if (wrong < 20) console.log(`  fleet ${seed}: ${JSON.stringify(recipe)} ${JSON.stringify(alarms[0])}`);
    }
  }
  tell("no false alarm on the manager that keeps the gate", wrong, `${count} cases in ${fleets} fleets`);
}

function incidentBase() {
  const file = "duo-2025-02-13.yaml";
  const parsed = parseScenario(readFileSync(join(root, "scenarios", file), "utf8"), file);
  const { variants } = parsed.value.scenario;
  const modern = variants.find(({ name }) => name === "modern");
  return buildBase(file, modern, variants, catalogue).value;
}

/** A fleet whose managers are all of the careful kind; null where its change violates the gate by itself. */
function randomBase(seed) {
  const [document] = fc.sample(fleetScenario({ services: 6, models: ["modern"], guards: [] }), {
    seed,
    numRuns: 1,
  });
  // Guards that are kept in the configuration vanish with it: that is a finding, and no false alarm.
  const outside = JSON.stringify(document).replaceAll('"in-configuration"', '"external"');
  const parsed = parseScenario(outside, "random.yaml");
  if (!parsed.ok) return null;
  const { variants } = parsed.value.scenario;
  const base = buildBase("random", variants[0], variants, catalogue);
  return base.ok ? base.value : null;
}
process.exit(failed === 0 ? 0 : 1);
