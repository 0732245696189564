/**
 * How good the plans of the default budget are: mean gaps to the optimum (30 jobs), to the best known schedule (60 and
 * 120 jobs: a run of many times the budget with three seeds) and to the lower bound, on random projects. `--jobs 30,60,120`, `--each N`
 * projects of every kind, `--long F` times the budget for the best known one, `--seconds S` for each proof by HiGHS,
 * `--rows` prints every project.
 */
import { parseArgs } from "node:util";
import { makespanBounds } from "../dist/estimate/planning/bounds.js";
import { networkOf } from "../dist/estimate/planning/network.js";
import { nominalSchedules } from "../dist/estimate/planning/plan-recovery.js";
import { compileProblem } from "../dist/estimate/planning/problem.js";
import { solveExactly } from "../dist/estimate/planning/solve-exactly.js";
import { planRecovery } from "../dist/index.js";
import { kindsOf, project } from "./project-generator.mjs";

const { values: options } = parseArgs({
  options: {
    jobs: { type: "string", default: "30,60,120" },
    each: { type: "string", default: "1" },
    long: { type: "string", default: "10" },
    seconds: { type: "string", default: "20" },
    schedules: { type: "string" },
    rows: { type: "boolean", default: false },
  },
});
const each = Number(options.each);

async function plan(spec, more) {
  const answer = await planRecovery({ ...spec, exact: "never", ...more });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

/** The makespan that HiGHS proves best, or null where it does not within its time. */
async function optimum(spec, known) {
  const problem = compileProblem(spec).value;
  const network = networkOf(problem);
  if (known === makespanBounds(problem, network).best) return known;
  const answer = await solveExactly(problem, network, {
    objective: "makespan",
    known: { makespan: known, harm: 0 },
    columns: 100_000,
    nodes: 1_000_000,
    seconds: Number(options.seconds),
  });
  if (answer.is === "open") return null;
  if (answer.is === "proven") return known;
  return Math.max(...answer.start.map((start, j) => start + problem.durations[j]));
}

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const percent = (value) => `${(100 * value).toFixed(2)} %`;

async function measure(jobs) {
  const rows = [];
  for (const [k, kind] of kindsOf(jobs).entries()) {
    for (let seed = 1; seed <= each; seed++) {
      const spec = project(jobs, kind, 1000 * k + seed);
      const problem = compileProblem(spec).value;
      const schedules =
        options.schedules === undefined ? nominalSchedules(problem, 1000) : Number(options.schedules);
      const begin = performance.now();
      const found = await plan(spec, { schedules });
      const seconds = (performance.now() - begin) / 1000;
      let best = found.makespanMs;
      let proven = found.proof === "bound";
      if (!proven) {
        const seeds = jobs <= 30 ? [2] : [2, 3, 4];
        for (const other of seeds)
          best = Math.min(
            best,
            (await plan(spec, { schedules: schedules * Number(options.long), seed: other })).makespanMs,
          );
        const exact = jobs <= 30 ? await optimum(spec, best) : best === found.bounds.makespanMs ? best : null;
        proven = exact !== null;
        best = exact ?? best;
      }
      const harm = await plan(spec, { schedules, objective: "harm" });
      const row = {
        kind,
        gap: found.makespanMs / best - 1,
        bound: found.makespanMs / found.bounds.makespanMs - 1,
        rule: Math.min(...found.rules.map((rule) => rule.makespanMs)) / best - 1,
        proven,
        seconds,
        full: found.stoppedBy === "budget",
        harm: harm.harm / harm.bounds.harm - 1,
      };
      rows.push(row);
      if (options.rows)
        console.log(
          jobs,
          JSON.stringify(kind),
          seed,
          JSON.stringify({
            ...row,
            kind: undefined,
            found: found.makespanMs,
            best,
            lb: found.bounds.makespanMs,
          }),
        );
    }
  }
  const worst = Math.max(...rows.map((row) => row.gap));
  const times = rows.filter((row) => row.full).map((row) => row.seconds);
  return [
    jobs,
    rows.length,
    `${rows.filter((row) => row.proven).length}`,
    percent(mean(rows.map((row) => row.gap))),
    percent(worst),
    percent(mean(rows.map((row) => row.bound))),
    percent(mean(rows.map((row) => row.rule))),
    percent(mean(rows.map((row) => row.harm))),
    times.length === 0 ? "-" : `${mean(times).toFixed(1)} s`,
  ];
}

const head = [
  "jobs",
  "projects",
  "best proven",
  "mean gap to the best",
  "worst",
  "mean gap to the bound",
  "best rule alone, to the best",
  "harm: mean gap to its bound",
  "time where the budget was used up",
];
console.log(`| ${head.join(" | ")} |\n|${head.map(() => "---").join("|")}|`);
for (const jobs of options.jobs.split(",").map(Number))
  console.log(`| ${(await measure(jobs)).join(" | ")} |`);
