/** A planner process that can be asked and waited for: the simulator calls its managers as functions. */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { assert } from "../../base/assert.js";
import type { Channel, Reply } from "../../live/exec-model.js";
import type { ChildSetup, ToChild } from "./child-thread.js";

/** The thread keeps the time; were it gone, nobody would wake us. */
const graceMs = 30_000;

export function openChildChannel(command: readonly string[], registry: SharedArrayBuffer): Channel {
  const { port1: port, port2 } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  const setup: ChildSetup = { command, port: port2, signal, registry };
  const thread = new Worker(new URL("./child-thread.js", import.meta.url), {
    workerData: setup,
    transferList: [port2],
  });
  thread.unref();
  port.unref();
  const flag = new Int32Array(signal);
  return {
    ask(line, timeoutMs) {
      Atomics.store(flag, 0, 0);
      port.postMessage({ line, timeoutMs } satisfies ToChild);
      // The wake-up call of the reply before may come only now; what counts is the flag.
      let woken: string = "ok";
      while (Atomics.load(flag, 0) === 0 && woken !== "timed-out")
        woken = Atomics.wait(flag, 0, 0, timeoutMs + graceMs);
      const received = receiveMessageOnPort(port) as { message: Reply } | undefined;
      assert(received !== undefined, "the thread of a planner does not answer");
      return received.message;
    },
    close() {
      port.postMessage({ close: true } satisfies ToChild);
    },
  };
}
