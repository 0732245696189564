/** A manager in another process as a model of the catalogue: asks it line by line, and says in words what goes wrong. */
import type * as z from "zod";
import { canonicalJson, type Json } from "../base/json.js";
import type { Doc, GuardSpec, Memory, Reading, Self, Step } from "../models/managers/contract.js";
import { type ManagerModel, plainPolicy } from "../models/managers/define-manager.js";
import type { PolicyOverrides } from "../models/managers/policy.js";
import { type FaultContext, fault, type ManagerFault, shorten, wrongAnswer } from "./fault.js";
import { shapeProblems } from "./problems.js";
import { type Ask, helloAnswer, protocolVersion, type Request, requestLine } from "./protocol.js";

/** What came of one line that was written to it. */
export type Reply = { readonly stderr: readonly string[] } & (
  | { readonly got: "line"; readonly text: string; readonly unasked: boolean }
  | { readonly got: "nothing" }
  | { readonly got: "end"; readonly how: string }
);

/** One running process; `ask` blocks until it answered, ended, or its time is up. */
export interface Channel {
  ask(line: string, timeoutMs: number): Reply;
  close(): void;
}

export interface ExecOptions {
  readonly label: string;
  readonly open: () => Channel;
  /** For one answer; the first one may take longer. */
  readonly timeoutMs: number;
  readonly fleetquake: string;
}

/** Starting an interpreter, or a virtual machine on a busy computer, takes its time. */
export const startTimeoutMs = 10_000;

export interface ExecModel {
  readonly model: ManagerModel;
  /** One restart is forgiven a run; this begins the next one. */
  nextRun(): void;
  close(): void;
}

/** Starts it and shakes hands; throws a ManagerFault when that fails. */
export function openExecModel(options: ExecOptions): ExecModel {
  const conversation = new Conversation(options);
  const hello = conversation.start();
  const { name, about = `answers as ${options.label}`, answers = ["step"] } = hello;
  const model: ManagerModel = {
    name,
    about,
    policy: { ...plainPolicy, ...(hello.policy as PolicyOverrides | undefined) },
    guards: (hello.guards ?? []) as readonly GuardSpec[],
    build: (policy, guards, read) => ({
      name,
      about,
      policy,
      guards,
      ...(hello.watchesHealth === true ? { watchesHealth: true as const } : {}),
      boot: answers.includes("boot")
        ? (durable) => conversation.ask(null, { ask: "boot", policy, durable }, "memory") as unknown as Memory
        : (durable) => ({ durable, volatile: null }),
      read: answers.includes("read")
        ? remembered(
            (documents, self) =>
              conversation.ask(
                self.manager,
                { ask: "read", policy, documents, self },
                "reading",
              ) as unknown as Reading,
          )
        : read,
      // Checked and completed by who contains it.
      step: (memory, turn) =>
        conversation.ask(turn.self.manager, { ask: "step", policy, memory, turn }, null) as unknown as Step,
    }),
  };
  return { model, nextRun: () => conversation.nextRun(), close: () => conversation.close() };
}

/** Equal documents give the identical Reading, as our own reader does. */
function remembered(read: (documents: readonly Doc[], self: Self) => Reading): typeof read {
  const known = new Map<string, Reading>();
  return (documents, self) => {
    const key = canonicalJson({ documents, manager: self.manager, cell: self.cell });
    const reading = known.get(key) ?? read(documents, self);
    known.delete(key);
    known.set(key, reading);
    if (known.size > 32) known.delete(known.keys().next().value!);
    return reading;
  };
}

type Hello = z.infer<typeof helloAnswer>;

class Conversation {
  private channel: Channel | null = null;
  private id = 0;
  private restarts = 0;

  constructor(private readonly options: ExecOptions) {}

  start(): Hello {
    this.channel = this.options.open();
    const request: Request = { ask: "hello", fleetquake: this.options.fleetquake };
    const line = requestLine(++this.id, request);
    const context = this.context(null, line);
    const answer = this.take(context, this.channel.ask(line, this.timeoutMs("hello")), "hello");
    const problems = shapeProblems(helloAnswer, answer, Object.keys(helloAnswer.shape));
    if (problems.length > 0) throw wrongAnswer(context, "hello", problems);
    return answer as unknown as Hello;
  }

  /** The value under `key`, or the whole answer without its head. A process that ended is started once more. */
  ask(manager: string | null, request: Request, key: string | null): Json {
    const line = requestLine(++this.id, request);
    const context = this.context(manager, line);
    if (this.channel === null) this.start();
    let reply = this.channel!.ask(line, this.options.timeoutMs);
    if (reply.got === "end" && this.restarts === 0) {
      this.restarts++;
      this.close();
      this.start();
      reply = this.channel!.ask(line, this.options.timeoutMs);
    }
    const { v: _v, id: _id, ...rest } = this.take(context, reply, request.ask);
    if (key === null) return rest;
    if (Object.keys(rest).join() === key) return rest[key]!;
    const expected = `{"v":${protocolVersion},"${key}":…}`;
    throw wrongAnswer(context, request.ask, [
      { path: [], message: `it has the keys ${Object.keys(rest).join(", ") || "none"}`, expected },
    ]);
  }

  private timeoutMs(ask: Ask): number {
    const { timeoutMs } = this.options;
    return ask === "hello" ? Math.max(timeoutMs, startTimeoutMs) : timeoutMs;
  }

  nextRun(): void {
    this.restarts = 0;
  }

  close(): void {
    this.channel?.close();
    this.channel = null;
  }

  private context(manager: string | null, line: string): FaultContext {
    return { label: this.options.label, manager, request: () => line };
  }

  /** The message in a reply; everything else ends the run with words. */
  private take(context: FaultContext, reply: Reply, ask: Ask): Readonly<Record<string, Json>> {
    const wrong = (code: string, message: string, expected: string): ManagerFault =>
      fault(context, code, `${message}${lastWords(reply.stderr)}`, { expected });
    if (reply.got === "nothing") {
      throw wrong(
        "never-returns",
        `did not answer ${ask} within ${this.timeoutMs(ask)} ms; it was ended`,
        "one line for every request, flushed at once (--manager-timeout gives more time)",
      );
    }
    if (reply.got === "end") {
      const twice = this.restarts > 0 ? ", a second time" : "";
      throw wrong(
        "ended",
        `ended instead of answering ${ask} (${reply.how})${twice}`,
        "that it goes on until its stdin ends",
      );
    }
    if (reply.unasked) {
      throw wrong(
        "unasked",
        `wrote a line that nobody asked for: ${shorten(reply.text, 120)}`,
        "one line for every request",
      );
    }
    const message = parsed(reply.text);
    if (message === null) {
      throw wrong(
        "no-json",
        `wrote a line that is no JSON object: ${shorten(reply.text, 120)}`,
        "answers on stdout, one JSON object a line; everything else on stderr",
      );
    }
    if (message["v"] !== protocolVersion) {
      const version = JSON.stringify(message["v"]) ?? "no version";
      throw wrong(
        "wrong-version",
        `answers in ${version} (\`v\`)`,
        `"v":${protocolVersion} in every message`,
      );
    }
    if (message["id"] !== undefined && message["id"] !== this.id)
      throw wrong("out-of-order", `answered request ${message["id"]}`, `the answer to request ${this.id}`);
    if (typeof message["error"] === "string")
      throw wrong("refused", `cannot answer ${ask}: ${message["error"]}`, "an answer");
    return message;
  }
}

function parsed(text: string): Readonly<Record<string, Json>> | null {
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, Json>>;
  } catch {
    // Told by whoever asked.
  }
  return null;
}

const lastWords = (stderr: readonly string[]): string =>
  stderr.length === 0
    ? ""
    : `; its last lines on stderr:\n${stderr.map((line) => `    | ${line}`).join("\n")}`;
