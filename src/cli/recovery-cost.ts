/**
 * How long it would take until everything is back, when items of a repository are taken away: the fleet that the files
 * describe, a manager that loses exactly these services by an edit, people as in published removals of this class, and
 * services deployed again in the order of their needs. A question about the outage, not about the rule that led to it.
 */
import type { Json } from "../base/json.js";
import { createSampler } from "../estimate/replications/sampler.js";
import { Samples } from "../estimate/replications/samples.js";
import { sampleQuantile, sortedTimes } from "../estimate/statistics/censored.js";
import type { Imported, ItemId } from "../importers/contract.js";
import type { Outcome } from "../importers/judge/consequences.js";
import type { RecoveryCost } from "../importers/judge/repository-result.js";
import type { Mapping } from "../importers/mapping.js";
import { scenarioNames } from "../importers/scenario-names.js";
import { scenarioOf } from "../importers/scenario-of.js";
import { buildRun } from "../scenario/build-run.js";
import { parseScenario } from "../scenario/parse.js";
import { builtIn } from "./catalogue.js";

const replications = 200;
/** The name of the manager that stands for all of them: nothing else in the document may have it. */
const manager = "the-manager";

/** Null: no service is hit, or the files describe what is no scenario. */
export function recoveryCost(imported: Imported, mapping: Mapping, outcome: Outcome): RecoveryCost | null {
  const document = outageDocument(imported, mapping, outcome);
  if (document === null) return null;
  const parsed = parseScenario(JSON.stringify(document), "recovery.yaml");
  const variant = parsed.ok ? parsed.value.scenario.variants[0] : undefined;
  if (variant === undefined) return null;
  const built = buildRun("recovery", variant, builtIn);
  if (!built.ok) return null;
  const run = built.value;
  const samples = Samples.of(run);
  samples.add(createSampler(run).sample(1, 0, replications));
  const sorted = sortedTimes(samples.times("recovery"));
  const within = (q: number): number => sampleQuantile(sorted, q) ?? samples.followedMs;
  return { runs: replications, p50Ms: within(0.5), p90Ms: within(0.9) };
}

function outageDocument(imported: Imported, mapping: Mapping, outcome: Outcome): Json | null {
  const running = new Set(imported.items.filter(({ runs }) => runs).map(({ id }) => id));
  const hit = outcome.consequences.filter(({ item }) => running.has(item));
  const taken = hit.filter(({ fate }) => fate !== "down").map(({ item }) => item);
  if (taken.length === 0) return null;
  const { document } = scenarioOf(imported, mapping, { title: "recovery", remove: [] });
  // The writer names the same items the same.
  const names = scenarioNames(imported.items.filter(({ runs, ownership }) => runs || ownership !== null));
  const named = (ids: readonly ItemId[]): string[] => ids.map((id) => names.get(id)!);
  const gone = new Set(named(taken));
  const services = Object.entries(document["services"] as Readonly<Record<string, Json>>);
  const self = imported.managers.find(({ service }) => service !== null && taken.includes(service));
  const own = self?.service === undefined || self.service === null ? null : names.get(self.service)!;
  const firstByHand = own === null ? new Set<string>() : neededBy(own, services);
  const share = 1 / hit.length;
  return {
    fleetquake: 1,
    title: "recovery",
    horizon: "7d",
    regions: document["regions"]!,
    services: Object.fromEntries(
      services.map(([name, service]) => [
        name,
        {
          ...(service as object),
          manager,
          protect: false,
          ...(firstByHand.has(name) ? { byHand: true } : {}),
        },
      ]),
    ) as Json,
    capabilities: Object.fromEntries(
      named(hit.map(({ item }) => item)).map((name) => [name, { service: name, share }]),
    ),
    managers: {
      [manager]: {
        model: "fail-static",
        ...(own === null ? {} : { service: own, policy: { selfManagement: "self" } }),
      },
    },
    changes: [
      {
        at: "1m",
        author: "somebody",
        edits: [
          ...[...gone].map((name) => ({ delete: `applications/${name}` })),
          {
            set: `managers/${manager}#/manages`,
            to: services.map(([name]) => name).filter((name) => !gone.has(name)),
          },
        ],
      },
    ],
    response: "control-plane-removal",
  };
}

/** A manager that is gone is started by people, and before it what it needs: nobody else is there to do so. */
function neededBy(own: string, services: readonly (readonly [string, Json])[]): ReadonlySet<string> {
  const needs = new Map(
    services.map(([name, service]) => [
      name,
      ((service as { needs?: readonly { service: string }[] }).needs ?? []).map((need) => need.service),
    ]),
  );
  const reached = new Set([own]);
  // A set is walked in the order of adding, what is added on the way included.
  for (const name of reached) for (const needed of needs.get(name) ?? []) reached.add(needed);
  return reached;
}
