/**
 * Speed as ratios: our kernel, its bare queue and every peer that is installed, in interleaved rounds, CPU time, medians.
 * `--json` prints [{ name, ratio, against, goal }], `--rounds N` changes the five rounds, `--large` adds the fleet of a
 * million instances. A ratio is always "times as fast as" or "times as good as": more is better. See README.md.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { peerCases } from "./peers.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error("--rounds takes a whole number, 1 or more");

/** PHOLD of the C++ heap on the reference machine, where the incident is to reach 500 replications a second. */
const referenceHeap = 8.65e6;
/** The same for the 4-ary heap in V8, where there is no compiler for the other. */
const referenceYardstick = 5.94e6;
const duoGoal = 500;

/** [case, against, goal]; null as a goal where a ratio only informs. */
const goals = [
  ["phold callbacks", "phold, SimPy", 25],
  ["phold generators", "phold, SimPy", 10],
  ["mmc generators", "mmc, SimPy", 24],
  ["cascade callbacks", "cascade, SimPy", 40],
  ["phold callbacks", "phold, ns-3", 1.7],
  ["phold callbacks", "phold, C++ heap", 1.2],
  ["cascade callbacks", "cascade, C++ heap", 0.8],
  ["phold callbacks", "phold bare queue", 0.7],
  ["mmc callbacks", "mmc bare queue", null],
  ["cascade callbacks", "cascade bare queue", null],
  ["arithmetic, two workers", "arithmetic, one worker", null],
  ["duo, two workers", "duo, one worker", 1.8],
  ["estimate, events", "cascade callbacks", null],
  ["estimate, two workers", "estimate, one worker", 1.8],
  ["search, structure", "search, bare plan", null],
  ["search, pairs", "search, bare plan", null],
  ["search, text", "search, bare plan", null],
  ["search, cases", "search, bare plan", null],
  ["search, runs", "search, bare plan", null],
  ["search, runs", "duo, legacy", null],
  ["search, two workers", "search, one worker", 1.8],
];

function fail(text) {
  throw new Error(text);
}

function printed(name, command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout.trim().split("\n").at(-1)) : fail(`${name} failed: ${stderr}`);
}

function ownCases() {
  const node = (file, ...args) => ({
    command: process.execPath,
    args: [join(here, file), ...args],
    cwd: here,
    key: "rate",
    resultKey: "result",
  });
  const workloads = [
    ...["phold yardstick", "phold bare queue", "phold callbacks", "phold generators"],
    ...["mmc bare queue", "mmc callbacks", "mmc generators"],
    ...["cascade bare queue", "cascade callbacks"],
  ];
  return new Map([
    ...workloads.map((name) => [name, node("workloads.mjs", name)]),
    ["search, bare plan", node("search.mjs", "bare", "legacy")],
    ["search, structure", node("search.mjs", "structure", "legacy")],
    ["search, pairs", node("search.mjs", "pairs", "legacy")],
    ["search, text", node("search.mjs", "text", "legacy")],
    ["search, cases", node("search.mjs", "cases", "legacy")],
    ["search, runs", node("search.mjs", "runs", "legacy")],
    ["duo, legacy", node("simulate-file.mjs", "duo", "legacy")],
    ["duo, modern", node("simulate-file.mjs", "duo", "modern")],
    ["estimate, replications", node("estimate.mjs", "replications")],
    ["estimate, events", node("estimate.mjs", "events")],
    ...(availableParallelism() < 2
      ? []
      : [
          ["arithmetic, one worker", node("workers.mjs", "1", "arithmetic")],
          ["arithmetic, two workers", node("workers.mjs", "2", "arithmetic")],
          ["duo, one worker", node("workers.mjs", "1")],
          ["duo, two workers", node("workers.mjs", "2")],
          ["estimate, one worker", node("workers.mjs", "1", "estimate")],
          ["estimate, two workers", node("workers.mjs", "2", "estimate")],
          ["search, one worker", node("workers.mjs", "1", "search")],
          ["search, two workers", node("workers.mjs", "2", "search")],
        ]),
  ]);
}

/** Every case once a round, one after the other, each in its own process: what disturbs the machine disturbs them all. */
function measure(cases) {
  const rates = new Map([...cases.keys()].map((name) => [name, []]));
  const results = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [name, { command, args, cwd, key, resultKey }] of cases) {
      const output = printed(name, command, args, cwd);
      rates.get(name).push(output[key]);
      if (output[resultKey] !== undefined) results.set(name, output[resultKey]);
    }
    console.error(`round ${round + 1} of ${rounds}`);
  }
  return { rates, results };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Engines that are compared have to have simulated the same thing. */
function checkResults(results) {
  for (const workload of ["mmc", "cascade"]) {
    const theirs = results.get(`${workload}, C++ heap`);
    for (const [name, ours] of results)
      if (theirs !== undefined && name.startsWith(workload) && !(Math.abs(ours / theirs - 1) < 0.05))
        fail(`${name} simulates something else: ${ours}, the C++ program says ${theirs}`);
  }
}

const ratioOf = (rates, name, against) => median(rates.get(name)) / median(rates.get(against));

/** The least and the largest ratio of any one round. */
function spreadOf(rates, name, against) {
  const each = rates.get(name).map((rate, round) => rate / rates.get(against)[round]);
  return [Math.min(...each), Math.max(...each)];
}

/** Whatever ns-3 scheduler is the fastest here. */
function bestOf(rates, prefix) {
  const names = [...rates.keys()].filter((name) => name.startsWith(prefix));
  return names.reduce(
    (best, name) => (median(rates.get(name)) > median(rates.get(best)) ? name : best),
    names[0],
  );
}

function compared(rates) {
  return goals.flatMap(([name, wanted, goal]) => {
    const against = wanted.endsWith("ns-3") ? bestOf(rates, wanted) : wanted;
    if (!rates.has(name) || !rates.has(against)) return [];
    return [
      { name, ratio: ratioOf(rates, name, against), against, goal, spread: spreadOf(rates, name, against) },
    ];
  });
}

/** So many a second on the reference machine, carried over to this one by a program that is not ours to change. */
const perSecond = [
  ["duo, legacy", duoGoal],
  ["duo, modern", duoGoal],
  ["estimate, replications", 250],
  ["search, structure", 10_000],
  ["search, text", 300],
  ["search, cases", 500],
  ["search, runs", 500],
];

function incidents(rates) {
  const cpp = rates.has("phold, C++ heap");
  const scale = cpp ? "phold, C++ heap" : "phold yardstick";
  return perSecond.map(([name, wanted]) => {
    const eventsEach = (cpp ? referenceHeap : referenceYardstick) / wanted;
    return {
      name,
      ratio: ratioOf(rates, name, scale) * eventsEach,
      against: `${wanted}/s, scaled by ${scale}`,
      goal: 1,
      spread: spreadOf(rates, name, scale).map((ratio) => ratio * eventsEach),
    };
  });
}

/** The heap after a million cases of a search against that after a tenth of them: 1 is flat. */
function searchMemory() {
  console.error("a million cases");
  const script = [join(here, "search.mjs"), "memory", "legacy"];
  const { growth } = printed("search", process.execPath, ["--expose-gc", ...script], here);
  return [
    { name: "search of 10^6 cases, memory", ratio: 1 / growth, against: "after 10^5 cases", goal: 0.8 },
  ];
}

/** The memory in use after 10,000 replications of an estimate, beside their rows, against that after a tenth of them. */
function estimateMemory() {
  console.error("10,000 replications");
  const script = [join(here, "estimate.mjs"), "memory"];
  const { growth, row } = printed("estimate", process.execPath, ["--expose-gc", ...script], here);
  const name = `estimate of 10^4, memory beside its rows of ${row} bytes`;
  return [{ name, ratio: 1 / growth, against: "after 10^3 replications", goal: 0.8 }];
}

/** From 10^4 to 10^6 instances, all removed and brought back. The small fleet is timed warm, the others as they come. */
function fleets() {
  const fleet = (...args) => {
    console.error(`fleet of ${args[0]} services in ${args[1]} regions`);
    const script = [join(here, "simulate-file.mjs"), "fleet", ...args.map(String)];
    const output = printed("fleet", process.execPath, ["--max-old-space-size=2048", ...script], here);
    return { ...output, each: output.seconds / output.instances };
  };
  const small = fleet(100, 100, 30);
  const middle = fleet(316, 316, 4);
  const large = fleet(1000, 1000);
  const row = (name, ratio, against, goal) => ({ name, ratio, against, goal });
  return [
    row("fleet of 10^6, time", 30 / large.seconds, "30 s of CPU", 1),
    row("fleet of 10^6, memory", 2048 / large.megabytes, "2 GB resident", 1),
    row("fleet of 10^5, cost an instance", small.each / middle.each, "10^4 instances", 1 / 3),
    row("fleet of 10^6, cost an instance", small.each / large.each, "10^4 instances", 1 / 3),
  ];
}

const short = (number) => (number >= 1000 ? number.toFixed(0) : number.toPrecision(3));

function table(rows) {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  const line = (row) => row.map((cell, k) => cell.padEnd(widths[k])).join("  ");
  console.log(`${rows.map((row) => line(row).trimEnd()).join("\n")}\n`);
}

function printGoals(rows) {
  table([
    ["name", "ratio", "rounds", "against", "goal", "met?"],
    ...rows.map(({ name, ratio, spread, against, goal }) => [
      name,
      short(ratio),
      spread === undefined ? "" : `${short(spread[0])} .. ${short(spread[1])}`,
      against,
      goal === null ? "" : `>= ${short(goal)}`,
      goal === null ? "" : ratio >= goal ? "yes" : "no",
    ]),
  ]);
}

/** Everything that ran, against the slowest and the barest engine. */
function printAll(rates) {
  for (const workload of ["phold", "mmc", "cascade"]) {
    const scales = [`${workload}, SimPy`, `${workload}, C++ heap`, `${workload} bare queue`].filter((name) =>
      rates.has(name),
    );
    const names = [...rates.keys()].filter((name) => name.startsWith(workload));
    names.sort((a, b) => median(rates.get(b)) - median(rates.get(a)));
    table([
      [workload, ...scales.map((scale) => `x ${scale.slice(workload.length).replace(/^[, ]+/, "")}`)],
      ...names.map((name) => [name, ...scales.map((scale) => short(ratioOf(rates, name, scale)))]),
    ]);
  }
}

function main() {
  const { cases: peers, missing, folder } = peerCases();
  try {
    const { rates, results } = measure(new Map([...ownCases(), ...peers]));
    checkResults(results);
    const rows = [
      ...compared(rates),
      ...incidents(rates),
      ...(options.large ? [...fleets(), ...searchMemory(), ...estimateMemory()] : []),
    ];
    for (const name of missing) console.error(`not installed, skipped: ${name} (npm run bench:peers)`);
    if (options.json) {
      const bare = rows.map(({ name, ratio, against, goal }) => ({ name, ratio, against, goal }));
      console.log(JSON.stringify(bare, null, 2));
      return;
    }
    printAll(rates);
    printGoals(rows);
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

main();
