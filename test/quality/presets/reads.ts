/** What a format says, as managers get it: a Reading, and beside it what only the machine knows of the definitions. */
import { fingerprint } from "../../../src/base/hash.js";
import { canonicalJson, type Json } from "../../../src/base/json.js";
import { unknown } from "../../../src/models/config/described.js";
import { issueIn } from "../../../src/models/config/parsed.js";
import type { Name } from "../../../src/models/fleet/spec.js";
import type { Entry, Reading } from "../../../src/models/managers/contract.js";
import type { Files } from "./files.js";

/** What one sees running, by the last word of its command; null: the command does not start. */
export type Program = string | null;

export interface Read {
  readonly whole: Reading["whole"];
  readonly entries: Readonly<Record<Name, Entry>>;
  /** What shall run, or what is wrong with the list of it. */
  readonly manages: readonly Name[] | { readonly code: string; readonly message: string };
  readonly programs: Readonly<Record<Name, Program>>;
  /** Who needs whom, also where an entry is in error. */
  readonly needs: Readonly<Record<Name, readonly Name[]>>;
  /** Entries whose end is the end of the manager and all that it runs. */
  readonly ending: readonly Name[];
  /** What tells this configuration from others on the machine: a project, a stack. */
  readonly project: string;
}

export interface Format {
  /** As it is before the mutation. */
  readonly files: Files;
  read(files: Files): Read;
  /** Applying a change touches nothing that runs, since nothing runs: objects of an API. */
  readonly inPlace?: true;
}

export class Listing {
  private readonly entries: Record<Name, Entry> = {};
  private readonly programs: Record<Name, Program> = {};
  private readonly needs: Record<Name, readonly Name[]> = {};
  readonly ending: Name[] = [];
  manages: Read["manages"] | null = null;
  project = "tb";

  /** A later one of the same name replaces it. `definition`: what makes it another one when it differs. */
  present(
    name: Name,
    program: Program,
    definition: Json,
    { needs = [], replicas = 1 }: { readonly needs?: readonly Name[]; readonly replicas?: number } = {},
  ): void {
    this.programs[name] = program;
    this.needs[name] = needs;
    const spec = {
      name,
      manager: null,
      needs,
      regions: null,
      replicas,
      protect: false,
      revision: fingerprint(canonicalJson(definition)),
    };
    this.entries[name] = { is: "present", spec };
  }

  failed(name: Name, code: string, message: string, needs: readonly Name[] = []): void {
    this.needs[name] = needs;
    this.entries[name] = unknown(issueIn(code, name, message));
  }

  has(name: Name): boolean {
    return this.entries[name] !== undefined;
  }

  complete(): Read {
    const { entries, programs, needs, ending, project } = this;
    const manages = this.manages ?? Object.keys(entries);
    return { whole: "complete", entries, manages, programs, needs, ending, project };
  }
}

/** Nothing can be read at all, or whoever asks gives up before the manager is asked. */
export const unreadable = (message: string): Read => ({
  whole: "unreadable",
  entries: {},
  manages: { code: "unreadable", message },
  programs: {},
  needs: {},
  ending: [],
  project: "tb",
});

/** The one program of these machines: `/bin/run LABEL`, and it refuses anything that is no label. */
export function programOf(command: string): Program {
  const [path, label, ...more] = command.trim().split(/\s+/);
  const starts = path === "/bin/run" && more.length === 0 && /^[a-z]\d?$/.test(label ?? "");
  return starts ? label! : null;
}
