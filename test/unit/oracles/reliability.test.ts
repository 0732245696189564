/** Availability in the long run and after some time, redundancy and common causes (r-*), by theory and by the kernel. */
import { describe, expect, it } from "vitest";
import type { Distribution } from "../../../src/base/distribution.js";
import { Luck, nameKey, purpose } from "../../../src/base/keyed-random.js";
import { exp } from "../../../src/base/math.js";
import { compileDistribution } from "../../../src/base/quantile.js";
import { type RequestNode, successProbability } from "../../../src/models/fleet/success-probability.js";
import { Kernel } from "../../../src/sim/kernel.js";
import { type ProcessBody, Processes } from "../../../src/sim/process.js";
import { TimeWeighted } from "../../../src/sim/statistics.js";
import { exactly } from "../../helpers/exactly.js";
import { expectMean } from "../../helpers/interval.js";

const unit = 100_000;
const key = nameKey("oracle");
const node = (part: Partial<RequestNode> = {}): RequestNode => ({
  hard: [],
  soft: [],
  sets: [],
  ways: [],
  ...part,
});
const leaves = (count: number): RequestNode[] => Array.from({ length: count }, () => node());

/** Probability that the last node works, with leaves of these availabilities and perfect nodes above them. */
function works(leafAvailability: readonly number[], above: readonly RequestNode[]): number {
  const nodes = [...leaves(leafAvailability.length), ...above];
  const availability = [...leafAvailability, ...above.map(() => 1)];
  return successProbability(nodes, availability, [nodes.length - 1])[0]!;
}

/** Components that fail and are repaired, each on its own, exponential; `changed` is told of every change. */
function components(
  replication: number,
  count: number,
  upMean: number,
  downMean: number,
  changed: (working: number, nowMs: number) => void,
): Kernel {
  const kernel = new Kernel();
  const processes = new Processes(kernel);
  const luck = new Luck(20_250_213, replication);
  let working = count;
  const law = (mean: number): Distribution => ({ law: "exponential", meanMs: mean * unit });
  const [up, down] = [compileDistribution(law(upMean)), compileDistribution(law(downMean))];
  for (let k = 0; k < count; k++) {
    const what = purpose(`component ${k}`);
    processes.spawn(
      (function* (): ProcessBody {
        for (let i = 0; ; i += 2) {
          yield Math.round(up(luck.uniform(key.hi, key.lo, what, i)));
          changed(--working, kernel.now);
          yield Math.round(down(luck.uniform(key.hi, key.lo, what, i + 1)));
          changed(++working, kernel.now);
        }
      })(),
    );
  }
  return kernel;
}

describe("r-series-parallel", () => {
  it("series: all of three", () => {
    exactly(works([0.999, 0.995, 0.99], [node({ hard: [0, 1, 2] })]), 0.98406495);
  });
  it("parallel: one of two", () => {
    exactly(works([0.9, 0.95], [node({ sets: [{ k: 1, of: [0, 1] }] })]), 0.995);
  });
  it("bridge: four paths that share components", () => {
    const paths = [
      [0, 3],
      [1, 4],
      [0, 2, 4],
      [1, 2, 3],
    ].map((hard) => node({ hard }));
    const bridge = node({ sets: [{ k: 1, of: [5, 6, 7, 8] }] });
    exactly(works([0.9, 0.9, 0.9, 0.9, 0.9], [...paths, bridge]), 0.9784800000000005);
  });
});

describe("r-shared-fallback", () => {
  it("is not what multiplying every branch by itself gives", () => {
    const [n, t, p, k, d] = [0.9, 0.95, 0.99, 0.6, 0.999] as const;
    const wrong = d * (1 - (1 - k) * (1 - n * p) * (1 - n * t));
    exactly(wrong, 0.9926843219999999);
    // D 0, N 1, P 2, T 3, K 4; push and telephony share the network.
    const right = works(
      [d, n, p, t, k],
      [
        node({ hard: [1, 2] }),
        node({ hard: [1, 3] }),
        node({
          hard: [0],
          ways: [
            { child: 4, open: 1 },
            { child: 5, open: 1 },
            { child: 6, open: 1 },
          ],
        }),
      ],
    );
    exactly(right, 0.9588601800000001);
  });
});

describe("r-ccf-beta: two redundant units, a tenth of their failures in common", () => {
  const [beta, q] = [0.1, 0.001];
  const either = node({ sets: [{ k: 1, of: [0, 1] }] });
  it("is a hundred times as likely to fail as if they were independent", () => {
    const own = 1 - (1 - beta) * q;
    const common = node({ hard: [2], sets: [{ k: 1, of: [0, 1] }] });
    const fails = 1 - works([own, own, 1 - beta * q], [common]);
    exactly(fails, 0.00010080991899996672);
    exactly(1 - works([1 - q, 1 - q], [either]), 1e-6);
    // The approximation adds what can happen at once.
    const approximate = (1 - beta) * q * ((1 - beta) * q) + beta * q;
    exactly(approximate, 0.00010081);
    expect(approximate).toBeGreaterThan(fails);
  });
});

/** Stationary k of n: availability, failures a unit of time, mean up and down time. */
function kOfN(n: number, k: number, lambda: number, mu: number) {
  const a = mu / (lambda + mu);
  const choose = (of: number, some: number): number =>
    some === 0 ? 1 : (choose(of - 1, some - 1) * of) / some;
  let unavailable = 0;
  for (let i = 0; i < k; i++) unavailable += choose(n, i) * a ** i * (1 - a) ** (n - i);
  const frequency = choose(n, k) * a ** k * (1 - a) ** (n - k) * k * lambda;
  return { a, unavailable, frequency, up: (1 - unavailable) / frequency, down: unavailable / frequency };
}

describe("r-kofn: three of five with independent repair", () => {
  it("in closed form, and as a set of needs", () => {
    const { a, unavailable, frequency, up, down } = kOfN(5, 3, 0.001, 0.1);
    exactly(a, 0.9900990099009901);
    exactly(unavailable, 9.562325307022057e-6);
    exactly(frequency, 2.8543970628202513e-6);
    exactly(up, 350333.33333333273);
    exactly(down, 3.350033333335244);
    exactly(works([a, a, a, a, a], [node({ sets: [{ k: 3, of: [0, 1, 2, 3, 4] }] })]), 0.999990437674693);
  });

  it("simulated at rates at which it fails often enough to be seen", () => {
    const exact = kOfN(5, 3, 0.1, 0.2);
    const length = 4_000;
    const runs = Array.from({ length: 60 }, (_, replication) => {
      const down = new TimeWeighted(0);
      let failures = 0;
      const kernel = components(replication, 5, 10, 5, (working, nowMs) => {
        if (down.value === 0 && working < 3) failures++;
        down.set(nowMs, working < 3 ? 1 : 0);
      });
      kernel.run({ untilMs: length * unit, eventsMax: 1e9 });
      const downFor = down.integral(length * unit) / unit;
      return { failures, downFor };
    });
    expectMean(
      runs.map(({ failures }) => failures / length),
      exact.frequency,
    );
    expectMean(
      runs.map(({ failures, downFor }) => downFor / failures),
      exact.down,
    );
    expectMean(
      runs.map(({ failures, downFor }) => (length - downFor) / failures),
      exact.up,
    );
  });
});

describe("r-transient: one component that starts out working", () => {
  const [lambda, mu] = [0.02, 0.5];
  const sum = lambda + mu;
  const at = (t: number): number => mu / sum + (lambda / sum) * exp(-sum * t);
  const over = (t: number): number => mu / sum + (lambda * (1 - exp(-sum * t))) / (sum * sum * t);

  it("in closed form", () => {
    exactly(at(3), 0.9696206181231063);
    exactly(over(10), 0.9688941082513256);
    expect([at(0), over(1e-9)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 1]);
  });

  it("simulated", () => {
    const runs = Array.from({ length: 20_000 }, (_, replication) => {
      const up = new TimeWeighted(0, 1);
      const kernel = components(replication, 1, 1 / lambda, 1 / mu, (working, nowMs) =>
        up.set(nowMs, working),
      );
      kernel.run({ untilMs: 3 * unit, eventsMax: 1e6 });
      const then = up.value;
      kernel.run({ untilMs: 10 * unit, eventsMax: 1e6 });
      return { then, mean: up.mean(10 * unit) };
    });
    expectMean(
      runs.map(({ then }) => then),
      at(3),
      0.02,
    );
    expectMean(
      runs.map(({ mean }) => mean),
      over(10),
      0.02,
    );
  });
});
