/** Templates of Go, Helm or Jinja: text that makes YAML and is none. */

export const templateMessage = "a template, not YAML: what it makes is unknown";

/** The offset of the first template action outside quotes and comments; null: there is none. */
export function templateLine(text: string): number | null {
  const found = /^[^#\n"']*(\{\{|\{%)/m.exec(text);
  return found === null ? null : found.index + found[0].length - 2;
}
