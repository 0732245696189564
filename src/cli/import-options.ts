/** What `import` and `check --from` are told about reading files: a mapping, variables, profiles. */
import { InvalidArgumentError } from "commander";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import type { ImportOptions } from "../importers/contract.js";
import { type Mapping, noMapping, parseMapping } from "../importers/mapping.js";
import { readTextFile } from "./files.js";

/** Parser of `--env NAME=value`. */
export function variable(text: string, before: readonly string[]): readonly string[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*=/.test(text)) throw new InvalidArgumentError("expected NAME=value");
  return [...before, text];
}

export function readMapping(file: string | undefined): Result<Mapping, readonly Issue[]> {
  if (file === undefined) return ok(noMapping);
  const text = readTextFile(file);
  return text.ok ? parseMapping(text.value, file) : err([text.error]);
}

export const readingOptions = (
  entry: readonly string[],
  { env, profile }: { readonly env: readonly string[]; readonly profile: readonly string[] },
): ImportOptions => ({
  entry,
  variables: new Map(
    env.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
  ),
  profiles: profile,
});
