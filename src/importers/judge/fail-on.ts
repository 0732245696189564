/** `--fail-on`: when what was found makes the command fail. */
import type { Blast } from "./hazards.js";

/** Any of them is enough. `blast`: services that go or go down; `share` of all services, 0 to 1. */
export type FailOn =
  | { readonly on: "blast"; readonly services: number }
  | { readonly on: "share"; readonly share: number }
  | { readonly on: "manager" }
  | { readonly on: "data" }
  | { readonly on: "any" }
  | { readonly on: "never" };

export const failOnForms = "blast>=N, blast>=N%, manager, data, any or never";

/** Null: none of `failOnForms`. */
export function parseFailOn(text: string): FailOn | null {
  const match = /^blast\s*>=\s*(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  if (match !== null) {
    const value = Number(match[1]);
    return match[2] === "%" ? { on: "share", share: value / 100 } : { on: "blast", services: value };
  }
  const word = text.trim();
  if (word === "manager" || word === "data" || word === "any" || word === "never") return { on: word };
  return null;
}

export const fails = (blast: Blast, rules: readonly FailOn[]): boolean =>
  rules.some((rule) => failsBy(blast, rule));

function failsBy(blast: Blast, rule: FailOn): boolean {
  switch (rule.on) {
    case "blast":
      return blast.services >= rule.services;
    case "share":
      return blast.share >= rule.share;
    case "manager":
      return blast.managers.length > 0 || blast.blind.length > 0;
    case "data":
      return blast.data > 0;
    case "any":
      return true;
    case "never":
      return false;
  }
}
