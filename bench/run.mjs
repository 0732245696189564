/**
 * Speed as ratios, never as lone times: our kernel, its bare queue, and every peer that is installed, interleaved, CPU
 * time, medians. `--json` prints [{ name, ratio, against, goal }], `--rounds N` changes the five rounds, `--large` adds
 * the fleet of a million instances.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { peerCases } from "./peers.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) => process.argv.includes(name);
const rounds = option("--rounds") ? Number(process.argv[process.argv.indexOf("--rounds") + 1]) : 5;
const say = (text) => {
  if (!option("--json")) console.log(text);
};

const {
  cases: peers,
  missing,
  folder,
  graph,
} = peerCases(join(here, "../../shared/bench"), join(here, ".peers/node_modules"));
const node = (file, ...args) => ({
  command: process.execPath,
  args: [join(here, file), ...args],
  cwd: here,
  key: "rate",
});

const cases = new Map([
  ["phold bare queue", node("workloads.mjs", "phold bare queue")],
  ["phold callbacks", node("workloads.mjs", "phold callbacks")],
  ["phold generators", node("workloads.mjs", "phold generators")],
  ["mmc generators", node("workloads.mjs", "mmc generators")],
  ...(graph === undefined ? [] : [["cascade", node("workloads.mjs", "cascade", graph)]]),
  ["duo legacy", node("simulate-file.mjs", "duo", "legacy")],
  ["duo modern", node("simulate-file.mjs", "duo", "modern")],
  ...peers,
]);

const rates = new Map([...cases.keys()].map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, { command, args, cwd, key }] of cases) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    rates.get(name).push(JSON.parse(stdout.trim().split("\n").at(-1))[key]);
  }
  say(`round ${round + 1} of ${rounds}`);
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rate = (name) => median(rates.get(name));

const goals = [
  ["phold callbacks", "SimPy phold", 25],
  ["phold generators", "SimPy phold", 10],
  ["mmc generators", "SimPy mmc", 24],
  ["cascade", "SimPy cascade", 40],
  ["phold callbacks", "ns-3 phold", 1.7],
  ["phold callbacks", "C++ heap phold", 1.2],
  ["cascade", "C++ heap cascade", 0.8],
  ["phold callbacks", "phold bare queue", 0.7],
];
// Peers without a goal of their own are shown all the same.
for (const name of peers.keys()) {
  const ours = name.endsWith("phold")
    ? "phold callbacks"
    : name.endsWith("mmc")
      ? "mmc generators"
      : "cascade";
  if (!goals.some(([own, against]) => own === ours && against === name)) goals.push([ours, name, null]);
}
const results = goals
  .filter(([name, against]) => rates.has(name) && rates.has(against))
  .map(([name, against, goal]) => ({ name, ratio: rate(name) / rate(against), against, goal }));

// Replications of the incident, a day of simulated time each: the one goal that is a number of this machine.
for (const name of ["duo legacy", "duo modern"]) {
  results.push({
    name: `${name}, replications`,
    ratio: rate(name) / 500,
    against: "500 a second here",
    goal: 1,
  });
}

if (option("--large")) {
  const fleet = (services, regions) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        "--max-old-space-size=2048",
        join(here, "simulate-file.mjs"),
        "fleet",
        String(services),
        String(regions),
      ],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const small = fleet(100, 100);
  const large = fleet(1000, 1000);
  say(
    `fleet of ${large.instances}: ${large.removed} removed, ${large.restored ? "all" : "not all"} restored, ${large.seconds.toFixed(1)} s CPU, ${Math.round(large.megabytes)} MB`,
  );
  results.push(
    { name: "fleet of 10^6, seconds", ratio: large.seconds / 30, against: "30 s (at most)", goal: 1 },
    { name: "fleet of 10^6, memory", ratio: large.megabytes / 2048, against: "2 GB (at most)", goal: 1 },
    {
      name: "cost an instance, 10^6",
      ratio: large.seconds / large.instances / (small.seconds / small.instances),
      against: "10^4 instances (at most)",
      goal: 3,
    },
  );
}

if (option("--json")) console.log(JSON.stringify(results, null, 2));
else {
  for (const name of missing) console.log(`not installed, skipped: ${name} (npm run bench:peers)`);
  const atMost = ({ against }) => against.endsWith("(at most)");
  const rows = [
    ["case", "ratio", "against", "goal", ""],
    ...results.map((item) => [
      item.name,
      item.ratio.toPrecision(3),
      item.against,
      item.goal === null ? "" : `${atMost(item) ? "<=" : ">="} ${item.goal}`,
      item.goal === null
        ? ""
        : (atMost(item) ? item.ratio <= item.goal : item.ratio >= item.goal)
          ? "reached"
          : "short",
    ]),
  ];
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  console.log(
    `\n${rows
      .map((row) =>
        row
          .map((cell, k) => cell.padEnd(widths[k]))
          .join("  ")
          .trimEnd(),
      )
      .join("\n")}`,
  );
}
if (folder !== null) rmSync(folder, { recursive: true, force: true });
