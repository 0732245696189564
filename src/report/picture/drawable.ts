/**
 * The font that comes along has Latin, Greek, Cyrillic and Hebrew letters and no others. What it cannot draw would be
 * left blank, as if it were not there; it becomes the sign for exactly that instead.
 */
const missing =
  /[^\n\u0020-\u007e\u00a0-\u017f\p{M}\u0384-\u03ce\u0400-\u0513\u05b0-\u05ea\u1e80-\u1ef9\u2013-\u2022\u2026\u2030\u2039\u203a\u2044\u20ac\u2122\u2212\u2248\u2260\u2264\u2265\ufffd]/gu;

/** Texts of an SVG; tags stay as they are. */
export const drawable = (svg: string): string =>
  svg.replaceAll(/>[^<]+/g, (text) => text.replaceAll(missing, "\ufffd"));
