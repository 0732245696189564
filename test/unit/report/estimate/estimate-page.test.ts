import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { EstimateFile } from "../../../../src/estimate/replications/estimate-result.js";
import { estimateSchema } from "../../../../src/estimate/replications/estimate-schema.js";
import { renderEstimate } from "../../../../src/report/estimate/estimate-page.js";
import {
  censored,
  estimateFileOf,
  helpless,
  hostileFile,
  plain,
  told,
  unharmed,
} from "../../../helpers/estimate-result.js";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
const render = (...files: readonly EstimateFile[]) => renderEstimate({ files, sha256Base64 });
/** What a person reads, pictures included, on one line. */
const textOf = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/, "")
    .replaceAll(/<\/(?:td|th|p|li|h\d|text|pre|caption|summary)>/g, " ")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ");
const headings = (html: string): readonly string[] =>
  [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map((match) => match[1]!);

describe("the made-up estimates", () => {
  it("are estimates", () => {
    for (const result of [told, plain, censored, helpless, unharmed])
      expect(estimateSchema.safeParse(estimateFileOf([result])).error).toBeUndefined();
    expect(estimateSchema.safeParse(hostileFile).error).toBeUndefined();
  });
});

describe("the page of one estimate", () => {
  it("says first how long, what it costs, how it stopped and what the bounds are", async () => {
    const html = await render(estimateFileOf([told]));
    const text = textOf(html);
    expect(text).toContain(
      "Everything is back within 8h (7h 46m to 8h 19m) in half of the outages, within 9h 36m (9h 19m to 9h 59m) in 9 of 10, within 11h 12m (10h 52m to 11h 39m) in 19 of 20.",
    );
    expect(text).toContain("1,260,000 logins fail on average (1,234,800 to 1,285,200)");
    expect(text).toContain("At 0.05 a login that is 63,000 (61,740 to 64,260).");
    expect(text).toContain("480 replications of seed 7, enough for the precision; the mean");
    for (const { verdict, text: bound } of told.bounds)
      expect(text).toContain(`${verdict} bounded-recovery: ${bound.replace("<", "&lt;")}`);
    expect(headings(html)).toEqual([
      "How long",
      "Where the time goes",
      "What would help most",
      "Where the spread comes from",
      "How sure we are",
    ]);
  });

  it("prices logins and what levers save of them", async () => {
    const text = textOf(await render(estimateFileOf([told])));
    // The whole has the interval of the estimate, a capability its share of the price.
    expect(text).toContain(
      "all capabilities 1,260,0001,234,800 to 1,285,200 1,440,000 63,00061,740 to 64,260",
    );
    expect(text).toContain("945,000926,100 to 963,900 1,080,000 47,25046,305 to 48,195");
    expect(text).toContain(
      "diagnosis in half the time 25m25m to 26m 80,00078,400 to 81,600 4,0003,920 to 4,080",
    );
    const free = textOf(await render(estimateFileOf([{ ...told, cost: null }])));
    expect(free).not.toContain("price");
    expect(free).not.toContain("a login that is");
  });

  it("lists what helps by what it saves, and what does not help apart", async () => {
    const text = textOf(await render(estimateFileOf([told])));
    const [helps, others] = text.slice(text.indexOf("Saved on average")).split("No help;");
    const order = told.levers.map(({ about }) => about);
    expect(order.slice(0, 3).map((about) => helps!.indexOf(about) > 0)).toEqual([true, true, true]);
    expect(helps!.indexOf(order[0]!)).toBeLessThan(helps!.indexOf(order[2]!));
    expect(helps).not.toContain(order[3]);
    expect(others).toContain(order[3]);
    expect(others).toContain("instead of a whole group -2h-2h 2m to -1h 58m");
  });

  it("marks priors, their share of the width and where they are from", async () => {
    const text = textOf(await render(estimateFileOf([told])));
    expect(text).toContain("63.0 % ± 7.0 comes from priors");
    expect(text).toContain("how long diagnosis takes prior: population 62.0 % ± 7.1");
    expect(text).toContain("how long deploys take the scenario 25.0 % ± 6.0");
    expect(text).toMatch(/prior: population detect, diagnose 355 published post-mortems/);
    expect(text).toMatch(/built-in prior approve assumed/);
    expect(text).toContain("measure these durations first");
  });

  it("ends with the seed, the version, the limits and the command", async () => {
    const text = textOf(await render(estimateFileOf([told])));
    const sure = text.slice(text.lastIndexOf("How sure we are"));
    expect(sure).toContain("All 480 were over by then.");
    expect(sure).toContain("drawn independently");
    expect(sure).toContain("fleetquake 0.1.0, seed 7, 480 replications");
    expect(sure).toContain("fleetquake estimate small-fleet.yaml --variant legacy --seed 7");
  });
});

describe("charts", () => {
  it("have a name and words for who does not see them, both widths, and units on every axis", async () => {
    const html = await render(estimateFileOf([told]));
    expect(html.match(/<figure>/g)).toHaveLength(5);
    expect(html.match(/role="img" aria-label="[^"]+"/g)).toHaveLength(5);
    expect(html.match(/<figcaption>[^<]{40,}<\/figcaption>/g)).toHaveLength(5);
    expect(html.match(/<svg aria-hidden="true"/g)).toHaveLength(10);
    for (const unit of [
      "hours after the start of the outage",
      "hours after the start of the outage, mean",
      "share of the replications",
      "hours that everything is back earlier, mean",
      "share of the variance",
    ])
      expect(html.split(`>${unit}</text>`)).toHaveLength(3);
  });

  it("have no two elements with one id, also for several estimates", async () => {
    const html = await render(estimateFileOf([told, helpless]), estimateFileOf([told]));
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).not.toMatch(/<script|<link (?!rel="icon")| style=/);
  });
});

describe("what is not there is said", () => {
  it("censored replications, the event limit and a stop", async () => {
    const text = textOf(await render(estimateFileOf([censored])));
    expect(text).toContain(
      "within 9h (6h to > 24h) in half of the outages, within more than 24h (20h to > 24h)",
    );
    expect(text).toContain("within more than 24h (from 21h) in 19 of 20");
    expect(text).toContain("31 replications did not recover within the 24h");
    expect(text).toContain("31 of 40 were not over by then. None is left out");
    expect(text).toContain("40 replications of seed 7: stopped by --wall");
    expect(text).toContain("ended 3 of them before");
    expect(text).toContain("Nothing was hurt in 2 replications");
    expect(text.match(/The estimate was stopped before this was simulated\./g)).toHaveLength(2);
    expect(text).toContain("No service was on a critical path");
    expect(text).toContain("not within 24h");
  });

  it("no levers", async () => {
    const text = textOf(await render(estimateFileOf([plain])));
    expect(text.match(/Not simulated, because of --no-levers\./g)).toHaveLength(2);
    expect(text).toContain("None: the scenario gives every duration itself.");
  });

  it("no lever that helps, and nothing that varies", async () => {
    const html = await render(estimateFileOf([helpless]));
    expect(textOf(html)).toContain("Nothing of what was tried saves anything.");
    expect(textOf(html)).toContain("Nothing varies");
    expect(html.match(/<figure>/g)).toHaveLength(3);
  });

  it("nothing hurt", async () => {
    const html = await render(estimateFileOf([unharmed]));
    expect(textOf(html)).toContain("Nothing was hurt in any of 480 replications.");
    expect(headings(html)).toEqual(["How sure we are"]);
    expect(html).not.toContain("<svg");
  });
});

describe("several estimates", () => {
  it("stand side by side, each with a part and a command of its own", async () => {
    const other = estimateFileOf([censored], {
      scenario: { name: "other", title: "Another fleet", file: "other.yaml" },
      command: "fleetquake estimate other.yaml --seed 7",
    });
    const html = await render(estimateFileOf([told, unharmed]), other);
    expect(headings(html)).toEqual(["small-fleet, legacy", "small-fleet, guarded", "other, censored"]);
    expect(html).toContain("<title>A small fleet, Another fleet – estimate</title>");
    expect(html).toContain('<a href="#estimate-3">censored</a>');
    expect(html.match(/<pre class="command"/g)).toHaveLength(3);
    expect(html).toContain("fleetquake estimate other.yaml --seed 7</pre>");
  });
});

it("the same estimate gives the same bytes, and the policy names the one style sheet", async () => {
  const [first, second] = [await render(estimateFileOf([told])), await render(estimateFileOf([told]))];
  expect(second).toBe(first);
  const sheet = /<style>([\s\S]*?)<\/style>/.exec(first)![1]!;
  expect(first).toContain(`style-src 'sha256-${sha256Base64(sheet)}'`);
});

it("hostile names stay text, in tables and in pictures", async () => {
  const html = await render(hostileFile);
  expect(html).not.toMatch(/<script|<img|<a /);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there.
  expect(html).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
  expect(html).toContain("&lt;/script>&lt;script>");
  expect(html).toMatch(/<text [^>]*>&lt;\/script&gt;/);
  const shortest = Math.min(
    ...[...html.matchAll(/<svg [^>]*height="(\d+)"/g)].map((match) => Number(match[1])),
  );
  expect(shortest).toBeGreaterThan(60);
});
