import { describe, expect, it } from "vitest";
import { Kernel } from "../../../src/sim/kernel.js";
import {
  acquire,
  allOf,
  anyOf,
  Interrupt,
  join,
  type ProcessBody,
  Processes,
  wait,
} from "../../../src/sim/process.js";
import { Resource } from "../../../src/sim/resource.js";
import { Signal } from "../../../src/sim/signal.js";

function setUp() {
  const kernel = new Kernel();
  const processes = new Processes(kernel);
  const log: string[] = [];
  const note = (text: string): void => void log.push(`${kernel.now} ${text}`);
  const run = (untilMs = 1_000_000) => kernel.run({ untilMs, eventsMax: 100_000 });
  return { kernel, processes, log, note, run };
}

describe("processes", () => {
  it("wait for delays, signals and the end of others", () => {
    const { processes, log, note, run } = setUp();
    const bell = new Signal(processes);
    const worker = processes.spawn(
      (function* (): ProcessBody {
        yield 10;
        note("rings");
        bell.fire();
        yield 5;
        note("done");
      })(),
    );
    processes.spawn(
      (function* (): ProcessBody {
        yield wait(bell);
        note("heard");
        yield join(worker);
        note("joined");
        yield join(worker);
        note("joined again");
      })(),
    );
    run();
    expect(log).toEqual(["10 rings", "10 heard", "15 done", "15 joined", "15 joined again"]);
  });

  it("tell the first of several signals from each of them", () => {
    const { processes, log, note, run } = setUp();
    const [a, b] = [new Signal(processes), new Signal(processes)] as const;
    processes.spawn(
      (function* (): ProcessBody {
        yield anyOf(a, b);
        note("any");
      })(),
    );
    processes.spawn(
      (function* (): ProcessBody {
        yield allOf(a, b);
        note("all");
      })(),
    );
    processes.spawn(
      (function* (): ProcessBody {
        yield 1;
        b.fire();
        b.fire();
        yield 1;
        a.fire();
      })(),
    );
    run();
    expect(log).toEqual(["1 any", "2 all"]);
    expect([a.waiting, b.waiting]).toEqual([0, 0]);
  });

  it("are interrupted wherever they wait, and can go on", () => {
    const { processes, log, note, run } = setUp();
    const sleeper = processes.spawn(
      (function* (): ProcessBody {
        try {
          yield 100;
          note("slept");
        } catch (error) {
          note(`woken: ${String((error as Interrupt).reason)}`);
          expect(error).toBeInstanceOf(Interrupt);
        }
        yield 5;
        note("goes on");
      })(),
    );
    processes.spawn(
      (function* (): ProcessBody {
        yield 20;
        processes.interrupt(sleeper, "fire");
      })(),
    );
    run();
    expect(log).toEqual(["20 woken: fire", "25 goes on"]);
  });

  it("give back a unit that was granted to them when they are killed before they know", () => {
    const { processes, log, note, run } = setUp();
    const crew = new Resource(processes, 1);
    const worker = function* (name: string, takes: number): ProcessBody {
      yield acquire(crew);
      note(name);
      yield takes;
      crew.release();
    };
    processes.spawn(worker("a", 10));
    const doomed = processes.spawn(worker("b", 10));
    processes.spawn(worker("c", 10));
    processes.spawn(
      (function* (): ProcessBody {
        yield 10;
        processes.kill(doomed);
      })(),
    );
    run();
    expect(log).toEqual(["0 a", "10 c"]);
    expect([crew.inUse, crew.queueLength]).toEqual([0, 0]);
  });
});

describe("Resource", () => {
  const contest = (change: (crew: Resource) => void, at: number) => {
    const { processes, log, note, run } = setUp();
    const crew = new Resource(processes, 2);
    const jobs: readonly (readonly [string, number])[] = [
      ["a", 0],
      ["b", 0],
      ["late but urgent", -1],
      ["c", 0],
      ["d", 0],
    ];
    for (const [name, rank] of jobs) {
      processes.spawn(
        (function* (): ProcessBody {
          yield acquire(crew, rank);
          note(name);
          yield 10;
          crew.release();
        })(),
      );
    }
    processes.spawn(
      (function* (): ProcessBody {
        yield at;
        change(crew);
      })(),
    );
    run();
    expect(crew.inUse).toBe(0);
    return log;
  };

  it("serves by rank, and in the order of asking within a rank", () => {
    expect(contest(() => {}, 1)).toEqual(["0 a", "0 b", "10 late but urgent", "10 c", "20 d"]);
  });

  it("may grow during a run", () => {
    expect(contest((crew) => crew.setCapacity(5), 3)).toEqual([
      "0 a",
      "0 b",
      "3 late but urgent",
      "3 c",
      "3 d",
    ]);
  });

  it("may shrink during a run: nobody loses what he has", () => {
    expect(contest((crew) => crew.setCapacity(1), 3)).toEqual([
      "0 a",
      "0 b",
      "10 late but urgent",
      "20 c",
      "30 d",
    ]);
  });
});
