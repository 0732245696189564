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

/** Starts the program and sends a signal after a time. */
export const cliInterrupted = (args: readonly string[], afterMs: number, cwd = root): Promise<CliResult> =>
  interrupted(args, cwd, (kill) => setTimeout(kill, afterMs));

/** Starts the program and sends a signal once it has said something. */
export const cliInterruptedAt = (args: readonly string[], words: string, cwd = root): Promise<CliResult> =>
  interrupted(args, cwd, (kill, heard) => heard(words, kill));

function interrupted(
  args: readonly string[],
  cwd: string,
  when: (kill: () => void, heard: (words: string, then: () => void) => void) => void,
): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: "1" } });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    when(
      () => child.kill("SIGINT"),
      (words, then) => {
        const listen = (): void => {
          if (!err.includes(words)) return;
          child.stderr.off("data", listen);
          then();
        };
        child.stderr.on("data", listen);
      },
    );
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
