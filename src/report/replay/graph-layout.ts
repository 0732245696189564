/** Where the boxes of the replay's graph stand. Layers go from left to right: names are wide, and layers are few. */
import type { ElkNode } from "elkjs/lib/elk.bundled.js";
import { clip, oneLine } from "../check/visible.js";
import { layered } from "../layered.js";
import type { ReplayGraph } from "./replay-data.js";

export const boxHeight = 48;
/** Room for `24 coming back, 57 removed` beside the mark. */
const widthMin = 196;
const labelMax = 30;

export const nodeLabel = (label: string): string => clip(oneLine(label), labelMax);

/** Wide characters (from Hangul on) count twice. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.codePointAt(0)! > 0x10ff ? 14 : 7.4), 44);

export const layOutGraph = ({ nodes, edges }: ReplayGraph): Promise<ElkNode> =>
  layered(
    "RIGHT",
    nodes.map(({ label }, n) => ({
      id: String(n),
      width: Math.max(widthMin, Math.round(widthOf(nodeLabel(label)))),
      height: boxHeight,
    })),
    edges.map(({ from, to }) => ({ from: String(from), to: String(to) })),
  );
