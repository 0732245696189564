/**
 * Links to a moment: `#t=1h23m45s&variant=legacy`, the time after the start as scenarios write durations (whole
 * milliseconds as a bare number are read as well). Other parts of the address after `#` stay as they are.
 */
import { formatDuration, parseDuration } from "../../base/duration.js";

export interface Moment {
  readonly atMs?: number;
  readonly variant?: string;
}

export function readLink(hash: string): Moment {
  const parts = partsOf(hash);
  const t = parts.get("t");
  const variant = parts.get("variant");
  const atMs = t === null ? undefined : /^\d+$/.test(t) ? Number(t) : parseDuration(t);
  return { ...(atMs === undefined ? {} : { atMs }), ...(variant === null ? {} : { variant }) };
}

export function linkTo(hash: string, atMs: number, variant: string): string {
  const parts = partsOf(hash);
  parts.set("t", formatDuration(atMs));
  parts.set("variant", variant);
  return `#${parts}`;
}

/** A link to a heading has no parts. */
const partsOf = (hash: string): URLSearchParams =>
  new URLSearchParams(hash.includes("=") ? hash.replace(/^#/, "") : "");
