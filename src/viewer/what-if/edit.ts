/** A changed document as a variant for the scenario file, in the words of the file. */
import { stringify } from "yaml";
import type { WhatIfData } from "../../report/what-if/what-if-data.js";
import { differencePatch } from "../../scenario/difference-patch.js";
import type { Fields } from "./change-document.js";
import type { Edit } from "./protocol.js";

/** `what-if`, or the first name with a number behind it that the file does not have. */
export function variantName(named: readonly string[]): string {
  let name = "what-if";
  for (let k = 2; named.includes(name); k++) name = `what-if-${k}`;
  return name;
}

export function editOf(data: WhatIfData, target: Fields): Edit & { readonly patch: Fields } {
  const variant = variantName(data.named);
  const patch = differencePatch(data.document, target);
  // A file without variants has one that is called default; once it names any, it has to name that one too.
  const variants = { ...(data.named.length === 0 ? { default: {} } : {}), [variant]: patch };
  return {
    variant,
    patch,
    yaml: stringify({ variants }, { lineWidth: 90, aliasDuplicateObjects: false }),
    command: `fleetquake run ${data.file} --variant ${variant} --seed ${data.seed}`,
  };
}
