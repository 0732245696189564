/** What a report needs so that its reader can simulate a changed scenario in the page, or why that cannot be. */
import { readFileSync } from "node:fs";
import type { Json } from "../base/json.js";
import type { Offered, WhatIfModel } from "../report/what-if/what-if-data.js";
import type { Scenario } from "../scenario/scenario.js";
import type { ResultFile } from "../trace/result.js";
import { builtIn } from "./catalogue.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";

export function whatIfModel(scenario: Scenario, result: ResultFile, request: CatalogueRequest): WhatIfModel {
  const reason = refusal(scenario, result, request);
  if (reason !== null) return { kind: "refused", reason };
  const { variants, expect: _expect, fleetquake: _format, ...document } = scenario.document as Fields;
  const patches = new Map(scenario.variants.map((variant) => [variant.name, variant.patch]));
  const models = builtIn.managers.map(offered);
  const isPreset = ({ name }: Offered): boolean => name.includes("/");
  return {
    kind: "offered",
    data: {
      simulator: simulatorScript(),
      scenario: scenario.name,
      file: result.scenario.file,
      seed: result.seed,
      startUtcMs: result.scenario.startUtcMs,
      document,
      variants: result.variants.map(({ name, traceSha256 }) => ({
        name,
        patch: patches.get(name)!,
        traceSha256,
      })),
      named: Object.keys((variants ?? {}) as Fields),
    },
    managers: Object.keys((document["managers"] ?? {}) as Fields),
    models: models.filter((item) => !isPreset(item)),
    presets: models.filter(isPreset),
    guards: builtIn.guards.map(offered),
  };
}

type Fields = { readonly [key: string]: Json };

const offered = ({ name, about }: Offered): Offered => ({ name, about });

function refusal(scenario: Scenario, result: ResultFile, request: CatalogueRequest): string | null {
  if (request.managers.length > 0)
    return "a manager of this run is a program of its own, which a page cannot run";
  if (request.modules.length > 0) return "this run loaded modules, which a page does not carry";
  const shown = scenario.variants.filter(({ name }) => result.variants.some((of) => of.name === name));
  if (shown.some(({ spec }) => spec.configuration.kind === "imported"))
    return "its managers read files of another format, whose readers a page does not carry";
  return null;
}

/** Bundled by scripts/build.mjs, like the script of the page. */
const simulatorScript = (): string =>
  readFileSync(new URL("../../dist/viewer/worker.js", import.meta.url), "utf8").trimEnd();
