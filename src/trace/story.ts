/** What happened, as a few sentences in the order of time: built from the events and their causes, never from names. */
import { plural } from "../models/judging/verdicts.js";
import { causeChain, describeEvent } from "./explain.js";
import type { Measures } from "./measures.js";
import type { Trace, TraceEvent } from "./trace.js";

export interface Sentence {
  readonly atMs: number;
  /** What kind of thing it is: the report sets a mark beside it. */
  readonly kind: "change" | "error" | "decision" | "guard" | "damage" | "people" | "recovery" | "calm";
  readonly text: string;
}

type Of<E extends TraceEvent["e"]> = Extract<TraceEvent, { e: E }>;

export const listed = (names: readonly string[], max = 12): string => {
  if (names.length <= 1) return names.join("");
  if (names.length > max) return `${names.slice(0, max).join(", ")} and ${names.length - max} more`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
};

export function storyOf(trace: Trace, measures: Measures): readonly Sentence[] {
  const sentences = [
    ...changesAndErrors(trace),
    ...decisions(trace),
    ...guards(trace),
    ...damage(trace),
    ...falls(trace),
    ...collapses(trace),
    ...capabilities(trace, measures),
    ...people(trace, measures),
  ];
  if (measures.outage.startedAtMs === null) {
    const text =
      measures.removed.instances === 0
        ? "Nothing was removed, and no capability was impaired."
        : `${plural(measures.removed.instances, "instance")} of ${listed(measures.removed.services)} went, as asked or not; no capability was impaired.`;
    sentences.push({ atMs: trace.events.at(-1)?.t ?? 0, kind: "calm", text });
  }
  return sentences
    .map((sentence, k) => ({ sentence, k }))
    .sort((a, b) => a.sentence.atMs - b.sentence.atMs || a.k - b.k)
    .map(({ sentence }) => sentence);
}

/** For our own words; names keep the spelling that the scenario gives them. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who agreed to what the change declares. */
function approvals(trace: Trace, event: Of<"change">): string {
  const given = trace.header.tickets
    .filter((ticket) => event.tickets.includes(ticket.id))
    .flatMap((ticket) => ticket.approvals);
  if (event.tickets.length === 0) return "";
  if (given.length === 0) return "; nobody has approved it yet";
  return `; ${listed(given.map((item) => `${item.by} approved ${listed(item.covers)}`))}`;
}

function changesAndErrors(trace: Trace): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const seen = new Set<string>();
  for (const event of trace.events) {
    if (event.e === "change" || event.e === "defect" || event.e === "fault" || event.e === "handover") {
      const kind = event.e === "change" || event.e === "handover" ? "change" : "error";
      const more = event.e === "change" ? approvals(trace, event) : "";
      const text = describeEvent(event);
      const own = event.e === "defect" || event.e === "fault";
      sentences.push({ atMs: event.t, kind, text: `${own ? capital(text) : text}${more}.` });
    } else if (event.e === "read" && (event.errors.length > 0 || event.whole !== "complete")) {
      const key = `${event.manager} ${event.errors[0]?.error ?? event.whole}`;
      if (seen.has(key)) continue;
      seen.add(key);
      sentences.push({ atMs: event.t, kind: "error", text: `${describeEvent(event)}.` });
    }
  }
  return sentences;
}

/** Plans that would take something away, each once. */
export function decisions(trace: Trace): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const seen = new Set<string>();
  for (const event of trace.events) {
    if (event.e !== "plan") continue;
    const going = event.actions.filter((action) => action.do === "delete" || action.do === "stop");
    const services = [...new Set(going.map((action) => action.target.service))];
    if (services.length === 0) continue;
    const key = `${event.manager} ${services.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const asked = services.filter((name) =>
      going.some((action) => action.target.service === name && action.cause === "explicit"),
    );
    const rest = services.filter((name) => !asked.includes(name));
    const because = going.find((action) => action.cause !== "explicit")?.because[0]?.text;
    const own = rest.length === 0 ? "" : `${asked.length > 0 ? ", and" : ""} to remove ${listed(rest)}`;
    const told = asked.length === 0 ? "" : ` to remove ${listed(asked)} as asked`;
    const reason = because === undefined || rest.length === 0 ? "" : ` because ${because}`;
    sentences.push({
      atMs: event.t,
      kind: "decision",
      text: `${event.manager} decides${told}${own}${reason}.`,
    });
  }
  return sentences;
}

function guards(trace: Trace): readonly Sentence[] {
  const groups = new Map<string, { first: Of<"guard">; services: Set<string> }>();
  for (const event of trace.events) {
    if (event.e !== "guard") continue;
    const key = `${event.manager} ${event.guard} ${event.verdict}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: event, services: new Set([event.service]) });
    else group.services.add(event.service);
  }
  const sentences = [...groups.values()].map(({ first, services }): Sentence => {
    const verb = first.verdict === "hold" ? "holds back" : "refuses";
    const text = `The guard ${first.guard} ${verb} the removal of ${listed([...services])}: ${first.text}.`;
    return { atMs: first.t, kind: "guard", text };
  });
  for (const event of trace.events) {
    if (event.e !== "approval") continue;
    sentences.push({ atMs: event.t, kind: "people", text: `${describeEvent(event)}.` });
  }
  return sentences;
}

/** What was taken away, by manager and cause. */
function damage(trace: Trace): readonly Sentence[] {
  const groups = new Map<
    string,
    { first: Of<"removed"> | Of<"stopped">; services: Set<string>; count: number }
  >();
  for (const event of trace.events) {
    if (event.e !== "removed" && event.e !== "stopped") continue;
    const key = `${event.by} ${event.e} ${event.cause}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: event, services: new Set([event.service]), count: 1 });
    else {
      group.services.add(event.service);
      group.count++;
    }
  }
  return [...groups.values()].map(({ first, services, count }): Sentence => {
    const how = {
      explicit: "as asked",
      omitted: "because it is no longer in the configuration",
      error: "because of the error",
      cascade: "along with their owner",
      garbage: "as left over",
      health: "as unhealthy",
      drift: "as different from the configuration",
    }[first.cause as string];
    const verb = first.e === "removed" ? "removes" : "stops";
    const text = `${first.by} ${verb} ${plural(count, "instance")} of ${listed([...services])} ${how ?? first.cause}.`;
    return { atMs: first.t, kind: first.cause === "explicit" ? "change" : "damage", text };
  });
}

/** What went down through its dependencies without having been taken away itself. */
function falls(trace: Trace): readonly Sentence[] {
  const taken = new Set<string>();
  for (const event of trace.events) {
    if (event.e === "removed" || event.e === "stopped") taken.add(event.service);
  }
  const groups = new Map<string, { first: Of<"down">; count: number }>();
  for (const event of trace.events) {
    if (event.e !== "down" || event.reason !== "dependency" || taken.has(event.service)) continue;
    const group = groups.get(event.service);
    if (group === undefined) groups.set(event.service, { first: event, count: 1 });
    else group.count++;
  }
  return [...groups.values()].map(({ first, count }): Sentence => {
    const needs = first.needs === null ? "what it needs" : first.needs;
    const text = `${first.service} goes down in ${plural(count, "place")}, though nobody removed it: ${needs} is gone.`;
    return { atMs: first.t, kind: "damage", text };
  });
}

/** Services that collapsed, each once: the first time and how often. */
function collapses(trace: Trace): readonly Sentence[] {
  const groups = new Map<string, { first: Of<"overload">; count: number }>();
  for (const event of trace.events) {
    if (event.e !== "overload" || event.state !== "collapsed") continue;
    const group = groups.get(event.service);
    if (group === undefined) groups.set(event.service, { first: event, count: 1 });
    else group.count++;
  }
  return [...groups.values()].map(({ first, count }): Sentence => {
    const more = count === 1 ? "" : ` (${plural(count, "collapse")} in all)`;
    return { atMs: first.t, kind: "damage", text: `${describeEvent(first)}${more}.` };
  });
}

function capabilities(trace: Trace, { outage, recovery }: Measures): readonly Sentence[] {
  const titles = new Map(trace.header.spec.fleet.capabilities.map((item) => [item.name, item.title]));
  const down = outage.capabilities.filter((item) => item.firstDownAtMs !== null);
  const sentences: Sentence[] = [];
  if (down.length > 0) {
    const most = Math.max(...down.map((item) => item.regionsDown));
    const text = `${listed(down.map((item) => titles.get(item.name) ?? item.name))} ${down.length === 1 ? "is" : "are"} down in up to ${plural(most, "region")}.`;
    sentences.push({ atMs: Math.min(...down.map((item) => item.firstDownAtMs ?? 0)), kind: "damage", text });
  }
  const hurt = outage.capabilities.filter((item) => item.regionsDown === 0 && item.regionsDegraded > 0);
  if (hurt.length > 0 && outage.startedAtMs !== null) {
    const text = `${listed(hurt.map((item) => titles.get(item.name) ?? item.name))} ${hurt.length === 1 ? "stays" : "stay"} up with errors while what ${hurt.length === 1 ? "it needs" : "they need"} is gone.`;
    sentences.push({ atMs: outage.startedAtMs, kind: "damage", text });
  }
  for (const item of recovery.byCapability) {
    if (item.allRestoredAtMs === null) continue;
    const title = titles.get(item.name) ?? item.name;
    sentences.push({
      atMs: item.allRestoredAtMs,
      kind: "recovery",
      text: `${title}: works again in every region.`,
    });
  }
  return sentences;
}

function people(trace: Trace, { recovery }: Measures): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const event of trace.events) {
    if (event.e === "phase") {
      const kind = event.phase === "recovered" || event.phase === "manager-up" ? "recovery" : "people";
      const text = event.phase.startsWith("manager-") ? event.text : capital(event.text);
      sentences.push({ atMs: event.t, kind, text: `${text}.` });
    } else if (event.e === "stuck") {
      sentences.push({ atMs: event.t, kind: "damage", text: `Recovery is stuck: ${event.text}.` });
    }
  }
  if (recovery.relapses > 0) {
    const text = `The manager that was brought back removed services again (${plural(recovery.relapses, "time")}).`;
    sentences.push({ atMs: recovery.managerUpAtMs ?? 0, kind: "damage", text });
  }
  return sentences;
}

/** The causes of the first thing that nobody asked for, root first; empty where all went as asked. */
export function whyOf(trace: Trace): readonly Sentence[] {
  return whyEvents(trace).map((event) => ({
    atMs: event.t,
    kind:
      event.e === "change"
        ? "change"
        : event.e === "defect" || event.e === "read" || event.e === "fault"
          ? "error"
          : event.e === "plan" || event.e === "execute"
            ? "decision"
            : "damage",
    text: `${describeEvent(event)}.`,
  }));
}

/** The same as events. */
export function whyEvents(trace: Trace): readonly TraceEvent[] {
  const ticketed = new Set(trace.header.tickets.flatMap((ticket) => ticket.removes));
  const victims = trace.events.filter(
    (event): event is Of<"removed"> | Of<"stopped"> | Of<"down"> =>
      (event.e === "removed" || event.e === "stopped" || event.e === "down") && !ticketed.has(event.service),
  );
  // The longest chain tells most: the last link of the cascade, not its first.
  let best: readonly TraceEvent[] = [];
  const services = new Set<string>();
  for (const victim of victims) {
    if (services.has(victim.service)) continue;
    services.add(victim.service);
    const chain = causeChain(trace, victim.id);
    if (chain.length > best.length) best = chain;
  }
  return best;
}
