/** The log of what was seen on a machine: one line a manager, verb and mutation. */
import type { Outcome } from "./world.js";

export interface Cell {
  readonly manager: string;
  readonly mutation: string;
  /** Null: nothing ran before the mutation, so the line says nothing. */
  readonly seen: Outcome | null;
}

/** Fields of one line; a field with commas stands in quotes, and a quote in it is doubled. */
function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

export function readLog(text: string): readonly Cell[] {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [manager, mutation, before, stopped, started, restarted, alive] = fieldsOf(line);
      const names = (field: string | undefined): readonly string[] =>
        (field ?? "").split(" ").filter((name) => name !== "");
      const seen = {
        stopped: names(stopped),
        started: names(started),
        restarted: names(restarted),
        alive: alive === "true",
      };
      return { manager: manager!, mutation: mutation!, seen: before === "" ? null : seen };
    });
}
