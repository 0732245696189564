/** What is said of a process that does not keep the protocol. The processes here are functions from line to reply. */
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import { contain } from "../../../src/live/contain.js";
import { type Channel, openExecModel, type Reply } from "../../../src/live/exec-model.js";
import { ManagerFault } from "../../../src/live/fault.js";
import { plainPolicy } from "../../../src/models/managers/define-manager.js";
import { randomTurns } from "../../helpers/random-turns.js";

type Answer = Reply | object | string;

const [{ turn, memory }] = randomTurns("fail-static", 1) as [ReturnType<typeof randomTurns>[number]];

function channel(answers: (ask: string, count: number) => Answer): Channel {
  let count = 0;
  return {
    ask(line) {
      const { ask } = JSON.parse(line) as { ask: string };
      const answer = ask === "hello" ? answers(ask, 0) : answers(ask, ++count);
      if (typeof answer === "object" && "got" in answer) return answer;
      const text = typeof answer === "string" ? answer : JSON.stringify(answer);
      return { got: "line", text, unasked: false, stderr: [] };
    },
    close() {},
  };
}

const hello = { v: 1, name: "x" };
const ended: Reply = { got: "end", how: "signal SIGKILL", stderr: ["out of memory"] };

function open(processes: readonly ((ask: string, count: number) => Answer)[]) {
  let started = 0;
  const exec = openExecModel({
    label: "exec:x",
    timeoutMs: 50,
    fleetquake: "0",
    open: () => channel(processes[Math.min(started++, processes.length - 1)]!),
  });
  const contained = contain(exec.model, { label: "exec:x", twice: false });
  const read = (): never => {
    throw new Error("nothing is read here");
  };
  const manager = contained.model.build(exec.model.policy, [], read);
  return { exec, contained, manager, started: () => started };
}

function told(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ManagerFault) return error.issues.map(formatIssue).join("\n");
    throw error;
  }
  return "nothing";
}

const steps = (answer: Answer): string =>
  told(() => open([(ask) => (ask === "hello" ? hello : answer)]).manager.step(memory, turn));

describe("hello", () => {
  it.each<[string, Answer, RegExp]>([
    ["another version", { v: 2, name: "x" }, /wrong-version: this manager answers in 2 .*\n.*expected "v":1/],
    ["no version", { name: "x" }, /answers in no version/],
    ["no JSON", "ready!", /no-json: .*no JSON object: ready!\n.*stdout/],
    ["a list", [], /no JSON object: \[\]/],
    ["no name", { v: 1 }, /`name` is missing at hello\.name/],
    [
      "a policy that there is not",
      { v: 1, name: "x", policy: { error: "panic" } },
      /"panic" is unknown at hello\.policy\.error\n.*one of removeEntry/,
    ],
    [
      "a misspelt key",
      { v: 1, name: "x", polices: {} },
      /there is no key "polices" at hello\n.*perhaps "policy"/,
    ],
    ["an end", ended, /ended instead of answering hello \(signal SIGKILL\).*stderr:\n.*\| out of memory/],
    ["silence", { got: "nothing", stderr: [] }, /never-returns: .*did not answer hello within 10000 ms/],
  ])("%s", (_, answer, pattern) => {
    expect(told(() => open([() => answer]))).toMatch(pattern);
  });

  it("brings policy and guards", () => {
    const guards = [{ guard: "budget", options: { max: 1 } }];
    const { exec } = open([() => ({ ...hello, policy: { drift: "report" }, guards })]);
    expect(exec.model.policy).toEqual({ ...plainPolicy, drift: "report" });
    expect(exec.model.guards).toEqual(guards);
  });
});

describe("step", () => {
  it("fills in what is left out", () => {
    const { manager } = open([(ask) => (ask === "hello" ? hello : { v: 1, propose: [] })]);
    const step = manager.step(memory, turn);
    expect(step).toEqual({ memory, propose: [], policy: plainPolicy, wakeAtMs: null, waitingOn: [] });
  });

  it.each<[string, Answer, RegExp]>([
    [
      "garbage",
      "Traceback (most recent call last):",
      /no-json: manager m\d wrote .*Traceback[\s\S]*it was asked: \{"v":1/,
    ],
    [
      "silence",
      { got: "nothing", stderr: ["thinking"] },
      /did not answer step within 50 ms[\s\S]*\| thinking/,
    ],
    [
      "a line too many",
      { got: "line", text: "{}", unasked: true, stderr: [] },
      /a line that nobody asked for/,
    ],
    ["another id", { v: 1, id: 7, propose: [] }, /out-of-order: .*request 7\n.*request 2/],
    ["an error of its own", { v: 1, error: "no idea" }, /refused: .*cannot answer step: no idea/],
    ["nothing", { v: 1 }, /`propose` is missing at step\.propose/],
    [
      "an unknown action",
      { v: 1, propose: [{ do: "explode", target: { service: "s1", places: [] }, cause: "drift" }] },
      /"explode" is unknown at step\.propose\[0\]\.do\n.*one of deploy/,
    ],
    [
      "an unknown service",
      { v: 1, propose: [{ do: "delete", target: { service: "s99", places: [] }, cause: "drift" }] },
      /"s99" is neither a service .* at step\.propose\[0\]\.target\.service/,
    ],
    ["the past", { v: 1, propose: [], wakeAtMs: -1 }, /-1 is in the past at step\.wakeAtMs/],
  ])("%s", (_, answer, pattern) => {
    expect(steps(answer)).toMatch(pattern);
  });

  it("lists all that is wrong at once", () => {
    const text = steps({ v: 1, propose: [{ do: "x" }], wakeAtMs: "soon", settled: 1 });
    expect(text.split("\n").filter((line) => line.includes("wrong-answer"))).toHaveLength(5);
  });

  it("a process that was killed is started once more, and no second time in a run", () => {
    const good = (ask: string): Answer => (ask === "hello" ? hello : { v: 1, propose: [] });
    const dies = (ask: string, count: number): Answer => (count < 2 ? good(ask) : ended);
    const { manager, started, exec } = open([dies, dies, good]);
    manager.step(memory, turn);
    manager.step(memory, turn);
    expect(started()).toBe(2);
    expect(told(() => manager.step(memory, turn))).toMatch(/ended: .*\(signal SIGKILL\), a second time/);
    exec.nextRun();
    manager.step(memory, turn);
    expect(started()).toBe(3);
  });

  it("one that remembers is found out by another one that is asked the same", () => {
    const remembers = (ask: string, count: number): Answer =>
      ask === "hello" ? hello : { v: 1, propose: [], wakeAtMs: turn.nowMs + count };
    const { manager, contained } = open([remembers]);
    for (let k = 0; k < 5; k++) manager.step(memory, turn);
    const fresh = open([remembers]);
    expect(told(() => contained.verify(fresh.exec.model))).toMatch(
      /impure: manager m\d answers the same question differently: asked again after other questions, step\.wakeAtMs is \d+ instead of \d+/,
    );
  });

  it("one that is pure is not", () => {
    const pure = (ask: string): Answer => (ask === "hello" ? hello : { v: 1, propose: [], settled: true });
    const { manager, contained } = open([pure]);
    for (let k = 0; k < 500; k++) manager.step(memory, { ...turn, nowMs: turn.nowMs + k });
    expect(told(() => contained.verify(open([pure]).exec.model))).toBe("nothing");
  });
});

describe("boot and read", () => {
  const answering = (answer: Answer) => (ask: string) =>
    ask === "hello" ? { ...hello, answers: ["boot", "read", "step"] } : answer;

  it("are asked where it says that it answers them", () => {
    const { manager } = open([answering({ v: 1, memory: { durable: { n: 1 }, volatile: null } })]);
    expect(manager.boot(null)).toEqual({ durable: { n: 1 }, volatile: null });
    const { manager: reader } = open([answering({ v: 1, reading: turn.reading })]);
    const first = reader.read([], turn.self);
    expect(first).toEqual(turn.reading);
    expect(reader.read([], turn.self)).toBe(first);
  });

  it("are checked", () => {
    const { manager } = open([answering({ v: 1, memory: { durable: 1 } })]);
    expect(told(() => manager.boot(null))).toMatch(/wrong memory: `volatile` is missing|wrong memory/);
    const { manager: reader } = open([answering({ v: 1, reading: { version: "x" } })]);
    const text = told(() => reader.read([], turn.self));
    expect(text).toMatch(/"x" is wrong at reading\.version/);
    expect(text).toMatch(/`entries` is missing at reading\.entries/);
  });
});
