/**
 * A mutation operator: where it fits, what it does there, and the incident that it comes from. Sites are texts, so that
 * a mutation is `{ op, at }` in a file, in a recipe and on the terminal alike.
 */
import type { Material, Patch } from "./material.js";

export type MutationLevel = "text" | "structure" | "process";

/** Classes of misconfiguration that the natural weighting knows (models and methods, section 1.3). */
export type MutationClass = "text" | "illegal" | "inconsistent" | "external" | "process";

export interface Operator {
  /** T01 .. T14, S01 .. S22, P01 .. P17. */
  readonly id: string;
  readonly name: string;
  readonly level: MutationLevel;
  readonly class: MutationClass;
  /** One sentence: what somebody does by mistake. */
  readonly about: string;
  /** What has to be there for it to fit. */
  readonly precondition: string;
  /** The incident or study that it comes from. */
  readonly incident: string;
  /**
   * Every site where it fits, in canonical order, each once; empty where the precondition does not hold. A site names
   * what it strikes: `managers/legacy#/manages/3` (file stem and JSON pointer), `applications/push:line 4`, `legacy`,
   * `change 2`.
   */
  readonly sites: (material: Material) => readonly string[];
  /** Null: the site is no longer there (another mutation took it). */
  readonly apply: (material: Material, site: string) => Patch | null;
  /** For people: "push is left out of managers/next.us-west-2". */
  readonly label: (material: Material, site: string) => string;
}
