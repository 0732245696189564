/** Boxes in layers, each above or before what it needs: by ELK, the same every time. */
import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk.bundled.js";

export interface LayeredBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export const round = (value: number): number => Math.round(value * 100) / 100;

/** Positions of the boxes, in their order, and lines of the edges, in theirs; both name boxes by id. `options`: more of ELK's. */
export async function layered(
  direction: "DOWN" | "RIGHT",
  boxes: readonly LayeredBox[],
  edges: readonly { readonly from: string; readonly to: string }[],
  options: Readonly<Record<string, string>> = {},
): Promise<ElkNode> {
  // Loaded with the first picture, since it is large.
  const { default: elkModule } = await import("elkjs/lib/elk.bundled.js");
  const elk = new elkModule.default();
  return elk.layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": direction,
      "elk.randomSeed": "1",
      "elk.layered.spacing.nodeNodeBetweenLayers": "46",
      "elk.spacing.nodeNode": "22",
      "elk.edgeRouting": "POLYLINE",
      ...options,
    },
    children: boxes.map((box) => ({ ...box })),
    edges: edges.map(({ from, to }, k) => ({ id: `e:${k}`, sources: [from], targets: [to] })),
  });
}

/** The line of an edge as an SVG path; null where it has none. */
export function edgePath({ sections }: ElkExtendedEdge): string | null {
  const section = sections?.[0];
  if (section === undefined) return null;
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  return points.map((p, n) => `${n === 0 ? "M" : "L"}${round(p.x)} ${round(p.y)}`).join("");
}
