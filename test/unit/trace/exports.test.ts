import { describe, expect, it } from "vitest";
import { checkExpectation, expectGate, quantileOf, recoveryTimeMs } from "../../../src/trace/expectations.js";
import { describeEvent } from "../../../src/trace/explain.js";
import { parseTrace, traceLines } from "../../../src/trace/json-lines.js";
import { measure } from "../../../src/trace/measure.js";
import { perfettoJson } from "../../../src/trace/perfetto.js";
import { storyOf, whyOf } from "../../../src/trace/story.js";
import { runOf, scenarioFile, traceOf } from "../../helpers/scenario.js";

const trace = traceOf(runOf(scenarioFile("level-triggered-relapse.yaml"), "repaired"));
const lines = [...traceLines(trace)];

describe("JSON Lines", () => {
  it("begin with a header that describes the run, and are read back as they were", () => {
    expect(JSON.parse(lines[0]!)).toMatchObject({
      kind: "trace",
      scenario: "level-triggered-relapse",
      seed: 1,
    });
    const read = parseTrace(lines.join(""), "t.jsonl");
    expect(read.ok && [...traceLines(read.value)].join("")).toBe(lines.join(""));
  });

  it.each([
    ["no JSON", (text: string) => text.replace("{", "("), /not JSON/],
    ["no trace", () => '{"kind":"other"}\n', /not a trace/],
    [
      "another format",
      (text: string) => text.replace('"fleetquake":1', '"fleetquake":7'),
      /format of this trace is 7/,
    ],
    ["a missing event", (text: string) => text.split("\n").toSpliced(3, 1).join("\n"), /out of order/],
    ["no end", (text: string) => text.split("\n").slice(0, -4).join("\n"), /breaks off/],
  ] as const)("are refused with %s", (_name, damage, message) => {
    const read = parseTrace(damage(lines.join("")), "t.jsonl");
    expect(read.ok).toBe(false);
    expect(!read.ok && read.error[0]!.message).toMatch(message);
    expect(!read.ok && read.error[0]!.line).toBeGreaterThan(0);
  });

  it("name for every event only earlier ones as its causes", () => {
    for (const event of trace.events) for (const cause of event.because) expect(cause).toBeLessThan(event.id);
  });
});

describe("Perfetto", () => {
  const { traceEvents } = JSON.parse(perfettoJson(trace)) as { traceEvents: Record<string, unknown>[] };

  it("has a span for every time that an instance was down, none negative", () => {
    const spans = traceEvents.filter((event) => event["ph"] === "X" && event["pid"] === 3);
    const downs = new Set(
      trace.events.flatMap((event) => (event.e === "down" ? [`${event.service} ${event.place}`] : [])),
    );
    expect(spans.length).toBeGreaterThanOrEqual(downs.size);
    for (const span of spans) expect(span["dur"]).toBeGreaterThanOrEqual(0);
  });

  it("names its tracks", () => {
    const names = traceEvents.filter((event) => event["name"] === "process_name");
    expect(names).toHaveLength(4);
  });
});

describe("words", () => {
  it("there is a sentence for every event", () => {
    for (const event of trace.events) expect(describeEvent(event)).toMatch(/^\S+ .*\S$/);
  });

  it("the story is in order of time and says what matters", () => {
    const story = storyOf(trace, measure(trace));
    const times = story.map((sentence) => sentence.atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const text = story.map((sentence) => sentence.text).join("\n");
    expect(text).toContain("deployer decides to remove reports as asked, and to remove deployer");
    expect(text).toContain("deployer is back");
    expect(text).toContain("works again in every region");
  });

  it("the chain of causes begins with the change", () => {
    const chain = whyOf(trace);
    expect(chain[0]!.text).toBe("somebody set out to remove reports.");
    expect(chain.length).toBeGreaterThan(5);
  });
});

describe("expectations", () => {
  const measures = measure(trace);
  const evidence = {
    verdicts: [],
    measures,
    gate: [],
    recoveryTimes: [recoveryTimeMs(measures), 10, null, Number.POSITIVE_INFINITY],
  };
  const only = (part: object) => checkExpectation({ ...expectGate, holds: [], ...part }, evidence);

  it("compare quantiles over runs; a run that never ended counts as longer than any other", () => {
    expect(quantileOf([3, 1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2);
    expect(quantileOf([3, 1, 2, Number.POSITIVE_INFINITY], 0.9)).toBe(Number.POSITIVE_INFINITY);
    const bound = { op: "<=" as const, valueMs: 3_600_000 };
    expect(only({ recovered: { p50: bound } })[0]!.met).toBe(true);
    expect(only({ recovered: { p90: bound } })[0]!.met).toBe(false);
  });

  it("are exact about what was removed", () => {
    expect(only({ removed: ["api", "deployer", "reports", "store"] })[0]!.met).toBe(true);
    expect(only({ removed: ["api", "deployer", "reports"] })[0]!.met).toBe(false);
  });

  it("say what was found", () => {
    expect(only({ noOutage: true })).toMatchObject([{ met: false, found: "down: api", open: false }]);
  });
});
