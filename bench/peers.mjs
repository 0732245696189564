/**
 * Other engines on the same workloads, as far as they are installed. Their programs are looked for beside the repository
 * (`../shared/bench`), copied to a temporary folder and built there; nothing is installed from here.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const programs = join(here, "../../shared/bench");
const packages = join(here, ".peers/node_modules");
const optimised = ["-O3", "-march=native"];

const run = (command, args, cwd) => spawnSync(command, args, { cwd, encoding: "utf8" });
const works = (command, ...args) => run(command, args).status === 0;

/** Cases by name: a command that prints one JSON line, and the keys of its rate and of what it simulated. */
export function peerCases() {
  const cases = new Map();
  const missing = [];
  if (!existsSync(programs)) return { cases, missing: ["all of them: no ../shared/bench"], folder: null };
  const folder = mkdtempSync(join(tmpdir(), "fleetquake-peers-"));
  cpSync(programs, folder, { recursive: true });
  run("chmod", ["-R", "u+w", folder]);

  const add = (name, directory, command, args, key, resultKey) =>
    cases.set(name, { command, args, cwd: join(folder, directory), key, resultKey });
  const built = (directory, program, ...flags) =>
    run("g++", [...optimised, "-o", program, `${program}.cpp`, ...flags], join(folder, directory)).status ===
    0;

  const python = "/usr/bin/python3";
  if (works(python, "-c", "import simpy; assert simpy.__version__[0] >= '3'")) {
    add("phold, SimPy", "simpy", python, ["phold.py", "2e5"], "evps_run");
    add("mmc, SimPy", "simpy", python, ["mmc.py", "5e4"], "custps");
    add("cascade, SimPy", "simpy", python, ["cascade.py", "2"], "repps");
  } else missing.push("SimPy");

  if (["phold", "mmc", "cascade"].every((program) => built("cpp-bare", program, "-std=c++20"))) {
    add("phold, C++ heap", "cpp-bare", "./phold", ["2e6"], "evps");
    add("phold, C++ priority_queue", "cpp-bare", "./phold", ["2e6", "std"], "evps");
    add("mmc, C++ heap", "cpp-bare", "./mmc", ["1e6"], "custps", "wq");
    add("cascade, C++ heap", "cpp-bare", "./cascade", ["100"], "repps", "mean");
  } else missing.push("C++ heap");

  const flags = run("pkg-config", ["--cflags", "--libs", "ns3-core"]);
  if (flags.status === 0 && built("ns3", "bench", "-std=c++17", ...flags.stdout.trim().split(/\s+/))) {
    for (const scheduler of ["PriorityQueue", "Map", "Calendar", "Heap"]) {
      add(`phold, ns-3 ${scheduler}`, "ns3", "./bench", ["phold", "1e6", scheduler], "evps");
      if (scheduler !== "PriorityQueue" && scheduler !== "Map") continue;
      add(`mmc, ns-3 ${scheduler}`, "ns3", "./bench", ["mmc", "1e6", scheduler], "custps");
      add(`cascade, ns-3 ${scheduler}`, "ns3", "./bench", ["cascade", "50", scheduler], "repps");
    }
  } else missing.push("ns-3");

  if (built("simgrid", "bench", "-std=c++17", "-lsimgrid")) {
    add("phold, SimGrid timers", "simgrid", "./bench", ["timer", "1e6"], "evps");
    add("phold, SimGrid actors", "simgrid", "./bench", ["phold", "2e5"], "evps");
    add("mmc, SimGrid", "simgrid", "./bench", ["mmc", "1e5"], "custps");
  } else missing.push("SimGrid");

  const script = (name, program, ...args) => {
    const [workload] = args;
    const node = [
      `NODE_PATH=${packages}`,
      process.execPath,
      "--require",
      join(here, "cpu-clock.cjs"),
      program,
    ];
    add(
      `${workload}, ${name}`,
      "node-peers",
      "env",
      [...node, ...args],
      workload === "mmc" ? "custps" : "evps",
    );
  };
  if (existsSync(join(packages, "simjs"))) {
    script("simjs", "simjs.cjs", "phold", "3e5");
    script("simjs", "simjs.cjs", "mmc", "2e5");
  } else missing.push("simjs");
  if (existsSync(join(packages, "simscript"))) {
    script("simscript", "simscript.cjs", "phold", "3e3");
    script("simscript", "simscript.cjs", "mmc", "1e4");
  } else missing.push("simscript");
  return { cases, missing, folder };
}
