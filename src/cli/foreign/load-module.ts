/** A module of the user's own as a manager model. TypeScript is compiled while it is loaded. */
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { type FaultContext, fault } from "../../live/fault.js";
import { modelOf } from "../../live/model-of.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";

/** `import … from "fleetquake"` means this copy, wherever the module lies. */
const ourselves = fileURLToPath(new URL("../../index.js", import.meta.url));

/** Throws a ManagerFault for a module that cannot be loaded or exports no manager. */
export async function loadManagerModule(path: string, label: string): Promise<ManagerModel> {
  const context: FaultContext = { label, manager: null, request: () => "" };
  let loaded: Readonly<Record<string, unknown>>;
  try {
    const jiti = createJiti(import.meta.url, {
      alias: { fleetquake: ourselves },
      moduleCache: false,
      interopDefault: false,
    });
    loaded = await jiti.import(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw fault(context, "module", `cannot be loaded: ${message}`);
  }
  const found = loaded["manager"] ?? loaded["default"];
  if (found === undefined) {
    const hint = Array.isArray(loaded["managers"])
      ? { hint: "it exports `managers`: --load it, and name one of them as `model:` in the scenario" }
      : {};
    throw fault(context, "module", "exports no manager", {
      expected: "`export default defineManager({ … })`, or `export const manager = { name, step }`",
      ...hint,
    });
  }
  return modelOf(found, context);
}
