/** An incident in three sentences: what was done, what the manager made of it, what it did to people. */
import { formatHoursMinutes } from "../base/clock-time.js";
import { thousands } from "../base/format-number.js";
import { describeEvent } from "./explain.js";
import type { Measures } from "./measures.js";
import { capital, decisions, listed, type Sentence, whyEvents } from "./story.js";
import type { Trace, TraceEvent } from "./trace.js";

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${thousands(count)} ${count === 1 ? one : many}`;

/** At most three, in the order of time. */
export function summaryOf(trace: Trace, measures: Measures): readonly Sentence[] {
  const why = whyEvents(trace);
  const first = why[0] ?? trace.events.find(({ e }) => e === "change" || e === "fault");
  return [
    ...(first === undefined ? [] : [triggerOf(first, why)]),
    ...decisionOf(trace, why),
    outcomeOf(trace, measures),
  ];
}

/** The root, and the mistakes that follow at once: a defect, or what the manager could not understand. */
function triggerOf(root: TraceEvent, why: readonly TraceEvent[]): Sentence {
  const mistakes = why.filter((event) => event !== root && (event.e === "defect" || event.e === "fault"));
  const read = why.find((event) => event.e === "read" && event.errors.length > 0);
  const told = mistakes.length > 0 ? mistakes : read === undefined ? [] : [read];
  return {
    atMs: root.t,
    kind: root.e === "change" && told.length === 0 ? "change" : "error",
    text: `${[root, ...told].map((event, k) => (k === 0 && event.e !== "change" ? capital(describeEvent(event)) : describeEvent(event))).join("; ")}.`,
  };
}

/** The plan that takes away what nobody asked for; else the first that takes anything away. */
function decisionOf(trace: Trace, why: readonly TraceEvent[]): readonly Sentence[] {
  const all = decisions(trace);
  const plan = why.find(({ e }) => e === "plan");
  const chosen = all.find(({ atMs }) => atMs === plan?.t) ?? all[0];
  if (chosen !== undefined) return [chosen];
  const guard = trace.events.find(({ e }) => e === "guard");
  return guard === undefined
    ? []
    : [{ atMs: guard.t, kind: "guard", text: `${capital(describeEvent(guard))}.` }];
}

function outcomeOf({ header }: Trace, measures: Measures): Sentence {
  const { removed, hurt, outage, recovery } = measures;
  const gone = `${plural(removed.instances, "instance")} of ${plural(removed.services.length, "service")}`;
  if (outage.startedAtMs === null) {
    const text =
      removed.instances === 0
        ? "Nothing is removed, and no capability is impaired."
        : `${gone} ${removed.instances === 1 ? "is" : "are"} removed, and no capability is impaired.`;
    return { atMs: measures.endedAtMs, kind: "calm", text };
  }
  const more = hurt.instances === 0 ? "" : `, ${thousands(hurt.instances)} more go down with them`;
  const titles = new Map(header.spec.fleet.capabilities.map(({ name, title }) => [name, title]));
  const down = outage.capabilities.filter((item) => item.regionsDown > 0);
  const most = Math.max(0, ...down.map((item) => item.regionsDown));
  const what =
    down.length === 0
      ? "capabilities stay up with errors"
      : down.length <= 3
        ? `${listed(down.map(({ name }) => titles.get(name) ?? name))} ${down.length === 1 ? "is" : "are"} down in up to ${plural(most, "region")}`
        : `${down.length} of ${plural(outage.capabilities.length, "capability", "capabilities")} are down in up to ${plural(most, "region")}`;
  const end = recovery.allRestoredAtMs;
  const lasted =
    end === null
      ? "not everything is back when the run ends"
      : `after ${formatHoursMinutes(end - outage.startedAtMs)} everything is back`;
  const logins =
    outage.unservedLogins === 0
      ? ""
      : `; ${plural(Math.round(outage.unservedLogins), "login")} ${Math.round(outage.unservedLogins) === 1 ? "fails" : "fail"}`;
  const taken =
    removed.instances === 0
      ? `Nothing is removed${more}`
      : `${gone} ${removed.instances === 1 ? "is" : "are"} removed${more}`;
  return { atMs: outage.startedAtMs, kind: "damage", text: `${taken}; ${what}; ${lasted}${logins}.` };
}
