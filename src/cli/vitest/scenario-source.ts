/** The scenario of a suite as text, with the guards that the suite puts in front of its manager. */
import { parse } from "yaml";
import type { Issue } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import { err, ok, type Result } from "../../base/result.js";
import { starter } from "../../scenario/starter.js";
import { readTextFile } from "../files.js";
import type { ScenarioSource, SuiteSettings } from "./options.js";

export interface ScenarioText {
  /** What it is called in messages; for a file its path. */
  readonly file: string;
  readonly text: string;
}

export function scenarioText(source: ScenarioSource | undefined): Result<ScenarioText, readonly Issue[]> {
  if (source === undefined) return ok({ file: "my-fleet.yaml", text: starter });
  if (typeof source !== "string")
    return ok({ file: `${source.name}.yaml`, text: JSON.stringify(source.document) });
  if (source.includes("\n")) return ok({ file: "scenario.yaml", text: source });
  const text = readTextFile(source);
  return text.ok ? ok({ file: source, text: text.value }) : err([text.error]);
}

type Fields = Readonly<Record<string, Json>>;
const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const fieldsAt = (fields: Fields, key: string): Fields => {
  const value = fields[key];
  return isFields(value) ? value : {};
};

/**
 * The same scenario with more guards for one manager: in the document, so that a search shrinks and keeps them as well.
 * A text that is no scenario stays as it is; whoever parses it says what is wrong.
 */
export function withGuards(
  { file, text }: ScenarioText,
  { as, guards }: Pick<SuiteSettings, "as" | "guards">,
): ScenarioText {
  if (guards.length === 0) return { file, text };
  let document: Json;
  try {
    document = parse(text, { logLevel: "error" }) as Json;
  } catch {
    return { file, text };
  }
  if (!isFields(document)) return { file, text };
  const name = as ?? Object.keys(fieldsAt(document, "managers"))[0];
  if (name === undefined) return { file, text };
  // A variant that lists guards of its own replaces those of the document.
  const variants = Object.entries(fieldsAt(document, "variants")).map(([variant, patch]): [string, Json] => {
    const lists = isFields(patch) && Array.isArray(guardsOf(patch, name)["add"]);
    return [variant, lists ? guarded(patch, name, guards) : patch];
  });
  const more = variants.length === 0 ? {} : { variants: Object.fromEntries(variants) };
  return { file, text: JSON.stringify({ ...guarded(document, name, guards), ...more }) };
}

const guardsOf = (document: Fields, name: string): Fields =>
  fieldsAt(fieldsAt(fieldsAt(document, "managers"), name), "guards");

function guarded(document: Fields, name: string, guards: SuiteSettings["guards"]): Fields {
  const managers = fieldsAt(document, "managers");
  const before = guardsOf(document, name);
  const add = [...(Array.isArray(before["add"]) ? before["add"] : []), ...guards] as Json;
  return {
    ...document,
    managers: { ...managers, [name]: { ...fieldsAt(managers, name), guards: { ...before, add } } },
  };
}
