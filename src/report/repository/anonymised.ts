/** A result that can be shown to others: names, paths and texts of the files give way to numbers, the rules stay. */
import type { Place, Setting } from "../../importers/contract.js";
import type {
  RepositoryFile,
  ToldConsequence,
  ToldItem,
  ToldOutcome,
} from "../../importers/judge/repository-result.js";

export function anonymised(file: RepositoryFile): RepositoryFile {
  return new Anonymiser().file(file);
}

class Anonymiser {
  private readonly names = new Map<string, string>();

  /** The same name gets the same number everywhere. */
  private name(text: string, kind: string): string {
    const key = `${kind} ${text}`;
    let name = this.names.get(key);
    if (name === undefined) {
      name = `${kind === "" ? "item" : kind}-${this.names.size + 1}`;
      this.names.set(key, name);
    }
    return name;
  }

  private place({ file, line, column }: Place): Place {
    return { file: this.name(file, "file"), line, column };
  }

  private item({ id, kind, at }: ToldItem): ToldItem {
    const title = this.name(id, kind);
    return { id: title, kind, title, at: this.place(at) };
  }

  /** Keys of settings are the manager's words, values are the user's. */
  private setting({ text, at }: Setting): Setting {
    return {
      text: text.replace(/^([\w./-]+\s*[:=]\s*(?:true|false|disabled|enabled)?).*$/s, "$1"),
      at: this.place(at),
    };
  }

  private consequence({ item, fate, rule, because }: ToldConsequence): ToldConsequence {
    const told = this.item(item);
    return {
      item: told,
      fate,
      rule,
      text: `${told.title}: ${fate}, ${rule}`,
      because: because.map((setting) => this.setting(setting)),
    };
  }

  private outcome({ blast, consequences, more }: ToldOutcome): ToldOutcome {
    return {
      blast: {
        ...blast,
        managers: blast.managers.map((name) => this.name(name, "manager")),
        blind: blast.blind.map((name) => this.name(name, "manager")),
      },
      consequences: consequences.map((item) => this.consequence(item)),
      more,
    };
  }

  file(file: RepositoryFile): RepositoryFile {
    const { change, hazards, managers } = file;
    return {
      ...file,
      root: "repository",
      managers: managers.map(({ name, preset, at }) => ({
        name: this.name(name, "manager"),
        preset,
        at: this.place(at),
      })),
      change:
        change === null
          ? null
          : {
              ...change,
              ...this.outcome(change),
              range: "the change",
              added: change.added.map((item) => this.item(item)),
              orphaned: change.orphaned.map(({ kept, ...item }) => ({
                ...this.item(item),
                kept: kept === null ? null : this.setting(kept),
              })),
              refused: change.refused.map(({ because: _, ...item }) => ({
                ...this.item(item),
                because: "it cannot be understood",
              })),
            },
      hazards: hazards.map((hazard) => ({
        ...hazard,
        owner: this.item(hazard.owner),
        settings: hazard.settings.map((setting) => this.setting(setting)),
        direct: hazard.direct.map((name) => this.name(name, "item")),
        worst: {
          op: hazard.worst.op,
          at: this.place(hazard.worst.at),
          subject: "...",
          ...this.outcome(hazard.worst),
        },
        reason: null,
      })),
      // What is wrong is told in the words of the files.
      issues: file.issues.map(({ code, severity }) => ({ code, severity, message: code })),
    };
  }
}
