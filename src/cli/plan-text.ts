/** A recovery plan as a terminal shows it: figures, the order as a Gantt chart, what nobody can shorten, luck, black start. */
import { formatClock } from "../base/clock-time.js";
import { table, wrap } from "../base/text-table.js";
import type { PlanFile, PlanOrder } from "../estimate/planning/plan-result.js";
import type { Console } from "./console.js";
import { gantt, hours } from "./plan-gantt.js";

type Paint = Console["paint"];

const cellsMax = 110;
/** Seconds where there is no minute. */
const shortly = (ms: number): string => (ms > 0 && ms < 60_000 ? `${Math.round(ms / 1000)}s` : hours(ms));
const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const counted = (count: number, what: string): string => `${whole(count)} ${what}${count === 1 ? "" : "s"}`;

export function planText(plan: PlanFile, startUtcMs: number, paint: Paint): string {
  const title = paint("bold", `${plan.scenario.title} · ${plan.variant}`);
  const parts = [title];
  if (plan.verdict === "nothing-to-recover") parts.push(`Nothing to bring back: ${plan.because}.`);
  else if (plan.verdict === "no-verdict") parts.push(paint("yellow", `No plan: ${plan.because}.`));
  else {
    const { atMs, began, instances, services, groups } = plan.lost;
    const where = groups === 0 ? "" : ` in ${counted(groups, "region group")}`;
    const from = began
      ? `People begin at ${formatClock(atMs, startUtcMs)}, which is +0 here.`
      : "Nobody was called in this run; +0 is whenever somebody begins.";
    parts.push(`Lost: ${counted(instances, "instance")} of ${counted(services, "service")}${where}. ${from}`);
  }
  if (plan.verdict === "no-order-exists")
    parts.push(paint("red", wrap(`No order brings everything back: ${plan.because}.`, cellsMax).join("\n")));
  if (plan.verdict === "planned") parts.push(...planned(plan, paint));
  parts.push(blackStartText(plan, paint));
  return parts.join("\n\n");
}

function planned(plan: PlanFile, paint: Paint): readonly string[] {
  const { orders, criticalPath, bounds } = plan;
  const parts: string[] = [];
  const resources = Object.entries(plan.resources).map(([name, units]) => `${name} ${units}`);
  const shown = resources.length > 8 ? [...resources.slice(0, 7), `${resources.length - 7} more`] : resources;
  parts.push(
    `${shown.length === 0 ? "Nothing is short" : `There are: ${shown.join(", ")}`}. One job is a service in one ${plan.batch === "group" ? "region group" : "region"}.`,
  );
  for (const order of orders) {
    parts.push(
      `${paint("bold", headline(orders, order))}\n${gantt(order.typical.schedule, criticalPath, paint)}\n\n${listText(order)}`,
    );
    if ((order.collapses ?? []).length > 0) parts.push(paint("red", collapseText(order)));
  }
  parts.push(comparison(plan, paint));
  if (bounds !== null) parts.push(boundsText(plan, paint));
  return parts;
}

function headline(orders: readonly PlanOrder[], { objectives }: PlanOrder): string {
  if (objectives.length === 2) return "The order (both fastest and least harmful)";
  const name = objectives[0] === "makespan" ? "The fastest order" : "The least harmful order";
  return orders.length === 2 && objectives[0] === "harm" ? `${name}, which is another one` : name;
}

const nameOf = (objectives: PlanOrder["objectives"]): string =>
  objectives.length === 2
    ? "planned order"
    : objectives[0] === "makespan"
      ? "fastest order"
      : "least harmful order";

const listLinesMax = 14;

/** The order itself, which is what people follow when times come out differently. Neighbours of one service together. */
function listText({ jobs, typical }: PlanOrder): string {
  const byId = new Map(typical.schedule.map((entry) => [entry.id, entry]));
  const steps: { service: string; places: string[] }[] = [];
  for (const id of jobs) {
    const { service, place } = byId.get(id)!;
    const last = steps[steps.length - 1];
    if (last !== undefined && last.service === service) last.places.push(place!);
    else steps.push({ service: service!, places: [place!] });
  }
  const text = steps
    .map(({ service, places }) => (places[0] === "global" ? service : `${service} in ${places.join(", ")}`))
    .join("; ");
  const lines = wrap(`Who is free takes the first of these that can be started: ${text}.`, cellsMax);
  if (lines.length <= listLinesMax) return lines.join("\n");
  return `Who is free takes the first that can be started of ${jobs.length} jobs; --json has them in order.`;
}

/** Where the order brings down again what it brings back. */
function collapseText({ collapses = [], calmMs = null, crewsThatHold }: PlanOrder): string {
  const each = collapses.map(
    ({ service, places, atMs, offered, capacity }) =>
      `${service}${places > 1 ? ` (${places} places)` : ""} at +${shortly(atMs)}, ${whole(offered)} requests a second for ${whole(capacity)}`,
  );
  const hold =
    crewsThatHold === undefined || crewsThatHold === null
      ? "Turn load away, or let users back in by parts."
      : `Turn load away, or start less at a time: ${counted(crewsThatHold.crews, "crew")} in people's own order need ${shortly(crewsThatHold.makespanMs)} and bear it.`;
  const until =
    calmMs === null
      ? "It stays so for more than an hour after people turn load away."
      : `So this order takes until +${shortly(calmMs)}, when people have turned load away or it is over by itself.`;
  return wrap(`It collapses under those who come back: ${each.join("; ")}. ${until} ${hold}`, cellsMax).join(
    "\n",
  );
}

/** Planned orders and people's own, with the typical durations and under luck. */
function comparison(plan: PlanFile, paint: Paint): string {
  const { people, orders, replications } = plan;
  if (people === null) return "";
  const header = [
    "",
    "typical",
    "half within",
    "9 of 10 within",
    "logins that fail: typical",
    "half within",
    "9 of 10 within",
  ];
  const row = (name: string, makespanMs: number, logins: number, spread: PlanOrder["spread"]): string[] => [
    name,
    shortly(makespanMs),
    shortly(spread.makespanMs.p50),
    shortly(spread.makespanMs.p90),
    whole(logins),
    whole(spread.unservedLogins.p50),
    whole(spread.unservedLogins.p90),
  ];
  const rows = [
    ...orders.map((order) =>
      row(nameOf(order.objectives), order.typical.makespanMs, order.typical.unservedLogins, order.spread),
    ),
    row("people's own order", people.makespanMs, people.unservedLogins, people.spread),
  ];
  const lines = orders.map((order) => {
    const { makespanMs, unservedLogins, shorter, lessHarm } = order.versusPeople;
    const time =
      Math.abs(makespanMs) < 30_000
        ? "as long"
        : `${shortly(Math.abs(makespanMs))} ${makespanMs < 0 ? "shorter" : "longer"}`;
    const logins = `${whole(Math.abs(unservedLogins))} ${unservedLogins <= 0 ? "fewer" : "more"} failed logins`;
    if (makespanMs === 0 && unservedLogins === 0) return "People's own order is as good.";
    return `Against people's own order, the ${nameOf(order.objectives)} is on average ${time} (shorter in ${percent(shorter)} of ${replications} replications) with ${logins} (fewer in ${percent(lessHarm)}).`;
  });
  return [
    paint("bold", "How good, and how sure"),
    table([header.map((name) => paint("bold", name)), ...rows], [1, 2, 3, 4, 5, 6]),
    ...lines.flatMap((line) => wrap(line, cellsMax)),
  ].join("\n");
}

function boundsText(plan: PlanFile, paint: Paint): string {
  const { bounds, orders, criticalPath, schedules } = plan;
  const lines = [
    `No order can be done before ${shortly(bounds!.makespanMs)} (critical path ${shortly(bounds!.criticalPathMs)}, busiest resource ${shortly(bounds!.resourceMs)}, head and tail ${shortly(bounds!.headTailMs)}), or cost fewer than ${whole(bounds!.unservedLogins)} logins, with the typical durations.`,
    ...orders.map(({ objectives, typical }) => {
      const gaps = objectives.map((objective) =>
        objective === "makespan"
          ? `${percent(typical.makespanGap)} in time`
          : `${percent(typical.harmGap)} in logins`,
      );
      return `With them, the ${nameOf(objectives)} is above the bound by ${gaps.join(" and ")}.`;
    }),
    `Critical path, which more crews do not shorten: ${criticalPath.join(" > ")}.`,
    `${counted(schedules, "schedule")} tried${plan.stoppedBy === "wall" ? "; stopped by the wall limit of the scenario" : ""}.`,
  ];
  return [paint("bold", "What no order can beat"), ...lines.flatMap((line) => wrap(line, cellsMax))].join(
    "\n",
  );
}

function blackStartText({ blackStart }: PlanFile, paint: Paint): string {
  const { needed, smallest, declared, missing, needLoops, startLoop } = blackStart;
  const lines: string[] = [];
  if (needed === null) {
    for (const loop of needLoops)
      lines.push(
        paint(
          "red",
          `Impossible: ${[...loop, loop[0]!].join(" needs ")}. Nobody can start one of them first.`,
        ),
      );
  } else if (needed.length === 0) {
    lines.push(
      "Nothing has to be startable by hand: whoever starts a service needs nothing of what it starts.",
    );
  } else {
    lines.push(
      `Startable by hand must be at least ${counted(needed.length, "service")}${smallest ? "" : " (or fewer: the search was given up)"}: ${needed.join(", ")}.`,
    );
    if (startLoop.length > 0) {
      const loop =
        startLoop.length === 1
          ? `${startLoop[0]} is started by a manager that needs ${startLoop[0]}`
          : [...startLoop, startLoop[0]!].join(" waits for ");
      lines.push(`Why: ${loop}.`);
    }
    if (missing.length === 0)
      lines.push(`The scenario has what it takes: people can start ${declared.join(", ")}.`);
    else
      lines.push(
        paint(
          "red",
          `Missing: ${missing.join(", ")}${declared.length === 0 ? "; people can start nothing" : `; people can start only ${declared.join(", ")}`}.`,
        ),
      );
  }
  return [
    paint("bold", "Black start, when everything is down at once"),
    ...lines.flatMap((line) => wrap(line, cellsMax)),
  ].join("\n");
}
