/**
 * Cases of a search on the incident, timed in CPU seconds: `node search.mjs WHAT VARIANT` prints { rate } of cases.
 * WHAT: bare (the plan function alone, on a script made before), structure and text (single mutations, from mutation to
 * verdict, judged on the plan), pairs (two structure mutations, never the same two twice), cases (every single mutation
 * once, judged by its run, where a search does not simulate what no manager can tell from an earlier case), runs (the same
 * with every one simulated), memory (a million cases: { growth } of the heap).
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildBase } from "../dist/chaos/base.js";
import { singles } from "../dist/chaos/enumerate.js";
import { mutationCatalogue } from "../dist/chaos/mutations/catalogue.js";
import { sited } from "../dist/chaos/random.js";
import { byId, caseOf } from "../dist/chaos/recipe.js";
import { Searcher } from "../dist/chaos/searcher.js";
import { guardCatalogue } from "../dist/models/guards/catalogue.js";
import { propertyCatalogue } from "../dist/models/judging/catalogue.js";
import { managerModels } from "../dist/models/managers/catalogue.js";
import { Planner } from "../dist/run/planner.js";
import { applyCase } from "../dist/scenario/apply-case.js";
import { parseScenario } from "../dist/scenario/parse.js";

const luck = { seed: 1, replication: 0, pinned: [] };

/** `shared`: what searches of other threads have judged. */
export function search(variant = "legacy", shared = undefined) {
  const file = join(dirname(fileURLToPath(import.meta.url)), "../scenarios/duo-2025-02-13.yaml");
  const parsed = parseScenario(readFileSync(file, "utf8"), "bench.yaml");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error[0]));
  const { variants } = parsed.value.scenario;
  const chosen = variants.find((item) => item.name === variant);
  const base = buildBase("bench", chosen, variants, { managers: managerModels, guards: guardCatalogue });
  if (!base.ok) throw new Error(JSON.stringify(base.error[0]));
  const operators = byId(mutationCatalogue);
  const searcher = new Searcher(base.value, operators, propertyCatalogue, {
    luck,
    exact: false,
    ...(shared === undefined ? {} : { shared }),
  });
  const recipes = (...levels) =>
    singles(sited(base.value, mutationCatalogue).filter(({ operator }) => levels.includes(operator.level)));
  return { base: base.value, operators, searcher, recipes };
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Cases a CPU second, round robin over `items`; the first of the seconds given warms up and does not count. */
export function rateOf(items, judge, seconds = 3) {
  let k = 0;
  const work = (until) => {
    const from = k;
    const before = cpuSeconds();
    while (cpuSeconds() - before < until) for (let n = 0; n < 64; n++) judge(items.at(k++ % items.length));
    return (k - from) / (cpuSeconds() - before);
  };
  work(1);
  return work(seconds);
}

function measure(what, variant) {
  const { base, operators, searcher, recipes } = search(variant);
  if (what === "bare") {
    const planner = new Planner(base.run);
    const scripts = recipes("structure")
      .map((recipe) => caseOf(base, operators, recipe, luck))
      .map((item) => applyCase(base.run, item));
    return { rate: rateOf(scripts, (script) => planner.plan(script)) };
  }
  if (what === "structure" || what === "text")
    return { rate: rateOf(recipes(what), (recipe) => searcher.judge(recipe, "plan")) };
  if (what === "pairs") {
    const all = recipes("structure");
    // In the order of an exhaustive search: the second goes over all sites while the first stays.
    const pair = (k) => [...all[Math.floor(k / all.length)], ...all[k % all.length]];
    return {
      rate: rateOf({ length: all.length ** 2, at: pair }, (recipe) => searcher.judge(recipe, "plan")),
    };
  }
  if (what === "cases") {
    const all = recipes("text", "structure", "process");
    // Warmed up by cases that are none of those.
    for (let k = 0; k < 300; k++)
      searcher.judge([...all[(k * 31) % all.length], ...all[(k * 17) % all.length]], "run");
    const before = cpuSeconds();
    for (let k = 0; k < all.length; k++) searcher.judge(all[(k * 611) % all.length], "run");
    return { rate: all.length / (cpuSeconds() - before) };
  }
  if (what === "runs") {
    // Every case is simulated: none is left out because it reads like another one.
    const cases = recipes("text", "structure", "process").map((recipe) =>
      caseOf(base, operators, recipe, luck),
    );
    const plain = propertyCatalogue.filter((property) => property.companions === undefined);
    return { rate: rateOf(cases, (item) => searcher.evaluator.evaluate(item, plain)) };
  }
  return { growth: memory(recipes("structure"), (recipe) => searcher.judge(recipe, "plan")) };
}

/** Heap after a million cases against that after a tenth of them, the collector asked before both. */
function memory(items, judge) {
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  let early = 0;
  for (let k = 0; k < 1_000_000; k++) {
    judge(items[k % items.length]);
    if (k === 100_000) early = heap();
  }
  return heap() / early;
}

const [what, variant] = process.argv.slice(2);
if (what !== undefined && process.argv[1]?.endsWith("search.mjs"))
  console.log(JSON.stringify(measure(what, variant)));
