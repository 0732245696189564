import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { newMemory, SharedMemo } from "../../../src/cli/shared-memo.js";

describe("what threads tell each other", () => {
  it("is found by whoever has the same memory, and by no other key", () => {
    const memory = newMemory();
    const [one, other] = [new SharedMemo(memory), new SharedMemo(memory)];
    for (let k = 0; k < 2000; k++) one.set(`key ${k}`, `text ${k} ✓`);
    for (let k = 0; k < 2000; k++) expect(other.get(`key ${k}`)).toBe(`text ${k} ✓`);
    expect(other.get("key 2000")).toBeNull();
    expect(new SharedMemo(newMemory()).get("key 1")).toBeNull();
  });

  it("takes nothing more when it is full, and keeps what it has", () => {
    const memo = new SharedMemo(newMemory());
    const long = "x".repeat(1 << 20);
    for (let k = 0; k < 40; k++) memo.set(`long ${k}`, `${k} ${long}`);
    expect(memo.get("long 0")).toBe(`0 ${long}`);
    expect(memo.get("long 39")).toBeNull();
    memo.set("short", "still fits");
    expect(memo.get("short")).toBe("still fits");
  });

  it("is whole, although several write and read at once", async () => {
    const memory = newMemory();
    const url = new URL("../../../dist/cli/shared-memo.js", import.meta.url).href;
    const code = `
      const { parentPort, workerData } = require("node:worker_threads");
      import(workerData.url).then(({ SharedMemo }) => {
        const memo = new SharedMemo(workerData.memory);
        let wrong = 0;
        for (let k = 0; k < 5000; k++) {
          const key = "key " + ((k * workerData.step) % 5000);
          const text = memo.get(key);
          if (text !== null && text !== key + key) wrong++;
          if (text === null) memo.set(key, key + key);
        }
        parentPort.postMessage(wrong);
      });`;
    const workers = [1, 7, 11].map(
      (step) => new Worker(code, { eval: true, workerData: { memory, url, step } }),
    );
    const wrong = await Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0]));
    expect(wrong).toEqual([0, 0, 0]);
    const memo = new SharedMemo(memory);
    for (let k = 0; k < 5000; k++) expect(memo.get(`key ${k}`)).toBe(`key ${k}key ${k}`);
  });
});
