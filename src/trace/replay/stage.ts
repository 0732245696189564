/**
 * What a replay shows of a fleet: nodes of the graph and cells of the grid. A fleet that is too large to be read is
 * aggregated here, and `aggregated` says how.
 */
import type { CompiledFleet } from "../../models/fleet/compile-fleet.js";
import { namedBy } from "../../models/fleet/hard-closure.js";
import type { Name } from "../../models/fleet/spec.js";
import type { TraceHeader } from "../trace.js";

/** More boxes than these are no picture, more columns or rows than these no table. */
const nodesMax = 60;
const columnsMax = 100;
const rowsMax = 40;

export interface ReplayNode {
  /** Name of the service, or what the services of the node have in common. */
  readonly label: string;
  readonly title: string;
  readonly manager: boolean;
  /** Services that it stands for. */
  readonly services: number;
}

export interface ReplayEdge {
  readonly from: number;
  readonly to: number;
  readonly hard: boolean;
}

/** A region, or a group of regions where there are too many. */
export interface ReplayColumn {
  readonly label: string;
  readonly group: Name;
  readonly regions: number;
}

export interface ReplayStage {
  readonly nodes: readonly ReplayNode[];
  readonly edges: readonly ReplayEdge[];
  readonly columns: readonly ReplayColumn[];
  /** Titles of the capabilities. */
  readonly rows: readonly string[];
  readonly regions: number;
  readonly capabilities: number;
  /** In words, a sentence each; empty where everything is shown one by one. */
  readonly aggregated: readonly string[];
}

/** A stage, and where the services, regions and capabilities of the compiled fleet are on it (-1: not shown). */
export interface Staged {
  readonly stage: ReplayStage;
  readonly nodeOf: Int32Array;
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
}

/** `hurt`: indices of the capabilities that were ever down or impaired; they are shown first. */
export function stageOf(fleet: CompiledFleet, header: TraceHeader, hurt: ReadonlySet<number>): Staged {
  const graph = nodesOf(fleet, header);
  const grid = columnsOf(fleet);
  const { rowOf, rows, left } = rowsOf(fleet, hurt);
  const aggregated = [
    ...(graph.nodes.length < fleet.services.length
      ? [
          `The ${fleet.services.length} services are drawn as ${graph.nodes.length} boxes, ${graph.by}; each says how many of its instances are in which state.`,
        ]
      : []),
    ...(grid.columns.length < fleet.regionNames.length
      ? [
          `The ${fleet.regionNames.length} regions are shown by region group: a number in a cell counts the regions of the group where the capability does not work as it should.`,
        ]
      : []),
    ...(left > 0
      ? [`${left} of ${fleet.spec.capabilities.length} capabilities are left out; what was hurt comes first.`]
      : []),
  ];
  const stage = {
    nodes: graph.nodes,
    edges: edgesOf(fleet, graph.nodeOf),
    columns: grid.columns,
    rows,
    regions: fleet.regionNames.length,
    capabilities: fleet.spec.capabilities.length,
    aggregated,
  };
  return { stage, nodeOf: graph.nodeOf, columnOf: grid.columnOf, rowOf };
}

/** Ways to put services together, the finest first. */
const groupings = [
  {
    by: "one for each layer and manager",
    label: (layer: number, manager: string) => `layer ${layer}, ${manager}`,
  },
  { by: "one for each layer", label: (layer: number) => `layer ${layer}` },
  { by: "one for each manager", label: (_: number, manager: string) => manager },
  { by: "one for all that are no manager", label: () => "services" },
] as const;

function nodesOf(fleet: CompiledFleet, { spec }: TraceHeader) {
  const managers = new Set(spec.managers.flatMap(({ service }) => (service === null ? [] : [service])));
  const count = fleet.services.length;
  if (count <= nodesMax) {
    const nodes = fleet.services.map(
      ({ name, title }): ReplayNode => ({ label: name, title, manager: managers.has(name), services: 1 }),
    );
    return { nodes, nodeOf: Int32Array.from({ length: count }, (_, s) => s), by: "" };
  }
  // A manager is worth a box of its own unless there are many.
  const alone = managers.size <= 20;
  for (const { by, label } of groupings) {
    const nodeOf = new Int32Array(count);
    const keys = new Map<string, number>();
    const nodes: { label: string; title: string; manager: boolean; services: number }[] = [];
    fleet.services.forEach(({ name, title, layer, manager }, s) => {
      const own = managers.has(name);
      const kind = own ? "managers" : label(layer, manager ?? "people");
      const key = own && alone ? `= ${name}` : kind;
      let node = keys.get(key);
      if (node === undefined) {
        keys.set(key, (node = nodes.length));
        const single = own && alone;
        nodes.push({ label: single ? name : kind, title: single ? title : kind, manager: own, services: 0 });
      }
      nodes[node]!.services++;
      nodeOf[s] = node;
    });
    if (nodes.length <= nodesMax || by === groupings.at(-1)!.by) return { nodes, nodeOf, by };
  }
  throw new Error("unreachable");
}

/** Needs between nodes, each once: hard where one of them is. */
function edgesOf(fleet: CompiledFleet, nodeOf: Int32Array): readonly ReplayEdge[] {
  const edges = new Map<string, ReplayEdge>();
  fleet.services.forEach((service, s) => {
    for (const need of service.needs) {
      for (const name of namedBy(need)) {
        const [from, to] = [nodeOf[s]!, nodeOf[fleet.serviceIndex.get(name)!]!];
        if (from === to) continue;
        const key = `${from} ${to}`;
        edges.set(key, { from, to, hard: need.kind === "hard" || edges.get(key)?.hard === true });
      }
    }
  });
  return [...edges.values()];
}

/** Regions by group in the order of the file, or the groups where there are too many regions. */
function columnsOf(fleet: CompiledFleet) {
  const groups = fleet.spec.regionGroups;
  const columnOf = new Int32Array(fleet.regionNames.length);
  const columns: ReplayColumn[] = [];
  if (fleet.regionNames.length <= columnsMax) {
    for (const group of groups) {
      for (const region of group.members) {
        columnOf[fleet.regionIndex.get(region)!] = columns.length;
        columns.push({ label: region, group: group.name, regions: 1 });
      }
    }
    return { columns, columnOf };
  }
  groups.forEach((group, g) => {
    // Many groups: those beyond the limit share the last column.
    const at = Math.min(g, columnsMax - 1);
    for (const region of group.members) columnOf[fleet.regionIndex.get(region)!] = at;
    const last = columns[at];
    const more = groups.length - columnsMax + 1;
    const regions = group.members.length + (last?.regions ?? 0);
    const label = last === undefined ? group.name : `${more} groups`;
    columns[at] = { label, group: label, regions };
  });
  return { columns, columnOf };
}

function rowsOf(fleet: CompiledFleet, hurt: ReadonlySet<number>) {
  const all = fleet.spec.capabilities.map((_, c) => c);
  const order = [...all.filter((c) => hurt.has(c)), ...all.filter((c) => !hurt.has(c))];
  const shown = new Set(order.slice(0, rowsMax));
  const rowOf = new Int32Array(all.length).fill(-1);
  const rows: string[] = [];
  for (const c of all) {
    if (!shown.has(c)) continue;
    rowOf[c] = rows.length;
    rows.push(fleet.spec.capabilities[c]!.title);
  }
  return { rows, rowOf, left: all.length - rows.length };
}
