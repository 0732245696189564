/** What a manager could not understand of what it read, in its own words. */
import type { Name } from "../models/fleet/spec.js";
import type { Reading } from "../models/managers/contract.js";

/** `stored`: what is wrong with the list of guards that the configuration keeps. */
export function errorsOf(reading: Reading, stored: readonly string[] = []): { entry: Name; error: string }[] {
  const errors = stored.map((error) => ({ entry: "(own entry)", error }));
  if (reading.own.is === "unknown") errors.push({ entry: "(own entry)", error: reading.own.error.message });
  for (const [name, entry] of Object.entries(reading.entries)) {
    if (entry.is === "unknown" && !(reading.own.is === "unknown" && entry.error === reading.own.error)) {
      errors.push({ entry: name, error: entry.error.message });
    }
  }
  return errors;
}
