/**
 * What an importer is: a pure function from the files of a repository to what they describe. Every importer gives the same
 * kind of value, so that one writer makes scenarios of it, one judge tells what a change of the files removes, and one
 * reader hands it to a simulated manager.
 */
import type { Issue } from "../base/issue.js";
import type { Name } from "../models/fleet/spec.js";

export const formats = ["compose", "flux", "argocd", "kubernetes", "systemd", "supervisord"] as const;
export type Format = (typeof formats)[number];

/** One text file; `path` is relative to the root, with `/`. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** A file that is there and has no text for an importer. */
export interface UnreadFile {
  readonly path: string;
  readonly why: "binary" | "encoding" | "size" | "outside-root" | "link-loop" | "unreadable";
}

/** A repository, or the part of it that was pointed at. Links are resolved; nothing outside the root is in it. */
export interface Tree {
  /** In canonical order of paths. */
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly unread: readonly UnreadFile[];
  /**
   * Symbolic links by their path: where each leads, as it is written. A link whose target is a text file inside the root is
   * in `files` as well, under its own path. Absent: nothing is known of links.
   */
  readonly links?: ReadonlyMap<string, string>;
}

/** Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type ItemId = string;

/** What a file says, or what it makes likely, about one item needing another. */
export interface ImportedNeed {
  readonly on: ItemId;
  /** hard: down without it. startup: only to start. soft: worse without it. */
  readonly kind: "hard" | "soft" | "startup";
  /** False: inferred, e.g. from an environment variable that names a Service. */
  readonly certain: boolean;
  /** In the words of the format: "depends_on", "Requires=", "the variable DB_ADDR names the Service db". */
  readonly evidence: string;
  readonly at: Place;
}

/** A setting, quoted as the format writes it, and where it stands. */
export interface Setting {
  readonly text: string;
  readonly at: Place;
}

/** What an owner does with the items in its inventory. Sources of the rules: the preset of its manager. */
export interface Ownership {
  /** When one of them is no longer described. */
  readonly omitted: "delete" | "keep";
  /** When the owner itself is deleted. */
  readonly deleted: "delete" | "keep";
  /** When what it reads cannot be understood: nothing, or what a list without the broken entries means, or all stops. */
  readonly refused: "keep" | "without-the-broken" | "stop-all";
  /** The settings that make it so: `prune: true`, `--remove-orphans`. */
  readonly because: readonly Setting[];
}

/**
 * Something that the files describe: a service that runs, an object that owns others, a resource. Ids are unique and
 * stable: the same thing keeps its id when lines move.
 */
export interface Item {
  readonly id: ItemId;
  /** As the format calls it: "Deployment", "Kustomization", "service", "unit", "program". */
  readonly kind: string;
  /** For people. */
  readonly title: string;
  /** It serves somebody: a service of the scenario. Otherwise an object or a resource that matters only by what it owns. */
  readonly runs: boolean;
  /** Other items exist only inside it, e.g. in a Namespace, or are of its kind, as the instances of a CustomResourceDefinition. */
  readonly contains: readonly ItemId[];
  /** Losing it loses data: a PersistentVolumeClaim, a named volume. */
  readonly data: boolean;
  readonly at: Place;
  /**
   * In whose inventory it is; null: nobody's, people apply it. A root may be in its own inventory, or in that of something
   * that it owns itself: going from owner to owner can lead back.
   */
  readonly owner: ItemId | null;
  /** Null: it owns nothing. */
  readonly ownership: Ownership | null;
  /** A setting that keeps it when it is no longer described: `kustomize.toolkit.fluxcd.io/prune: disabled`. */
  readonly keep: Setting | null;
  /** `keep` counts in one of two cases only: it is no longer described, or its owner is deleted. Absent: in both. */
  readonly keepOnly?: "omitted" | "deleted";
  readonly needs: readonly ImportedNeed[];
  /** False: the format or the file says nothing about what it needs. That is unknown, not independent. */
  readonly needsKnown: boolean;
  readonly replicas: number;
}

export interface ImportedManager {
  readonly name: Name;
  /** Entry of the catalogue: "flux/kustomization", "compose/up". */
  readonly preset: string;
  /** The item that it runs as, where the files describe it: then it can remove itself. */
  readonly service: ItemId | null;
  /** Items that it needs to read its configuration: a Git server, a registry. */
  readonly reads: readonly ItemId[];
  /** Items at the top of what it applies: a root Kustomization, the compose project. */
  readonly roots: readonly ItemId[];
  readonly at: Place;
}

/** What a tree of files describes. */
export interface Imported {
  readonly format: Format;
  /** In canonical order of ids. */
  readonly items: readonly Item[];
  readonly managers: readonly ImportedManager[];
  /** Owners whose content could not be understood, with what is wrong; their items from before are unknown, not gone. */
  readonly refused: ReadonlyMap<ItemId, Issue>;
  /** Files that the result depends on, in canonical order. */
  readonly reads: readonly string[];
  /** What could not be imported (errors) and what was taken for granted (warnings), each with file, line and reason. */
  readonly issues: readonly Issue[];
}

export interface ImportOptions {
  /** Files or directories to start from, relative to the root; empty: what the format finds by itself. */
  readonly entry: readonly string[];
  /** Values for interpolation, from `.env` or the command line. */
  readonly variables: ReadonlyMap<string, string>;
  /** Profiles of compose that are on. */
  readonly profiles: readonly string[];
}

export interface Importer {
  readonly format: Format;
  readonly about: string;
  /** Pure and total: whatever the files hold, it gives a value. Files are parsed once each: `parse` caches by text. */
  read(tree: Tree, options: ImportOptions): Imported;
  /**
   * The way in which the text of a file is no text of the format at all, whatever it says; null: it is one. Trees that differ
   * in nothing but the text of a file that is broken in the same way describe the same. Absent: not known.
   */
  broken?(file: TreeFile): string | null;
  /** An issue for each file that is of the format, or may be, and is no part of the result. Absent: folders hold many other things. */
  leftOut?(tree: Tree, imported: Pick<Imported, "reads" | "issues">): readonly Issue[];
}
