/** Configuration, changes and faults as a scenario describes them. Times in ms after the start of the scenario. */
import type { Json } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";

/** One edit of a document; a path is file stem + JSON pointer: `managers/legacy#/manages/3`. */
export type EditSpec =
  | { readonly kind: "delete"; readonly path: string }
  | { readonly kind: "set"; readonly path: string; readonly to: Json }
  | { readonly kind: "add"; readonly path: string; readonly value: Json }
  | { readonly kind: "rename"; readonly path: string; readonly to: string }
  | { readonly kind: "move"; readonly path: string; readonly to: string }
  | { readonly kind: "text"; readonly file: string; readonly replace: string; readonly with: string };

export type IntentionSpec =
  | { readonly kind: "remove"; readonly services: readonly Name[] }
  | { readonly kind: "add"; readonly services: readonly Name[] }
  | { readonly kind: "update"; readonly services: readonly Name[] }
  | { readonly kind: "rename"; readonly service: Name; readonly to: Name }
  | { readonly kind: "migrate"; readonly service: Name; readonly to: Name };

export interface ApprovalSpec {
  readonly by: string;
  readonly covers: readonly Name[];
}

export interface ChangeSpec {
  readonly atMs: number;
  readonly author: string;
  /** Services the author may touch; null: all. */
  readonly scope: readonly Name[] | null;
  readonly approvals: readonly ApprovalSpec[];
  readonly intend: readonly IntentionSpec[];
  /** Null: exactly what the intention needs, with the defects of the manager's version applied. */
  readonly edits: readonly EditSpec[] | null;
}

export type ConfigurationSpec =
  | {
      readonly kind: "derived";
      /** References left out of the managers' own entries (an environment that differs). */
      readonly omitFromOwnEntry: readonly Name[];
      /** Edits on the derived documents before the run starts. */
      readonly edits: readonly EditSpec[];
    }
  | {
      readonly kind: "documents";
      readonly documents: readonly { readonly id: string; readonly text: string }[];
    }
  | ImportedSpec;

/** Files of a foreign format, as people keep them; an importer tells what they describe. */
export interface ImportedSpec {
  readonly kind: "imported";
  /** "compose", "flux" ...: a name of the catalogue. */
  readonly format: string;
  /** The folder that they come from, as the scenario names it; null: the scenario holds them by value only. */
  readonly root: string | null;
  /** `id` is the path relative to the root, with `/`. */
  readonly documents: readonly { readonly id: string; readonly text: string }[];
  /** Symbolic links by their path: where each leads. */
  readonly links: Readonly<Record<string, string>>;
  /** Files to start from; empty: what the format finds by itself. */
  readonly entry: readonly string[];
  /** Values for interpolation. */
  readonly variables: Readonly<Record<string, string>>;
  /** Profiles of compose that are on. */
  readonly profiles: readonly string[];
}

/**
 * source: reading the documents fails. list: the world's inventory is wrong. observation: it is late by `delayMs`.
 * network: deploys and deletes do not get through. crash: the manager's process or a service's instances die.
 * lease: the lease is lost, a second instance of the manager is active. `of`: manager (or service, for crash) name.
 */
export interface FaultSpec {
  readonly atMs: number;
  readonly forMs: number;
  readonly what: "source" | "list" | "observation" | "network" | "crash" | "lease";
  readonly of: Name;
  readonly gives: "error" | "empty" | "partial" | "stale";
  /** Places concerned (regions or groups); null: all. */
  readonly in: readonly Name[] | null;
}
