/**
 * Colours as people see them who lack one kind of cone, and how far two of them are apart then.
 * Machado, Oliveira and Fernandes 2009 (severity 1); CIE 1976 L*a*b*, D65.
 */

export const visions = ["all cones", "protanopia", "deuteranopia", "tritanopia"] as const;
export type Vision = (typeof visions)[number];

type Triple = readonly [number, number, number];

const matrices: Readonly<Record<Vision, readonly Triple[]>> = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear light of `#rrggbb`, 0 to 1 each. */
function linear(colour: string): Triple {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

const dot = (row: Triple, [r, g, b]: Triple): number => row[0] * r + row[1] * g + row[2] * b;

function labOf(colour: Triple): Triple {
  const xyz: readonly Triple[] = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ];
  const white = [0.95047, 1, 1.08883];
  const [x, y, z] = xyz.map((row, k) => {
    const share = dot(row, colour) / white[k]!;
    return share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
  });
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

function seenAs(colour: string, vision: Vision): Triple {
  const light = linear(colour);
  const [r, g, b] = matrices[vision].map((row) => Math.min(1, Math.max(0, dot(row, light))));
  return labOf([r!, g!, b!]);
}

/** CIE 1976 difference; below 2.3 nobody sees one. */
export function difference(a: string, b: string, vision: Vision): number {
  const [p, q] = [seenAs(a, vision), seenAs(b, vision)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** Ratio of WCAG 2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => dot([0.2126, 0.7152, 0.0722], linear(colour));
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright! + 0.05) / (dark! + 0.05);
}
