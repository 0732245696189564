/** Workflow commands of GitHub: annotations at lines of files. */
import { clip, oneLine, visible } from "./check/visible.js";

/** Longer titles and messages are cut by the page that shows them, without saying so. */
const titleMax = 200;
const messageMax = 4_000;

/** Errors first: a job shows ten annotations of each kind and no more. */
export const errorsFirst = (lines: readonly string[]): string =>
  [
    ...lines.filter((line) => line.startsWith("::error")),
    ...lines.filter((line) => !line.startsWith("::error")),
  ]
    .map((line) => `${line}\n`)
    .join("");

export function workflowCommand(
  level: "error" | "warning",
  properties: Readonly<Record<string, string>>,
  lines: readonly string[],
  repeat = "",
): string {
  const list = Object.entries(properties).map(
    ([key, value]) =>
      `${key}=${escapeProperty(key === "title" ? clip(oneLine(value), titleMax) : visible(value))}`,
  );
  // What repeats it must not be what is cut off.
  const message = `${clip(visible(lines.join("\n")), messageMax)}${repeat === "" ? "" : `\n${visible(repeat)}`}`;
  return `::${level} ${list.join(",")}::${escapeData(message)}`;
}

/** The percent sign first: the others put some in. */
const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
