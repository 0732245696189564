/** FNV-1a, 32 bits, as eight hex digits: a short fingerprint of a text for comparison, not for security. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** A hash of a text in 53 bits: a million different texts share one with a probability below 1e-4. Two halves, mixed. */
export function wideHash(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}

/** A name of a text in 106 bits: for a million different texts the chance that any two share one is below 1e-19. */
export const longHash = (text: string): string => longHashOf(text).join(" ");

/** The same as two numbers of 53 bits. */
export const longHashOf = (text: string): readonly [number, number] => [
  wideHash(text),
  wideHash(`${text.length} ${text}`),
];
