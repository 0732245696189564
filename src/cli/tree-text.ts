/** Bytes of a file as text, or why they are none. */
import { err, ok, type Result } from "../base/result.js";

/** As git does: a zero byte near the beginning means that it is no text. */
const binaryProbe = 8_000;
/** Refuses what is not UTF-8; a byte order mark is no part of the text. */
const decoder = new TextDecoder("utf-8", { fatal: true });

export function textOf(bytes: Uint8Array): Result<string, "binary" | "encoding"> {
  if (bytes.subarray(0, binaryProbe).includes(0)) return err("binary");
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err("encoding");
  }
}
