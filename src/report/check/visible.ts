/**
 * Texts of users on their way to a person. A name may hold a terminal's escape sequences, a line that reads backwards or
 * a space without width; what cannot be seen is written out as \u1234, so that two texts that differ also look different.
 * Markup is not dealt with here: each output escapes its own.
 */

/** Controls but for tab and line feed, line separators, bidirectional and invisible characters, no characters at all. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

export const visible = (text: string): string => text.replaceAll("\r\n", "\n").replace(unseen, escaped);

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/** Every text of a value; keys are ours. */
export function visibleIn<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (Array.isArray(value)) return value.map((item) => visibleIn(item)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visibleIn(item)])) as T;
}

/** For where a line break would end more than a line. */
export const oneLine = (text: string): string =>
  visible(text)
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();

/** A line of a document as it is: a break in it is shown, the indentation stays. */
export const documentLine = (text: string): string => visible(text).replaceAll("\n", "\\n");

/** At most so many characters. */
export function clip(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const characters = [...text];
  return characters.length <= lengthMax ? text : `${characters.slice(0, lengthMax - 1).join("")}…`;
}
