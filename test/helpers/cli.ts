/** Runs the compiled program in a folder of its own. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./scenario.js";

const main = join(root, "dist/cli/main.js");

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "fleetquake-"));

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function cli(args: readonly string[], cwd = root, env: Record<string, string> = {}): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...env },
    maxBuffer: 100_000_000,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Starts the program and sends a signal once it is at work. */
export function cliInterrupted(args: readonly string[], afterMs: number, cwd = root): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: "1" } });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    setTimeout(() => child.kill("SIGINT"), afterMs);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
