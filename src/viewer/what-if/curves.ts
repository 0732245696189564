/** One small picture a capability: in how many regions it works over time, before (dotted) and after the change (solid). */
import { formatClock, formatHoursMinutes, formatTimeOfDay } from "../../base/clock-time.js";
import type { Curve } from "../../trace/measures.js";
import { html, svg } from "./dom.js";
import type { Simulated } from "./protocol.js";

const width = 300;
const height = 104;
const left = 30;
const right = 8;
const top = 8;
const bottom = 20;
const hourMs = 3_600_000;

export function curvesOf(base: Simulated, whatIf: Simulated | null, startUtcMs: number): readonly Node[] {
  const { regions, capabilities } = base.state;
  const hurt = capabilities.flatMap(({ name, title }) => {
    const was = curveOf(base, name);
    const now = whatIf === null ? null : curveOf(whatIf, name);
    return was.length > 1 || (now?.length ?? 0) > 1 ? [{ title, was, now }] : [];
  });
  if (hurt.length === 0) return [html("p", {}, "Every capability works everywhere, all the time.")];
  const endMs = endOf(base, whatIf);
  const whole = capabilities.length - hurt.length;
  return [
    legend(whatIf !== null, whole),
    ...hurt.map(({ title, was, now }) =>
      html(
        "figure",
        {},
        html("figcaption", {}, title),
        picture({ was, now, regions, endMs, startUtcMs, label: describe(title, was, now, startUtcMs) }),
      ),
    ),
  ];
}

const curveOf = (of: Simulated, name: string): Curve =>
  of.curves.find(({ capability }) => capability === name)!.working;

/** Some time after everything is over in both; to the end of the run where it is not. */
function endOf(base: Simulated, whatIf: Simulated | null): number {
  const ends = [base, ...(whatIf === null ? [] : [whatIf])].map(({ result }) =>
    result.outage.startedAtMs === null ? hourMs : (result.recovery.allRestoredAtMs ?? result.endedAtMs),
  );
  return Math.max(...ends) * 1.06;
}

function legend(changed: boolean, whole: number): HTMLElement {
  const key = (kind: string): SVGElement =>
    svg(
      "svg",
      { viewBox: "0 0 34 10", class: "wi-key", "aria-hidden": "true" },
      svg("path", { d: "M2 5H32", class: kind }),
    );
  const rest = whole === 0 ? "" : ` ${whole === 1 ? "One other works" : `${whole} others work`} throughout.`;
  return html(
    "p",
    { class: "soft" },
    "Regions in which each capability works: ",
    key(changed ? "wi-was" : "wi-now"),
    changed ? "the variant, " : "the variant.",
    ...(changed ? [key("wi-now"), "what if."] : []),
    rest,
  );
}

interface Picture {
  readonly was: Curve;
  readonly now: Curve | null;
  readonly regions: number;
  readonly endMs: number;
  readonly startUtcMs: number;
  readonly label: string;
}

function picture({ was, now, regions, endMs, startUtcMs, label }: Picture): SVGElement {
  const x = (ms: number): number => round(left + (ms / endMs) * (width - left - right));
  const y = (count: number): number => round(top + (1 - count / regions) * (height - top - bottom));
  const line = (curve: Curve, kind: string): SVGElement =>
    svg("path", { class: kind, d: `${steps(curve, endMs, x, y)}H${x(endMs)}` });
  const base = y(0);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    ...[0, regions].flatMap((count) => [
      svg("path", {
        class: count === 0 ? "axis" : "grid",
        d: `M${left} ${y(count)}H${width - right}`,
      }),
      svg("text", { x: left - 5, y: y(count) + 4, "text-anchor": "end" }, String(count)),
    ]),
    ...ticks(endMs, startUtcMs).flatMap(({ atMs, text }) => [
      svg("path", { class: "axis", d: `M${x(atMs)} ${base}v4` }),
      svg("text", { x: x(atMs), y: base + 16, "text-anchor": "middle" }, text),
    ]),
    ...(now === null ? [line(was, "wi-now")] : [line(now, "wi-now"), line(was, "wi-was")]),
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

function steps(curve: Curve, endMs: number, x: (ms: number) => number, y: (count: number) => number): string {
  return curve
    .filter(([atMs]) => atMs <= endMs)
    .map(([atMs, count], k) => (k === 0 ? `M${x(atMs)} ${y(count)}` : `H${x(atMs)}V${y(count)}`))
    .join("");
}

/** At most five, at whole times of the clock; after the start where the scenario has no calendar. */
function ticks(
  endMs: number,
  startUtcMs: number,
): readonly { readonly atMs: number; readonly text: string }[] {
  const spans = [1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 96, 168].map((hours) => hours * hourMs);
  const stepMs = spans.find((span) => endMs / span <= 5) ?? Math.ceil(endMs / 5 / hourMs) * hourMs;
  const found: { atMs: number; text: string }[] = [];
  const first = startUtcMs === 0 ? 0 : (stepMs - (startUtcMs % stepMs)) % stepMs;
  // What is too near to an edge would stand over it.
  for (let atMs = first; atMs <= endMs * 0.97; atMs += stepMs) {
    const text = startUtcMs === 0 ? `+${formatHoursMinutes(atMs)}` : formatTimeOfDay(startUtcMs + atMs);
    found.push({ atMs, text: startUtcMs === 0 && atMs === 0 ? "0" : text });
  }
  return found;
}

function describe(title: string, was: Curve, now: Curve | null, startUtcMs: number): string {
  const told = (curve: Curve): string => {
    if (curve.length === 1) return "works everywhere throughout";
    const least = Math.min(...curve.map(([, regions]) => regions));
    const [lastMs, last] = curve.at(-1)!;
    const all = curve[0]![1];
    const end =
      last === all ? `all ${all} from ${formatClock(lastMs, startUtcMs)}` : `${last} of ${all} at the end`;
    return `works in ${least} regions at the least, in ${end}`;
  };
  if (now === null) return `${title}: ${told(was)}`;
  return `${title}: with the change ${told(now)}; without it ${told(was)}`;
}
