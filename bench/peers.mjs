/** Other engines on the same workloads, as far as they are installed: built once into a temporary folder. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const run = (command, args, cwd) => spawnSync(command, args, { cwd, encoding: "utf8" });
const works = (command, args) => run(command, args).status === 0;

/** Cases by name: a command that prints one JSON line, and the key of its rate. Missing peers are told, not failed. */
export function peerCases(source, modules) {
  const cases = new Map();
  const missing = [];
  if (!existsSync(source))
    return { cases, missing: ["all of them (their programs are not here)"], folder: null };
  const folder = mkdtempSync(join(tmpdir(), "fleetquake-peers-"));
  cpSync(source, folder, { recursive: true });
  run("chmod", ["-R", "u+w", folder]);
  const add = (name, directory, command, args, key) =>
    cases.set(name, { command, args, cwd: join(folder, directory), key });

  if (works("/usr/bin/python3", ["-c", "import simpy; simpy.Environment"])) {
    const python = "/usr/bin/python3";
    add("SimPy phold", "simpy", python, ["phold.py", "2e5"], "evps_run");
    add("SimPy mmc", "simpy", python, ["mmc.py", "5e4"], "custps");
    add("SimPy cascade", "simpy", python, ["cascade.py", "2"], "repps");
  } else missing.push("SimPy");

  const gcc = ["-O3", "-march=native"];
  if (works("g++", ["--version"])) {
    for (const program of ["phold", "mmc", "cascade"])
      run("g++", [...gcc, "-std=c++20", "-o", program, `${program}.cpp`], join(folder, "cpp-bare"));
    add("C++ heap phold", "cpp-bare", "./phold", ["2e6"], "evps");
    add("C++ heap mmc", "cpp-bare", "./mmc", ["1e6"], "custps");
    add("C++ heap cascade", "cpp-bare", "./cascade", ["100"], "repps");
    const flags = run("pkg-config", ["--cflags", "--libs", "ns3-core"]);
    if (flags.status === 0) {
      const libraries = flags.stdout.trim().split(/\s+/);
      run("g++", [...gcc, "-std=c++17", "-o", "bench", "bench.cpp", ...libraries], join(folder, "ns3"));
      add("ns-3 phold", "ns3", "./bench", ["phold", "2e6", "PriorityQueue"], "evps");
    } else missing.push("ns-3");
    run("g++", [...gcc, "-std=c++17", "-o", "bench", "bench.cpp", "-lsimgrid"], join(folder, "simgrid"));
    if (existsSync(join(folder, "simgrid/bench"))) {
      add("SimGrid phold", "simgrid", "./bench", ["phold", "1e5"], "evps");
      add("SimGrid mmc", "simgrid", "./bench", ["mmc", "5e4"], "custps");
    } else missing.push("SimGrid");
  } else missing.push("C++ heap", "ns-3", "SimGrid");

  for (const [name, count] of [
    ["simjs", "2e5"],
    ["simscript", "3e3"],
  ]) {
    if (!existsSync(join(modules, name))) {
      missing.push(name);
      continue;
    }
    // The programs look for the package beside themselves.
    if (!existsSync(join(folder, "node-peers/node_modules")))
      symlinkSync(modules, join(folder, "node-peers/node_modules"));
    add(`${name} phold`, "node-peers", process.execPath, [`${name}.cjs`, "phold", count], "evps");
  }
  return { cases, missing, folder, graph: join(folder, "common/graph.txt") };
}
