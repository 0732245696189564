/** Results of queueing, reliability and scheduling theory that need nothing but the kernel (data/oracles.json, by id). */
import { describe, expect, it } from "vitest";
import type { Distribution } from "../../../src/base/distribution.js";
import { Luck, nameKey, purpose } from "../../../src/base/keyed-random.js";
import { compileDistribution } from "../../../src/base/quantile.js";
import { Kernel, priority } from "../../../src/sim/kernel.js";
import { acquire, type ProcessBody, Processes } from "../../../src/sim/process.js";
import { Resource } from "../../../src/sim/resource.js";
import { Sample, Tally, TimeWeighted } from "../../../src/sim/statistics.js";
import { exactly } from "../../helpers/exactly.js";
import { covers, expectMean } from "../../helpers/interval.js";

/** One unit of time of the oracle in ms: rounding to whole ms then changes nothing that could be seen. */
const unit = 100_000;
const seed = 20_250_213;
const key = nameKey("oracle");
const exponential = (mean: number): Distribution => ({ law: "exponential", meanMs: mean * unit });

/** Draws of one purpose, numbered. */
function draws(luck: Luck, what: string, law: Distribution): () => number {
  const sample = compileDistribution(law);
  const id = purpose(what);
  let index = 0;
  return () => Math.round(sample(luck.uniform(key.hi, key.lo, id, index++)));
}

interface Station {
  readonly arrivals: Distribution;
  readonly service: Distribution;
  readonly servers: number;
  /** Customers in the system at most. */
  readonly room?: number;
  readonly warmUp: number;
  readonly length: number;
}

/** One replication of a queueing station with customers as processes. Times in units. */
function station(replication: number, spec: Station) {
  const kernel = new Kernel();
  const processes = new Processes(kernel);
  const luck = new Luck(seed, replication);
  const servers = new Resource(processes, spec.servers);
  const nextArrival = draws(luck, "arrival", spec.arrivals);
  const nextService = draws(luck, "service", spec.service);
  const inSystem = new TimeWeighted(0);
  const waits = new Tally();
  const stays = new Tally();
  const [arrived, blocked, waited, waitedLong, stayedLong, many] = [
    new Tally(),
    new Tally(),
    new Tally(),
    new Tally(),
    new Tally(),
    new TimeWeighted(0),
  ];
  const from = spec.warmUp * unit;
  const empty = new TimeWeighted(0, 1);
  const level = (delta: number): void => {
    const now = inSystem.value + delta;
    inSystem.set(kernel.now, now);
    many.set(kernel.now, now >= 5 ? 1 : 0);
    empty.set(kernel.now, now === 0 ? 1 : 0);
  };
  function* customer(service: number): ProcessBody {
    const cameMs = kernel.now;
    const counts = cameMs >= from;
    const full = spec.room !== undefined && inSystem.value >= spec.room;
    if (counts) arrived.add(1);
    if (counts) blocked.add(full ? 1 : 0);
    if (full) return;
    level(1);
    yield acquire(servers);
    const waitMs = kernel.now - cameMs;
    yield service;
    servers.release();
    level(-1);
    if (!counts) return;
    waits.add(waitMs / unit);
    waited.add(waitMs > 0 ? 1 : 0);
    waitedLong.add(waitMs > 0.5 * unit ? 1 : 0);
    stayedLong.add(kernel.now - cameMs > 5 * unit ? 1 : 0);
    stays.add((kernel.now - cameMs) / unit);
  }
  function* source(): ProcessBody {
    for (;;) {
      yield nextArrival();
      processes.spawn(customer(nextService()));
    }
  }
  processes.spawn(source());
  kernel.run({ untilMs: from, eventsMax: 1e9 });
  const before = [inSystem.integral(from), many.integral(from), empty.integral(from)] as const;
  const end = from + spec.length * unit;
  kernel.run({ untilMs: end, eventsMax: 1e9 });
  const window = end - from;
  return {
    L: (inSystem.integral(end) - before[0]) / window,
    many: (many.integral(end) - before[1]) / window,
    empty: (empty.integral(end) - before[2]) / window,
    Wq: waits.mean,
    W: stays.mean,
    waited: waited.mean,
    waitedLong: waitedLong.mean,
    stayedLong: stayedLong.mean,
    blocked: blocked.mean,
    goodput: (arrived.count * (1 - blocked.mean)) / spec.length,
  };
}

const replications = <T>(count: number, one: (replication: number) => T): T[] =>
  Array.from({ length: count }, (_, replication) => one(replication));

describe("queueing", () => {
  it("q-mm1: the M/M/1 queue at 80 % load", () => {
    const runs = replications(40, (r) =>
      station(r, {
        arrivals: exponential(1 / 0.8),
        service: exponential(1),
        servers: 1,
        warmUp: 300,
        length: 4_000,
      }),
    );
    expect(
      covers(
        runs.map((run) => run.L),
        4,
        0.3,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.Wq),
        4,
        0.3,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.many),
        0.32768,
        0.3,
      ),
    ).toBe(true);
    expectMean(
      runs.map((run) => run.W),
      5,
      0.3,
    );
    expectMean(
      runs.map((run) => run.stayedLong),
      0.3678794411714424,
      0.3,
    );
    // The server is busy 0.8 of the time, exactly; the rest of L waits.
    expectMean(
      runs.map((run) => run.L - 0.8),
      3.2000000000000015,
      0.4,
    );
  });

  it("q-mm1: Little's law holds in every run that begins and ends empty, to the millisecond", () => {
    for (let replication = 0; replication < 10; replication++) {
      const kernel = new Kernel();
      const processes = new Processes(kernel);
      const luck = new Luck(seed, replication);
      const server = new Resource(processes, 1);
      const nextArrival = draws(luck, "arrival", exponential(1 / 0.8));
      const nextService = draws(luck, "service", exponential(1));
      const inSystem = new TimeWeighted(0);
      let staysMs = 0;
      const customer = function* (serviceMs: number): ProcessBody {
        const cameMs = kernel.now;
        inSystem.set(kernel.now, inSystem.value + 1);
        yield acquire(server);
        yield serviceMs;
        server.release();
        inSystem.set(kernel.now, inSystem.value - 1);
        staysMs += kernel.now - cameMs;
      };
      processes.spawn(
        (function* (): ProcessBody {
          for (let k = 0; k < 500; k++) {
            yield nextArrival();
            processes.spawn(customer(nextService()));
          }
        })(),
      );
      kernel.run({ untilMs: Number.POSITIVE_INFINITY, eventsMax: 1e6 });
      expect(inSystem.value).toBe(0);
      expect(inSystem.integral(kernel.now)).toBe(staysMs);
    }
  });

  it("q-mmc: six servers, Erlang C", () => {
    const runs = replications(40, (r) =>
      station(r, {
        arrivals: exponential(1 / 4.5),
        service: exponential(1),
        servers: 6,
        warmUp: 100,
        length: 1_000,
      }),
    );
    expect(
      covers(
        runs.map((run) => run.waited),
        0.42165207580582964,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.Wq),
        0.2811013838705531,
        0.3,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.L),
        5.764956227417489,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.waitedLong),
        0.19917433750449276,
        0.3,
      ),
    ).toBe(true);
    expectMean(
      runs.map((run) => run.W),
      1.2811013838705532,
    );
    expectMean(
      runs.map((run) => run.empty),
      0.009140115108324647,
      0.5,
    );
    // 4.5 servers are busy on average, exactly; the rest of L waits.
    expectMean(
      runs.map((run) => run.L - 4.5),
      1.2649562274174888,
      0.4,
    );
  });

  it("q-erlangB: blocking without a queue", () => {
    const runs = replications(40, (r) =>
      station(r, {
        arrivals: exponential(1 / 5),
        service: exponential(1),
        servers: 8,
        room: 8,
        warmUp: 50,
        length: 1_000,
      }),
    );
    expect(
      covers(
        runs.map((run) => run.blocked),
        0.07004785220956705,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.L),
        4.649760738952164,
      ),
    ).toBe(true);
  });

  it("q-mm1k: overload with a bounded queue", () => {
    const runs = replications(40, (r) =>
      station(r, {
        arrivals: exponential(1 / 1.2),
        service: exponential(1),
        servers: 1,
        room: 10,
        warmUp: 200,
        length: 3_000,
      }),
    );
    expect(
      covers(
        runs.map((run) => run.blocked),
        0.192586495126806,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.L),
        6.710708678369197,
      ),
    ).toBe(true);
    expectMean(
      runs.map((run) => run.goodput),
      0.9688962058478328,
    );
    expectMean(
      runs.map((run) => run.W),
      6.926137844142954,
      0.2,
    );
  });

  it("q-mg1-pk: lognormal service, Pollaczek-Khinchine", () => {
    // Mean 1 and squared coefficient of variation 2, as the two quantiles that our lognormal takes.
    const sigma = Math.sqrt(Math.log(1 + 2));
    const mu = -(sigma * sigma) / 2;
    exactly(sigma, 1.048147073968205);
    exactly(mu, -0.5493061443340549);
    const service: Distribution = {
      law: "lognormal",
      p50Ms: Math.exp(mu) * unit,
      p90Ms: Math.exp(mu + 1.2815515655446004 * sigma) * unit,
    };
    const runs = replications(60, (r) =>
      station(r, { arrivals: exponential(2), service, servers: 1, warmUp: 300, length: 5_000 }),
    );
    expect(
      covers(
        runs.map((run) => run.Wq),
        1.5,
      ),
    ).toBe(true);
    expect(
      covers(
        runs.map((run) => run.W),
        2.5,
      ),
    ).toBe(true);
  });
});

describe("reliability", () => {
  it("r-kofn: 3 of 5 with independent repair, made likely enough to be seen", () => {
    // The oracle's own unavailability (1e-5) needs years of events; its formula is checked exactly, and the simulation
    // with a failure rate at which the event is common.
    const systemDown = (lambda: number, mu: number): number => {
      const a = mu / (lambda + mu);
      const choose = [1, 5, 10, 10, 5, 1];
      let up = 0;
      for (let i = 3; i <= 5; i++) up += choose[i]! * a ** i * (1 - a) ** (5 - i);
      return 1 - up;
    };
    expect(systemDown(0.001, 0.1)).toBeCloseTo(9.562325307022057e-6, 15);
    const downs = replications(40, (replication) => {
      const kernel = new Kernel();
      const processes = new Processes(kernel);
      const luck = new Luck(seed, replication);
      let working = 5;
      const down = new TimeWeighted(0);
      const set = (delta: number): void => {
        working += delta;
        down.set(kernel.now, working < 3 ? 1 : 0);
      };
      for (let k = 0; k < 5; k++) {
        const failure = draws(luck, `failure ${k}`, exponential(10));
        const repair = draws(luck, `repair ${k}`, exponential(5));
        processes.spawn(
          (function* (): ProcessBody {
            for (;;) {
              yield failure();
              set(-1);
              yield repair();
              set(1);
            }
          })(),
        );
      }
      kernel.run({ untilMs: 3_000 * unit, eventsMax: 1e9 });
      return down.mean(3_000 * unit);
    });
    expect(covers(downs, systemDown(0.1, 0.2))).toBe(true);
  });
});

describe("recovery", () => {
  it("t-max-exp: the last of 81 regions restored in parallel", () => {
    const sample = new Sample();
    const times = replications(3_000, (replication) => {
      const kernel = new Kernel();
      const luck = new Luck(seed, replication);
      const takes = draws(luck, "restore", exponential(20));
      const done = kernel.register(() => {});
      for (let region = 0; region < 81; region++) kernel.schedule(takes(), 0, done, region);
      kernel.run({ untilMs: Number.POSITIVE_INFINITY, eventsMax: 1e6 });
      sample.add(kernel.now / unit);
      return kernel.now / unit;
    });
    expect(covers(times, 99.55649915915726)).toBe(true);
    // Distribution-free 99 % interval of the 95 % quantile by order statistics.
    const half = 2.5758 * Math.sqrt(0.95 * 0.05 * 3_000);
    expect(sample.quantile((2_850 - half) / 3_000)).toBeLessThan(147.2992202455999);
    expect(sample.quantile((2_850 + half) / 3_000)).toBeGreaterThan(147.2992202455999);
  });

  it("t-coupon: retries at random until all ten were hit", () => {
    const tries = replications(3_000, (replication) => {
      const luck = new Luck(seed, replication);
      const pick = purpose("pick");
      const hit = new Set<number>();
      let count = 0;
      while (hit.size < 10) hit.add(Math.floor(luck.uniform(key.hi, key.lo, pick, count++) * 10));
      return count;
    });
    expect(covers(tries, 29.289682539682538)).toBe(true);
  });

  it("t-hypoexp: a chain of detect, diagnose and redeploy", () => {
    const sample = new Sample();
    const times = replications(3_000, (replication) => {
      const kernel = new Kernel();
      const processes = new Processes(kernel);
      const luck = new Luck(seed, replication);
      const phases = [10, 20, 30].map((mean) => draws(luck, `phase ${mean}`, exponential(mean)));
      processes.spawn(
        (function* (): ProcessBody {
          for (const phase of phases) yield phase();
        })(),
      );
      kernel.run({ untilMs: Number.POSITIVE_INFINITY, eventsMax: 1e6 });
      sample.add(kernel.now / unit);
      return kernel.now / unit;
    });
    expect(covers(times, 60)).toBe(true);
    const inTime = times.map((time) => (time <= 60 ? 1 : 0));
    expect(covers(inTime, 0.5889001228183656)).toBe(true);
    const half = 2.5758 * Math.sqrt(0.25 * 3_000);
    expect(sample.quantile((1_500 - half) / 3_000)).toBeLessThan(52.06619083618219);
    expect(sample.quantile((1_500 + half) / 3_000)).toBeGreaterThan(52.06619083618219);
  });

  it("t-graham-anomaly: more crews, shorter jobs or fewer needs can take longer", () => {
    const durations = [3, 2, 2, 2, 4, 4, 4, 4, 9];
    const needs: Readonly<Record<number, number>> = { 9: 1, 5: 4, 6: 4, 7: 4, 8: 4 };
    const makespan = (
      crews: number,
      takes: readonly number[],
      before: Readonly<Record<number, number>>,
    ): number => {
      const kernel = new Kernel();
      const state = takes.map((): "open" | "started" | "done" => "open");
      let idle = crews;
      // Once all that ends at an instant has ended, idle crews take the first jobs of the list that are ready.
      const dispatch = kernel.register(() => {
        takes.forEach((time, index) => {
          const first = before[index + 1];
          const ready = state[index] === "open" && (first === undefined || state[first - 1] === "done");
          if (!ready || idle === 0) return;
          idle--;
          state[index] = "started";
          kernel.scheduleIn(time, priority.world, finish, index);
        });
      });
      const finish = kernel.register((index) => {
        state[index] = "done";
        idle++;
        kernel.scheduleIn(0, priority.collectors, dispatch, 0);
      });
      kernel.schedule(0, priority.collectors, dispatch, 0);
      kernel.run({ untilMs: Number.POSITIVE_INFINITY, eventsMax: 1e6 });
      return kernel.now;
    };
    const listed = makespan(3, durations, needs);
    expect(listed).toBe(12);
    expect(makespan(4, durations, needs)).toBe(15);
    const shorter = makespan(
      3,
      durations.map((time) => time - 1),
      needs,
    );
    expect(shorter).toBe(13);
    const { 5: _five, 6: _six, ...less } = needs;
    const fewer = makespan(3, durations, less);
    expect(fewer).toBe(16);
    // Graham's bound for as many crews: at most 2 - 1 / 3 times as long.
    const bound = 1.6666666666666667;
    exactly(bound, 2 - 1 / 3);
    expect(Math.max(shorter, fewer) / listed).toBeLessThanOrEqual(bound);
  });
});
