/** The graph of a replay: boxes whose outline, mark and words say their state; the script changes those and nothing else. */

import type { VariantReplay } from "../../trace/replay/replay.js";
import { clip, oneLine } from "../check/visible.js";
import { edgePath, round } from "../layered.js";
import { boxHeight, nodeLabel, servicesOf, textLeft } from "./graph-layout.js";
import type { ReplayParts } from "./replay-data.js";

type Still = VariantReplay["still"]["nodes"][number];

export function GraphPicture({
  part: { graph, layout },
  index,
  still,
}: {
  part: ReplayParts["graphs"][number];
  index: number;
  /** States to begin with; null for a graph that is hidden at first. */
  still: readonly Still[] | null;
}) {
  // Room for what sits on the border of a box.
  const width = Math.ceil(layout.width ?? 0) + 4;
  const height = Math.ceil(layout.height ?? 0) + 4;
  return (
    <svg
      class="rp-graph"
      hidden={still === null}
      data-graph={index}
      viewBox={`-2 -2 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      {(layout.edges ?? []).map((edge, k) => {
        const path = edgePath(edge);
        return path === null ? null : (
          <path key={edge.id} d={path} class={graph.edges[k]!.hard ? "rp-edge" : "rp-edge soft-need"} />
        );
      })}
      {(layout.children ?? []).map((box, n) => (
        <Box
          key={box.id}
          at={{ x: round(box.x ?? 0), y: round(box.y ?? 0), width: box.width ?? 0 }}
          node={graph.nodes[n]!}
          still={still?.[n] ?? { state: "healthy", text: "", serving: 1 }}
        />
      ))}
    </svg>
  );
}

function Box({
  at: { x, y, width },
  node,
  still,
}: {
  at: { readonly x: number; readonly y: number; readonly width: number };
  node: ReplayParts["graphs"][number]["graph"]["nodes"][number];
  still: Still;
}) {
  const label = nodeLabel(node.label);
  const barWidth = width - textLeft - 12;
  return (
    <g
      class={node.manager ? "rp-node manager" : "rp-node"}
      data-s={still.state}
      transform={`translate(${x} ${y})`}
    >
      <title>{clip(oneLine(node.title), 200)}</title>
      {node.manager ? (
        <>
          <path class="box" d={hexagon(width, 0)} />
          <path class="inner" d={hexagon(width, 3.5)} />
        </>
      ) : (
        <rect class="box" width={width} height={boxHeight} rx={7} />
      )}
      <use href={`#rp-${still.state}`} x={10} y={9} width={16} height={16} />
      <text class="label" x={textLeft} y={20}>
        {label}
        {servicesOf(node.services)}
      </text>
      <text class="state" x={textLeft} y={35}>
        {still.text}
      </text>
      <path class="all" d={`M${textLeft} ${boxHeight - 7.5}h${barWidth}`} />
      <path
        class="serving"
        d={`M${textLeft} ${boxHeight - 7.5}h${round(barWidth * still.serving)}`}
        data-width={barWidth}
      />
    </g>
  );
}

/** A manager's box has corners cut off, and a second line within. */
const hexagon = (width: number, inset: number): string => {
  const [left, right, top, bottom] = [inset, width - inset, inset, boxHeight - inset];
  const middle = boxHeight / 2;
  return `M${left} ${middle}L${left + 9} ${top}H${right - 9}L${right} ${middle}L${right - 9} ${bottom}H${left + 9}Z`;
};

/** Marks of the states, 16 by 16, in the colour of what they stand in. */
export function Marks() {
  return (
    <svg class="rp-marks" width="0" height="0" aria-hidden="true" focusable="false">
      <symbol id="rp-healthy" viewBox="0 0 16 16">
        <path d="M3 8.5l3.5 3.5L13 4.5" fill="none" stroke="currentColor" stroke-width="2.2" />
      </symbol>
      <symbol id="rp-removed" viewBox="0 0 16 16">
        <rect width="16" height="16" rx="2" fill="currentColor" />
        <path d="M4.5 4.5l7 7m0-7l-7 7" stroke="var(--paper)" stroke-width="2.2" />
      </symbol>
      <symbol id="rp-hurt" viewBox="0 0 16 16">
        <path d="M.5 2h15L8 15z" fill="currentColor" />
      </symbol>
      <symbol id="rp-recovering" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.8" />
        <path d="M8 12V4.5M4.8 7.5L8 4.3l3.2 3.2" fill="none" stroke="currentColor" stroke-width="1.8" />
      </symbol>
      <symbol id="rp-degraded" viewBox="0 0 16 16">
        <path d="M8 .8L15.2 8 8 15.2.8 8z" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M8 .8V15.2L.8 8z" fill="currentColor" />
      </symbol>
      <symbol id="rp-asked" viewBox="0 0 16 16">
        <circle
          cx="8"
          cy="8"
          r="7"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-dasharray="3 2"
        />
        <path d="M4.5 8h7" stroke="currentColor" stroke-width="2" />
      </symbol>
    </svg>
  );
}
