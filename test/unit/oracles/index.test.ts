/** Every exact result of the design is tested somewhere, under its id in the title, or in the short list of later ones. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../helpers/scenario.js";

const ids = [
  ...["q-mm1", "q-mmc", "q-erlangB", "q-mm1k", "q-mg1-pk"],
  ...["r-kofn", "r-series-parallel", "r-transient", "r-shared-fallback", "r-ccf-beta"],
  ...["t-max-exp", "t-coupon", "t-hypoexp", "t-pert", "t-lognormal", "t-fenton", "t-learning"],
  ...["t-cpm", "t-rcpsp-G10", "t-rcpsp-lb-headtail", "t-graham-anomaly", "t-wspt"],
  ...["meta-threshold", "meta-des", "o-sessions", "o-fulljitter", "e-dags", "e-mutseq"],
  ...["g-budget", "g-review", "g-staging", "g-hitting", "g-G10-cascade", "g-nonmonotone"],
  ...["s-ruleof3", "s-okamoto", "s-binomci", "s-sprt", "s-quantileci", "s-crn", "s-antithetic"],
  ...["s-halfwidth", "s-crps", "s-ks", "s-ishigami", "s-rng", "s-splitting"],
  ...["cal-seed", "cal-seed-baselines"],
];

/** What they need is not there yet. */
const later: Readonly<Record<string, string>> = {
  "s-ishigami": "sensitivity",
  "s-splitting": "rare events",
  "cal-seed": "calibration",
  "cal-seed-baselines": "calibration",
};

/** Titles of tests and groups by file, without this one. */
function titles(): Map<string, string> {
  const found = new Map<string, string>();
  const folder = join(root, "test");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".test.ts") || join(folder, file) === import.meta.filename) continue;
    const text = readFileSync(join(folder, file), "utf8");
    const matches = text.matchAll(/\b(?:it|describe)(?:\.\w+)*\(\s*"([^"]*)"/g);
    found.set(file, [...matches].map(([, title]) => title).join("\n"));
  }
  return found;
}

const names = (text: string, id: string): boolean => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(text);

describe("exact results", () => {
  const all = [...titles()];
  it.each(ids)("%s", (id) => {
    const files = all.filter(([, text]) => names(text, id)).map(([file]) => file);
    if (later[id] === undefined) expect(files, "no title of a test names it").not.toEqual([]);
    else expect(files, "it is tested now: take it from the list of later ones").toEqual([]);
  });

  const file = join(root, "../shared/data/oracles.json");
  it.skipIf(!existsSync(file))("the list has all that were computed", () => {
    const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: { id: string }[] };
    expect([...ids].sort()).toEqual(cases.map((item) => item.id).sort());
  });
});
