/**
 * What other commands have left beside a report: estimate.json, ablate.json and check.json of the same folder. They are
 * taken in only where they are of the same scenario, word for word as it is simulated, and of the same version.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ablateSchema } from "../chaos/ablate/ablate-result.js";
import { baseText, searchedText } from "../chaos/base.js";
import { parseCheck } from "../chaos/check-schema.js";
import { parseEstimate } from "../estimate/replications/estimate-file.js";
import type { Evidence } from "../report/model.js";
import type { VariantRun } from "../run/run-variant.js";
import { readTextFile } from "./files.js";
import { sha256 } from "./sha256.js";
import { version } from "./version.js";

/** Larger files are left out rather than read: a page of them would help nobody. */
const bytesMax = 50_000_000;

/** `finished`: the runs of the report, the one that is told in full first. */
export function readEvidence(folder: string, finished: readonly VariantRun[]): Evidence {
  const leftOut: string[] = [];
  const specs = new Map(finished.map(({ trace, result }) => [result.name, trace.header.spec]));
  const main = finished[0]!.result.name;
  const isSame = (variant: string, hash: string | undefined): boolean => {
    const spec = specs.get(variant);
    return spec !== undefined && hash === sha256([baseText(spec)]);
  };
  const read = <T extends { readonly fleetquake: string }>(
    name: string,
    parse: (text: string) => T | null,
  ): T | null => {
    const file = join(folder, name);
    if (!existsSync(file)) return null;
    const text = readTextFile(file, bytesMax);
    const value = text.ok ? parse(text.value) : null;
    if (value === null) leftOut.push(`${name} here cannot be read; it is left out.`);
    else if (value.fleetquake !== version)
      leftOut.push(`${name} here was written by fleetquake ${value.fleetquake}; it is left out.`);
    else return value;
    return null;
  };
  /** Why nothing of a file is told. */
  const tell = (name: string, variants: readonly string[]): void => {
    const known = variants.filter((variant) => specs.has(variant));
    leftOut.push(
      known.length > 0
        ? `${name} here is of another version of the scenario file; it is left out.`
        : `${name} here is of ${variants.join(", ")}, which this report does not have; it is left out.`,
    );
  };

  const estimates = read("estimate.json", (text) => okOr(parseEstimate(text, "estimate.json")));
  const estimate =
    estimates?.results.find((item) => item.variant === main && isSame(main, item.spec)) ?? null;
  if (estimates !== null && estimate === null) {
    const variants = estimates.results.map(({ variant }) => variant);
    if (variants.includes(main)) tell("estimate.json", [main]);
    else
      leftOut.push(
        `estimate.json here is of ${variants.join(", ")}, and this page tells ${main}; it is left out.`,
      );
  }
  const ablations = read("ablate.json", (text) => ablateSchema.safeParse(json(text)).data ?? null);
  const ablation =
    ablations !== null && isSame(ablations.result.variant, ablations.result.spec) ? ablations.result : null;
  if (ablations !== null && ablation === null) tell("ablate.json", [ablations.result.variant]);
  const found = read("check.json", (text) => okOr(parseCheck(text, "check.json")));
  const checks = (found?.results ?? []).filter(({ variant, base }) => {
    const spec = specs.get(variant);
    return spec !== undefined && base === sha256([searchedText(spec)]);
  });
  if (found !== null && checks.length < found.results.length) {
    const others = found.results.filter((item) => !checks.includes(item)).map(({ variant }) => variant);
    tell("check.json", others);
  }
  return {
    estimate: estimate === null ? null : { ...estimate, command: estimates!.command },
    ablation,
    checks,
    leftOut,
  };
}

const okOr = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T | null =>
  result.ok ? result.value : null;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
