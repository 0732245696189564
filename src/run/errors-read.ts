/** What a manager could not understand of what it read, in its own words. */
import type { Name } from "../models/fleet/spec.js";
import type { Entry, Reading } from "../models/managers/contract.js";

/** The same error under two names is one. */
const isOwn = ({ own }: Reading, entry: Entry): boolean =>
  own.is === "unknown" && entry.is === "unknown" && entry.error === own.error;

export function errorCount(reading: Reading): number {
  let count = reading.own.is === "unknown" ? 1 : 0;
  for (const name in reading.entries) {
    const entry = reading.entries[name]!;
    if (entry.is === "unknown" && !isOwn(reading, entry)) count++;
  }
  return count;
}

/** `stored`: what is wrong with the list of guards that the configuration keeps. */
export function errorsOf(reading: Reading, stored: readonly string[] = []): { entry: Name; error: string }[] {
  const errors = stored.map((error) => ({ entry: "(own entry)", error }));
  if (reading.own.is === "unknown") errors.push({ entry: "(own entry)", error: reading.own.error.message });
  for (const [name, entry] of Object.entries(reading.entries)) {
    if (entry.is === "unknown" && !isOwn(reading, entry)) {
      errors.push({ entry: name, error: entry.error.message });
    }
  }
  return errors;
}
