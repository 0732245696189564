/** The text of an imported scenario: what was taken for granted first, then the document in the order of the format. */
import { formatDocument } from "../scenario/format.js";
import type { Format } from "./contract.js";
import type { ImportedScenario } from "./imported-scenario.js";

export function scenarioText(format: Format, { document, notes, counts }: ImportedScenario): string {
  const head = [
    `Made by \`fleetquake import ${format}\`. \`from\` is file:line:column, relative to the folder that was read.`,
    `Needs: ${counts.statedNeeds} stated, ${counts.inferredNeeds} inferred, unknown for ${counts.unknownNeeds} of ${counts.services} services.`,
    ...(notes.length > 0 ? ["Taken for granted:", ...notes.map((note) => `- ${note}`)] : []),
  ];
  return `${head.map((line) => `# ${line}`).join("\n")}\n\n${formatDocument(document)}`;
}
