/** Pieces of a picture as SVG text. */
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export interface TextLook {
  readonly size: number;
  /** Of the variables of the style sheet. */
  readonly colour: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "end";
}

export const textAt = (x: number, y: number, text: string, look: TextLook): string =>
  `<text x="${x}" y="${y}" font-size="${look.size}" fill="var(--${look.colour})"${
    look.bold === true ? ' font-weight="700"' : ""
  }${look.anchor === "end" ? ' text-anchor="end"' : ""}>${escaped(text)}</text>`;

export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  radius = 8,
): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="var(--${colour})"/>`;

/** A picture inside a picture: as large as the place allows, at its upper left corner, never larger than it is. */
export function placed(svg: string, x: number, y: number, width: number, height: number): string {
  const opening = /^<svg\b[^>]*>/.exec(svg)?.[0] ?? "";
  const numberOf = (name: string): number => Number(new RegExp(`\\b${name}="([\\d.]+)"`).exec(opening)?.[1]);
  const [own, tall] = [numberOf("width"), numberOf("height")];
  const scale = Math.min(1, width / own, height / tall);
  const shown = (value: number): number => Math.round(value * scale * 100) / 100;
  return `<svg x="${x}" y="${y}" width="${shown(own)}" height="${shown(tall)}" viewBox="0 0 ${own} ${tall}">${svg.slice(opening.length)}`;
}
