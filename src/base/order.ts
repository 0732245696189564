const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * Natural order by code units: runs of digits compare as numbers (DUO2 before DUO10), everything else as it is.
 * A total order: equal only for equal strings. No locale takes part.
 */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const ca = a.charCodeAt(i);
    const cb = b.charCodeAt(j);
    if (isDigit(ca) && isDigit(cb)) {
      let endA = i;
      let endB = j;
      while (endA < a.length && isDigit(a.charCodeAt(endA))) endA++;
      while (endB < b.length && isDigit(b.charCodeAt(endB))) endB++;
      const numberA = a.slice(i, endA).replace(/^0+(?=\d)/, "");
      const numberB = b.slice(j, endB).replace(/^0+(?=\d)/, "");
      if (numberA.length !== numberB.length) return numberA.length - numberB.length;
      if (numberA !== numberB) return numberA < numberB ? -1 : 1;
      i = endA;
      j = endB;
    } else if (ca !== cb) {
      return ca - cb;
    } else {
      i++;
      j++;
    }
  }
  const rest = a.length - i - (b.length - j);
  if (rest !== 0) return rest;
  return a < b ? -1 : a > b ? 1 : 0; // 01 and 1 compare equal above
}

/** A sorted copy in canonical order. */
export const sortedNames = (names: Iterable<string>): string[] => [...names].sort(compareNatural);
