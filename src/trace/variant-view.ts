/** One variant as the report shows it: plain data, nothing left to look up. */
import { compileFleet } from "../models/fleet/compile-fleet.js";
import { namedBy } from "../models/fleet/hard-closure.js";
import type { Name, NeedSpec } from "../models/fleet/spec.js";
import { availabilityOf, type RegionAvailability } from "./availability.js";
import { workingCurve } from "./bands.js";
import type { Curve } from "./measures.js";
import { replayOf, type VariantReplay } from "./replay/replay.js";
import type { VariantResult } from "./result.js";
import { type Sentence, storyOf, whyOf } from "./story.js";
import type { Trace } from "./trace.js";

export type ServiceState = "removed" | "asked" | "hurt" | "degraded" | "fine";

export interface ServiceNode {
  readonly name: Name;
  readonly title: string;
  readonly manager: Name | null;
  readonly layer: number;
  readonly state: ServiceState;
  /** Places where the state was met. */
  readonly places: number;
}

export interface NeedEdge {
  readonly from: Name;
  readonly to: Name;
  readonly kind: NeedSpec["kind"];
}

export interface WorkSpan {
  readonly service: Name;
  readonly group: Name;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface VariantView {
  readonly result: VariantResult;
  readonly managers: readonly {
    readonly name: Name;
    readonly model: string;
    readonly guards: readonly string[];
  }[];
  readonly instances: number;
  readonly regions: number;
  readonly capabilities: readonly { readonly name: Name; readonly title: string; readonly share: number }[];
  readonly story: readonly Sentence[];
  readonly why: readonly Sentence[];
  readonly phases: readonly { readonly atMs: number; readonly phase: string; readonly text: string }[];
  readonly work: readonly WorkSpan[];
  readonly availability: readonly RegionAvailability[];
  /** Regions that work, and regions of which the public knows it, by capability in the order of the file; empty: never hurt. */
  readonly working: readonly { readonly restored: Curve; readonly published: Curve }[];
  readonly services: readonly ServiceNode[];
  readonly needs: readonly NeedEdge[];
  readonly horizonMs: number;
  readonly replay: VariantReplay;
}

export function viewOf(trace: Trace, result: VariantResult): VariantView {
  const { spec, managers } = trace.header;
  const fleet = compileFleet(spec.fleet);
  const story = storyOf(trace, result);
  return {
    result,
    managers: managers.map(({ name, model, guards }) => ({ name, model, guards })),
    instances: fleet.instanceCount,
    regions: fleet.regionNames.length,
    capabilities: spec.fleet.capabilities.map(({ name, title, share }) => ({ name, title, share })),
    story,
    why: whyOf(trace),
    phases: trace.events.flatMap((event) =>
      event.e === "phase" ? [{ atMs: event.t, phase: event.phase, text: event.text }] : [],
    ),
    work: workSpans(trace),
    availability: availabilityOf(trace),
    working: result.outage.capabilities.map(({ regionsDegraded, firstDownAtMs }, c) => {
      const from = regionsDegraded === 0 ? null : (firstDownAtMs ?? result.outage.startedAtMs);
      const { restored, published } = result.recovery.byCapability[c]!;
      const curve = (back: Curve) => workingCurve(back, from, regionsDegraded, fleet.regionNames.length);
      return { restored: curve(restored), published: curve(published) };
    }),
    services: serviceNodes(trace, result),
    needs: spec.fleet.services.flatMap((service) =>
      service.needs.flatMap((need) =>
        namedBy(need).map((to): NeedEdge => ({ from: service.name, to, kind: need.kind })),
      ),
    ),
    horizonMs: spec.horizonMs,
    replay: replayOf(trace, result, story),
  };
}

function workSpans(trace: Trace): readonly WorkSpan[] {
  const open = new Map<string, { service: Name; group: Name; fromMs: number }>();
  const spans: WorkSpan[] = [];
  for (const event of trace.events) {
    if (event.e !== "work") continue;
    const key = `${event.service} ${event.group} ${event.places[0] ?? ""}`;
    const { service, group, t: atMs } = event;
    if (event.state === "start") {
      open.set(key, { service, group, fromMs: atMs });
      continue;
    }
    spans.push({ service, group, fromMs: open.get(key)?.fromMs ?? atMs, toMs: atMs });
    open.delete(key);
  }
  // What was still being worked on when the run ended.
  const endMs = trace.events.at(-1)?.t ?? 0;
  for (const span of open.values()) spans.push({ ...span, toMs: endMs });
  return spans;
}

function serviceNodes(trace: Trace, result: VariantResult): readonly ServiceNode[] {
  const ticketed = new Set(trace.header.tickets.flatMap((ticket) => ticket.removes));
  const removed = placesByService(trace, (event) => event.e === "removed" || event.e === "stopped");
  const fell = placesByService(trace, (event) => event.e === "down" && event.reason === "dependency");
  const degraded = new Set(
    trace.header.spec.fleet.capabilities
      .filter((item) =>
        result.outage.capabilities.some((of) => of.name === item.name && of.regionsDegraded > 0),
      )
      .flatMap((item) => [item.service, ...item.alsoServices]),
  );
  return trace.header.spec.fleet.services.map((service): ServiceNode => {
    const { name, title, manager, layer } = service;
    const node = { name, title, manager, layer };
    const gone = removed.get(name)?.size ?? 0;
    if (gone > 0) return { ...node, state: ticketed.has(name) ? "asked" : "removed", places: gone };
    const hurt = fell.get(name)?.size ?? 0;
    if (hurt > 0) return { ...node, state: "hurt", places: hurt };
    return { ...node, state: degraded.has(name) ? "degraded" : "fine", places: 0 };
  });
}

function placesByService(
  trace: Trace,
  counts: (event: Trace["events"][number]) => boolean,
): ReadonlyMap<Name, ReadonlySet<Name>> {
  const places = new Map<Name, Set<Name>>();
  for (const event of trace.events) {
    if (!("place" in event) || !counts(event)) continue;
    const of = places.get(event.service) ?? new Set();
    of.add(event.place);
    places.set(event.service, of);
  }
  return places;
}
