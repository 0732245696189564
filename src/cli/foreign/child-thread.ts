/**
 * The thread that owns one planner process: it can wait for lines while the simulator's thread stands still until
 * the answer is there.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { type MessagePort, workerData } from "node:worker_threads";
import type { Reply } from "../../live/exec-model.js";
import { endGroup, noteProcess } from "./child-processes.js";

export interface ChildSetup {
  readonly command: readonly string[];
  readonly port: MessagePort;
  /** One Int32, set to 1 when a reply is at the port. */
  readonly signal: SharedArrayBuffer;
  readonly registry: SharedArrayBuffer;
}

export type ToChild = { readonly line: string; readonly timeoutMs: number } | { readonly close: true };

/** No plan is this long; something writes without end. */
const longestLine = 64_000_000;
const stderrLines = 20;
const longestStderrLine = 500;
/** How long a planner that saw the end of its input may take to leave. */
const leaveMs = 500;

class Child {
  private readonly process: ChildProcess;
  private readonly forget: () => void;
  private readonly lines: string[] = [];
  private readonly stderr: string[] = [];
  private waiting: NodeJS.Timeout | null = null;
  private ended: string | null = null;
  private rest = "";

  constructor(private readonly setup: ChildSetup) {
    const [program, ...args] = setup.command;
    this.process = spawn(program!, args, { stdio: "pipe", detached: process.platform !== "win32" });
    const { pid, stdin, stdout, stderr } = this.process;
    this.forget = pid === undefined ? () => {} : noteProcess(setup.registry, pid);
    // A planner that reads no more is told by its end.
    stdin!.on("error", () => {});
    const decoder = new StringDecoder("utf8");
    stdout!.on("data", (data: Buffer) => this.heard(decoder.write(data)));
    stderr!.setEncoding("utf8").on("data", (text: string) => this.complained(text));
    this.process.on("error", (error) => this.end(`it cannot be started: ${error.message}`));
    // Output may still be on its way when a process has exited.
    this.process.on("exit", (code, signal) => {
      this.forget();
      setTimeout(() => this.end(signal === null ? `exit code ${code}` : `signal ${signal}`), 100);
    });
    this.process.on("close", (code, signal) =>
      this.end(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
  }

  ask(line: string, timeoutMs: number): void {
    const unasked = this.lines.shift();
    if (unasked !== undefined) this.reply({ got: "line", text: unasked, unasked: true });
    else if (this.ended !== null) this.reply({ got: "end", how: this.ended });
    else {
      this.waiting = setTimeout(() => {
        this.kill();
        this.reply({ got: "nothing" });
      }, timeoutMs);
      this.process.stdin!.write(`${line}\n`);
    }
  }

  close(): void {
    this.process.stdin!.end();
    if (this.ended !== null) process.exit();
    this.process.on("close", () => process.exit());
    setTimeout(() => {
      this.kill();
      process.exit();
    }, leaveMs);
  }

  private kill(): void {
    if (this.process.pid !== undefined && this.process.exitCode === null) endGroup(this.process.pid);
    this.forget();
  }

  private heard(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== "") this.lines.push(line.replace(/\r$/, ""));
    if (this.rest.length > longestLine) {
      this.kill();
      this.end(`it wrote a line of more than ${longestLine / 1_000_000} MB`);
    }
    this.answer();
  }

  private complained(text: string): void {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    this.stderr.push(...lines.map((line) => line.slice(0, longestStderrLine)));
    this.stderr.splice(0, this.stderr.length - stderrLines);
  }

  private end(how: string): void {
    if (this.ended !== null) return;
    this.ended = how;
    if (this.waiting === null) return;
    const last = this.lines.shift();
    if (last === undefined) this.reply({ got: "end", how });
    else this.reply({ got: "line", text: last, unasked: false });
  }

  private answer(): void {
    if (this.waiting === null) return;
    const text = this.lines.shift();
    if (text !== undefined) this.reply({ got: "line", text, unasked: false });
  }

  private reply(
    what: Omit<Extract<Reply, { got: "line" }>, "stderr"> | { got: "nothing" } | { got: "end"; how: string },
  ): void {
    if (this.waiting !== null) clearTimeout(this.waiting);
    this.waiting = null;
    this.setup.port.postMessage({ ...what, stderr: [...this.stderr] });
    const signal = new Int32Array(this.setup.signal);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }
}

const setup = workerData as ChildSetup;
const child = new Child(setup);
setup.port.on("message", (message: ToChild) => {
  if ("close" in message) child.close();
  else child.ask(message.line, message.timeoutMs);
});
