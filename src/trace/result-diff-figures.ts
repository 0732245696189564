/** The figures of one variant on both sides of a change. */
import { quantileOf, recoveryTimeMs } from "./expectations.js";
import type { VariantResult } from "./result.js";

/** Null: nothing of the kind happened; "never": not within the run. */
export type Value = number | null | "never";

export interface FigureDiff {
  /** What it is of; the name is that of the capability or region group, or of the figure itself. */
  readonly of: "whole" | "capability" | "group" | "step";
  readonly name: string;
  readonly figure: string;
  /** ms: a length of time; count: of whatever the figure names. Less is better for all of them. */
  readonly unit: "ms" | "count";
  /** Undefined: that side does not know it. */
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** The whole first, then the steps of the recovery, then capabilities and region groups. */
export const figureDiffs = (before: VariantResult, after: VariantResult): readonly FigureDiff[] => [
  ...wholeFigures(before, after),
  ...stepFigures(before, after),
  ...partFigures(before, after),
];

const noInfinity = (value: number | null): Value => (value === Number.POSITIVE_INFINITY ? "never" : value);

function wholeFigures(before: VariantResult, after: VariantResult): readonly FigureDiff[] {
  const row = (
    figure: string,
    unit: FigureDiff["unit"],
    of: (result: VariantResult) => Value,
  ): FigureDiff => ({
    of: "whole",
    name: "",
    figure,
    unit,
    before: of(before),
    after: of(after),
  });
  return [
    row("instances removed", "count", ({ removed }) => removed.instances),
    row("services removed", "count", ({ removed }) => removed.services.length),
    row("instances whose data was lost", "count", ({ removed }) => removed.dataLost),
    row("instances merely hurt", "count", ({ hurt }) => hurt.instances),
    row(
      "capabilities down",
      "count",
      ({ outage }) => outage.capabilities.filter((item) => item.regionsDown > 0).length,
    ),
    row("outage", "ms", (result) => noInfinity(recoveryTimeMs(result))),
    row("outage, half of the replications", "ms", (result) => quantile(result, 0.5)),
    row("outage, 9 of 10 replications", "ms", (result) => quantile(result, 0.9)),
    row("logins not served", "count", ({ outage }) => outage.unservedLogins),
    row("services that stay gone", "count", ({ recovery }) => recovery.stuck.length),
    row("relapses", "count", ({ recovery }) => recovery.relapses),
  ];
}

const quantile = ({ recoveryTimes }: VariantResult, q: number): Value =>
  recoveryTimes.length === 0
    ? null
    : noInfinity(
        quantileOf(
          recoveryTimes.map((time) => (time === "never" ? Number.POSITIVE_INFINITY : time)),
          q,
        ),
      );

const steps = [
  ["somebody is alerted", "detectedAtMs"],
  ["the cause is known", "diagnosedAtMs"],
  ["the configuration is right again", "configurationRepairedAtMs"],
  ["the manager is back", "managerUpAtMs"],
  ["something works again", "firstRestoredAtMs"],
  ["everything works again", "allRestoredAtMs"],
  ["the public is told so", "publishedAtMs"],
] as const;

/** Lengths from the start of the outage, so that outages that begin at different times compare. */
const sinceStart = ({ outage }: VariantResult, atMs: number | null): Value =>
  outage.startedAtMs === null ? null : atMs === null ? "never" : atMs - outage.startedAtMs;

const stepFigures = (before: VariantResult, after: VariantResult): readonly FigureDiff[] =>
  steps.map(([figure, key]) => ({
    of: "step",
    name: "",
    figure,
    unit: "ms",
    before: sinceStart(before, before.recovery[key]),
    after: sinceStart(after, after.recovery[key]),
  }));

interface Part {
  readonly of: "capability" | "group";
  readonly name: string;
  readonly figures: readonly (readonly [figure: string, unit: FigureDiff["unit"], value: Value])[];
}

function partsOf(result: VariantResult): readonly Part[] {
  const capabilities = result.outage.capabilities.map((item): Part => {
    const back = result.recovery.byCapability.find(({ name }) => name === item.name);
    const hurt = item.regionsDegraded > 0;
    return {
      of: "capability",
      name: item.name,
      figures: [
        ["regions down", "count", item.regionsDown],
        ["regions impaired", "count", item.regionsDegraded],
        ["longest in one region", "ms", Math.round(item.longestDownMinutes * 60_000)],
        ["works again everywhere", "ms", hurt ? sinceStart(result, back?.allRestoredAtMs ?? null) : null],
        ["logins not served", "count", item.unservedLogins],
      ],
    };
  });
  const unserved = new Map<string, number>();
  for (const { unservedByGroup } of result.outage.capabilities)
    for (const { group, logins } of unservedByGroup) unserved.set(group, (unserved.get(group) ?? 0) + logins);
  const groups = result.recovery.byRegionGroup.map((item): Part => {
    const hurt = item.firstRestoredAtMs !== null || (unserved.get(item.name) ?? 0) > 0;
    return {
      of: "group",
      name: item.name,
      figures: [
        ["works again", "ms", hurt ? sinceStart(result, item.allRestoredAtMs) : null],
        ["logins not served", "count", unserved.get(item.name) ?? 0],
      ],
    };
  });
  return [...capabilities, ...groups];
}

function partFigures(before: VariantResult, after: VariantResult): readonly FigureDiff[] {
  const [first, second] = [partsOf(before), partsOf(after)];
  const keyOf = ({ of, name }: Part): string => `${of} ${name}`;
  const known = new Set(first.map(keyOf));
  const all = [...first, ...second.filter((part) => !known.has(keyOf(part)))];
  return (["capability", "group"] as const).flatMap((of) =>
    all
      .filter((part) => part.of === of)
      .flatMap((part) => {
        const a = first.find((item) => keyOf(item) === keyOf(part));
        const b = second.find((item) => keyOf(item) === keyOf(part));
        return part.figures.map(
          ([figure, unit], k): FigureDiff => ({
            of,
            name: part.name,
            figure,
            unit,
            before: a?.figures[k]?.[2],
            after: b?.figures[k]?.[2],
          }),
        );
      }),
  );
}
