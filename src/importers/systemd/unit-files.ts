/** What a tree holds of units: where each is described, drop-ins, links, masks, and who wants whom by folders. */
import { compareNatural } from "../../base/order.js";
import type { Place, Tree, TreeFile } from "../contract.js";
import { baseName, folderOf } from "../paths.js";
import { unitName } from "./unit-names.js";

export interface Link {
  readonly path: string;
  readonly unit: string;
  /** Name that it leads to. */
  readonly target: string;
}

export interface UnitFiles {
  /** By name of the unit, the one that counts first. */
  readonly fragments: ReadonlyMap<string, readonly TreeFile[]>;
  readonly masked: ReadonlyMap<string, Place>;
  readonly aliases: ReadonlyMap<string, Link>;
  /** Links to unit files that are not in the tree. */
  readonly elsewhere: ReadonlyMap<string, string>;
  /** By name before `.d`, in the order in which they are read. */
  readonly dropIns: ReadonlyMap<string, readonly TreeFile[]>;
  /** From `<unit>.wants/`, `.requires/` and `.upholds/`. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly at: Place;
  }[];
  /** Links are there as texts, as Git leaves them where a system has none. */
  readonly textLinks: readonly string[];
  readonly enablement: boolean;
}

/** systemd looks in /etc first. https://www.freedesktop.org/software/systemd/man/systemd.unit#Unit%20File%20Load%20Path */
const precedence = [/(^|\/)etc\/systemd\/(system|user)$/, /(^|\/)run\/systemd\/(system|user)$/];
const vendor = [/(^|\/)usr\/local\/lib\/systemd\/(system|user)$/, /(^|\/)lib\/systemd\/(system|user)$/];

function rank(folder: string): number {
  const high = precedence.findIndex((pattern) => pattern.test(folder));
  if (high >= 0) return high;
  const low = vendor.findIndex((pattern) => pattern.test(folder));
  return low >= 0 ? 3 + low : 2;
}

const place = (path: string): Place => ({ file: path, line: 1, column: 1 });
const linkFolder = /^(.+)\.(wants|requires|upholds)$/;

/** A path to a unit and nothing else. */
function textLink({ text }: TreeFile): string | null {
  if (text.length > 300 || /[\n[=]/.test(text.trimEnd()) || text.trim() === "") return null;
  return unitName(baseName(text.trim())) === undefined ? null : text.trim();
}

export function unitFiles(tree: Tree): UnitFiles {
  const links = tree.links ?? new Map<string, string>();
  const textLinks: string[] = [];
  const target = (path: string): string | null => {
    const link = links.get(path);
    const file = tree.files.get(path);
    if (link !== undefined || file === undefined) return link ?? null;
    const text = textLink(file);
    if (text !== null) textLinks.push(path);
    return text;
  };
  const paths = [...new Set([...tree.files.keys(), ...links.keys()])].filter(
    ofManager([...tree.files.keys()]),
  );
  // Folders that count more come first, so that the first finding of a name is the one that counts.
  paths.sort((a, b) => rank(unitFolder(a)) - rank(unitFolder(b)) || compareNatural(a, b));
  const found = new Collector(tree);
  for (const path of paths) found.add(path, target);
  return { ...found.done(), textLinks };
}

/** The folder of units above a file: of a drop-in or a wants link, the one that holds its folder. */
function unitFolder(path: string): string {
  const folder = folderOf(path);
  return /\.(d|wants|requires|upholds)$/.test(folder) ? folderOf(folder) : folder;
}

/** Units of users belong to other managers; they count only where there are no others. */
function ofManager(paths: readonly string[]): (path: string) => boolean {
  const ofUsers = (path: string): boolean => /(^|\/)systemd\/user\//.test(path);
  const units = paths.filter((path) => unitName(baseName(path)) !== undefined);
  return units.every(ofUsers) ? () => true : (path) => !ofUsers(path);
}

class Collector {
  private readonly fragments = new Map<string, TreeFile[]>();
  private readonly masked = new Map<string, Place>();
  private readonly aliases = new Map<string, Link>();
  private readonly elsewhere = new Map<string, string>();
  private readonly dropIns = new Map<string, Map<string, TreeFile>>();
  private readonly edges: { from: string; to: string; kind: string; at: Place }[] = [];
  private enablement = false;

  constructor(private readonly tree: Tree) {}

  add(path: string, target: (path: string) => string | null): void {
    const name = baseName(path);
    const folder = baseName(folderOf(path));
    const wants = linkFolder.exec(folder);
    if (folder.endsWith(".d") && name.endsWith(".conf")) this.dropIn(folder.slice(0, -2), path);
    else if (unitName(name) === undefined) return;
    else if (wants !== null && unitName(wants[1]!) !== undefined) {
      target(path);
      if (rank(unitFolder(path)) < 3) this.enablement = true;
      this.edges.push({ from: wants[1]!, to: name, kind: wants[2]!, at: place(path) });
    } else this.unit(name, path, target(path));
  }

  private unit(name: string, path: string, link: string | null): void {
    if (this.fragments.has(name) || this.masked.has(name) || this.aliases.has(name)) {
      const file = this.tree.files.get(path);
      if (file !== undefined && link === null) this.fragments.get(name)?.push(file);
      return;
    }
    const file = this.tree.files.get(path);
    const to = link === null ? name : baseName(link);
    if (link === "/dev/null" || file?.text === "") this.masked.set(name, place(path));
    else if (to !== name && unitName(to) !== undefined)
      this.aliases.set(name, { path, unit: name, target: to });
    else if (file !== undefined) this.fragments.set(name, [file]);
    else if (!this.elsewhere.has(name)) this.elsewhere.set(name, path);
  }

  /** Of two with one file name, that in the folder that counts more; an empty one hides the other. */
  private dropIn(unit: string, path: string): void {
    const file = this.tree.files.get(path);
    const empty = this.tree.links?.get(path) === "/dev/null";
    if (file === undefined && !empty) return;
    const known = this.dropIns.get(unit) ?? new Map<string, TreeFile>();
    this.dropIns.set(unit, known);
    if (!known.has(baseName(path))) known.set(baseName(path), file ?? { path, text: "" });
  }

  done(): Omit<UnitFiles, "textLinks"> {
    const dropIns = [...this.dropIns].map(([unit, files]): [string, readonly TreeFile[]] => [
      unit,
      [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, file]) => file),
    ]);
    return {
      fragments: this.fragments,
      masked: this.masked,
      aliases: this.aliases,
      elsewhere: this.elsewhere,
      dropIns: new Map(dropIns),
      edges: this.edges,
      enablement: this.enablement,
    };
  }
}
