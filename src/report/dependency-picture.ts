/** The services and what they need: those that were removed, those that were merely hurt, and the rest. */
import type { ElkNode } from "elkjs/lib/elk.bundled.js";
import type { NeedEdge, ServiceNode, ServiceState, VariantView } from "../trace/variant-view.js";
import { edgePath, layered, round } from "./layered.js";
import type { Chart } from "./model.js";

const look: Readonly<Record<ServiceState, { fill: string; stroke: string; dash: string; word: string }>> = {
  removed: { fill: "var(--bad-soft)", stroke: "var(--bad)", dash: "", word: "removed, nobody asked" },
  asked: { fill: "var(--panel)", stroke: "var(--c1)", dash: "", word: "removed as asked" },
  hurt: { fill: "var(--warn-soft)", stroke: "var(--warn)", dash: "5 3", word: "down through its needs" },
  degraded: { fill: "var(--warn-soft)", stroke: "var(--warn)", dash: "2 3", word: "up with errors" },
  fine: { fill: "var(--paper)", stroke: "var(--line)", dash: "", word: "not touched" },
};

const servicesMax = 60;
const height = 44;
const widthOf = (text: string): number => Math.max(110, Math.round(text.length * 7.4) + 24);
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Null where the picture would be too large to read; the touched services and their neighbours come first. */
export async function dependencyPicture(view: VariantView): Promise<Chart | null> {
  const shown = chooseServices(view);
  if (shown.length < 2) return null;
  const names = new Set(shown.map((service) => service.name));
  const needs = view.needs.filter((edge) => names.has(edge.from) && names.has(edge.to));
  const layout = await layered(
    "DOWN",
    shown.map((service) => ({ id: `n:${service.name}`, width: widthOf(service.name), height })),
    needs.map((edge) => ({ from: `n:${edge.from}`, to: `n:${edge.to}` })),
  );
  const left = view.services.length - shown.length;
  return {
    svg: drawing(layout, shown, needs),
    title: "What needs what",
    description:
      `Arrows point to what a service needs: solid where it is down without it, dotted where it is only worse. ${
        left > 0 ? `${left} services that nothing happened to are left out.` : ""
      }`.trim(),
  };
}

function chooseServices(view: VariantView): readonly ServiceNode[] {
  if (view.services.length <= servicesMax) return view.services;
  const touched = view.services.filter((service) => service.state !== "fine");
  return touched.slice(0, servicesMax);
}

function drawing(layout: ElkNode, services: readonly ServiceNode[], needs: readonly NeedEdge[]): string {
  const legendTop = round(layout.height ?? 0) + 26;
  const width = Math.max(round(layout.width ?? 0), 760);
  const parts: string[] = [];
  for (const [k, edge] of (layout.edges ?? []).entries()) {
    const path = edgePath(edge);
    if (path === null) continue;
    const dash = needs[k]!.kind === "hard" ? "" : ' stroke-dasharray="3 4"';
    parts.push(
      `<path d="${path}" fill="none" stroke="var(--soft)" stroke-width="1.2"${dash} marker-end="url(#dependency-arrow)"/>`,
    );
  }
  const byId = new Map(services.map((service) => [`n:${service.name}`, service]));
  for (const node of layout.children ?? []) {
    const service = byId.get(node.id)!;
    const { fill, stroke, dash } = look[service.state];
    const x = round(node.x ?? 0);
    const y = round(node.y ?? 0);
    const w = round(node.width ?? 0);
    const detail =
      service.places > 0 ? `${service.places} × ${service.state}` : (service.manager ?? "people");
    parts.push(
      `<rect x="${x}" y="${y}" width="${w}" height="${height}" rx="6" fill="${fill}" stroke="${stroke}" stroke-width="1.6"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`,
      `<text x="${x + w / 2}" y="${y + 19}" text-anchor="middle" font-size="13" font-weight="600" fill="var(--ink)">${escaped(service.name)}</text>`,
      `<text x="${x + w / 2}" y="${y + 35}" text-anchor="middle" font-size="11" fill="var(--soft)">${escaped(detail)}</text>`,
    );
  }
  let x = 0;
  for (const state of Object.keys(look) as ServiceState[]) {
    if (!services.some((service) => service.state === state)) continue;
    const { fill, stroke, dash, word } = look[state];
    parts.push(
      `<rect x="${x + 1}" y="${legendTop}" width="16" height="12" rx="3" fill="${fill}" stroke="${stroke}" stroke-width="1.4"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`,
      `<text x="${x + 23}" y="${legendTop + 10}" font-size="12" fill="var(--ink)">${word}</text>`,
    );
    x += 40 + word.length * 7;
  }
  const arrow =
    '<defs><marker id="dependency-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="var(--soft)"/></marker></defs>';
  return `<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false" viewBox="-2 -2 ${width + 4} ${legendTop + 20}" width="${width + 4}" height="${legendTop + 20}" font-family="system-ui, sans-serif">${arrow}${parts.join("")}</svg>`;
}
