/**
 * `fleetquake schema`: the JSON Schema of scenario files, for editors, of result.json, check.json, ablate.json, plans,
 * estimate.json and compare.json, for scripts, or of the manager protocol, for planners in other languages.
 */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { ablateJsonSchema } from "../../chaos/ablate/ablate-result.js";
import { checkJsonSchema } from "../../chaos/check-schema.js";
import { planJsonSchema } from "../../estimate/planning/plan-result.js";
import { compareJsonSchema, estimateJsonSchema } from "../../estimate/replications/estimate-schema.js";
import { managerProtocolJsonSchema } from "../../live/protocol.js";
import { scenarioJsonSchema } from "../../scenario/document-schema.js";
import { resultJsonSchema } from "../../trace/result-schema.js";

const schemas: Readonly<Record<string, () => unknown>> = {
  scenario: scenarioJsonSchema,
  result: resultJsonSchema,
  check: checkJsonSchema,
  ablate: ablateJsonSchema,
  plan: planJsonSchema,
  estimate: estimateJsonSchema,
  compare: compareJsonSchema,
  manager: managerProtocolJsonSchema,
};

export function addSchema(program: Command): void {
  program
    .command("schema")
    .description(
      "print the JSON Schema of scenario files, of what the other commands write, or of the manager protocol",
    )
    .argument(
      "[which]",
      `${Object.keys(schemas).join(", ")}`,
      (which: string) => {
        if (schemas[which] === undefined)
          throw new InvalidArgumentError(`expected one of ${Object.keys(schemas).join(", ")}`);
        return which;
      },
      "scenario",
    )
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake schema > schema/scenario.schema.json
  $ fleetquake schema result`,
    )
    .action((which: string) => {
      process.stdout.write(`${JSON.stringify(schemas[which]!(), null, 2)}\n`);
    });
}
