/**
 * What a scenario says under `properties:`. Naming a property there makes it part of the gate; its bound, where it has
 * one, is what `judge` measures against. `churn` is no property: it declares what comes and goes by itself.
 */
import type { Name } from "../fleet/spec.js";

/** Durations in ms, shares 0..1, counts, patterns of names. */
export type PropertyBound = Readonly<Record<string, number | readonly string[]>>;
export type PropertyBounds = Readonly<Record<string, PropertyBound>>;

export type BoundKind = "share" | "duration" | "count" | "patterns";
export type BoundShape = Readonly<Record<string, BoundKind>>;

export const churn = "churn";
export const churnShape: BoundShape = { expected: "patterns" };

/** The properties that fail a run: the default gate, and those that the scenario names. */
export const gateWith = (gate: readonly string[], bounds: PropertyBounds): readonly string[] => [
  ...gate,
  ...Object.keys(bounds).filter((name) => name !== churn && !gate.includes(name)),
];

export function numberIn(bound: PropertyBound | undefined, key: string, fallback: number): number {
  const value = bound?.[key];
  return typeof value === "number" ? value : fallback;
}

/** Services that are expected to come and go; nobody is asked about them. */
export function isExpectedToChurn(bounds: PropertyBounds): (service: Name) => boolean {
  const expected = bounds[churn]?.["expected"];
  if (typeof expected !== "object" || expected.length === 0) return () => false;
  return (service) => expected.some((pattern) => fits(pattern, service));
}

/** `*` stands for any letters, also none. */
function fits(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
