/** Where the boxes of the replay's graph stand. Layers go from left to right where they can: names are wide, and layers are few. */
import type { ElkNode } from "elkjs/lib/elk.bundled.js";
import { thousands } from "../../base/format-number.js";
import { clip, oneLine } from "../check/visible.js";
import { layered } from "../layered.js";
import type { ReplayGraph } from "./replay-data.js";

export const boxHeight = 48;
/** Left of the words is the mark. */
export const textLeft = 33;
const labelMax = 30;

/** Room for the list beside the graph. */
const tight = {
  "elk.padding": "[top=2,left=2,bottom=2,right=2]",
  "elk.layered.spacing.nodeNodeBetweenLayers": "36",
  "elk.spacing.nodeNode": "16",
};

export const nodeLabel = (label: string): string => clip(oneLine(label), labelMax);

/** Of a label in bold; wide characters (from Hangul on) count twice. */
const labelWidth = (text: string): number =>
  [...text].reduce((sum, character) => sum + characterWidth(character), 0);

function characterWidth(character: string): number {
  if (character.codePointAt(0)! > 0x10ff) return 14;
  if (/[fijlrtI.,:;'!|()-]/.test(character)) return 5.2;
  if (/[mwMW]/.test(character)) return 11.5;
  return 8;
}

/** Of the longest words that a state has, two counts of so many instances. */
const stateWidth = (instancesMax: number): number =>
  `${thousands(instancesMax)} coming back, ${thousands(instancesMax)} gone as asked`.length * 5.5;

/** Width of the page for a picture. */
const pageWidth = 1032;

/**
 * All boxes are as wide as the widest, so that layers are columns; where those do not fit the page, rows if they are
 * narrower. `instancesMax`: of one box.
 */
export async function layOutGraph({ nodes, edges }: ReplayGraph, instancesMax: number): Promise<ElkNode> {
  const labels = nodes.map(({ label, services }) => labelWidth(`${nodeLabel(label)}${servicesOf(services)}`));
  const width = Math.round(textLeft + 10 + Math.max(stateWidth(instancesMax), ...labels));
  const boxes = nodes.map((_, n) => ({ id: String(n), width, height: boxHeight }));
  const lines = edges.map(({ from, to }) => ({ from: String(from), to: String(to) }));
  const columns = await layered("RIGHT", boxes, lines, tight);
  if (columns.width! <= pageWidth) return columns;
  const rows = await layered("DOWN", boxes, lines, tight);
  return rows.width! < columns.width! ? rows : columns;
}

export const servicesOf = (services: number): string =>
  services > 1 ? `: ${thousands(services)} services` : "";
