/** The commands that add to a report what it does not have yet. */
import { quoted } from "../base/quoted.js";
import type { ReportModel } from "./model.js";

export function commandFor(
  command: "estimate" | "ablate" | "check",
  { variants, told }: ReportModel,
): string {
  const name = variants[0]!.result.name;
  const variant = name === "default" ? "" : ` --variant ${quoted(name)}`;
  return `fleetquake ${command} ${told.file === null ? "SCENARIO" : quoted(told.file)}${variant}`;
}
