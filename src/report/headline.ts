/** The answer in a few figures, for where there is room for no more: a chat message, the page of a job. */
import { thousands } from "../base/format-number.js";
import type { VariantResult } from "../trace/result.js";
import type { VariantView } from "../trace/variant-view.js";
import type { Tone } from "./outcome.js";
import { clock, outageLength, plural } from "./words.js";

export interface HeadlineFigure {
  readonly value: string;
  /** What the value is, to be read after it. */
  readonly label: string;
  readonly tone: Tone | "";
}

export function headlineFigures(view: VariantView, startUtcMs: number): readonly HeadlineFigure[] {
  const { removed, hurt, outage, recovery } = view.result;
  const down = outage.capabilities.filter((item) => item.regionsDown > 0);
  const regions = Math.max(0, ...down.map((item) => item.regionsDown));
  const calm = outage.startedAtMs === null;
  const unasked = view.services.some((service) => service.state === "removed");
  const more = hurt.instances > 0 ? `, ${thousands(hurt.instances)} more down` : "";
  const end =
    recovery.allRestoredAtMs === null ? "the end of the run" : clock(recovery.allRestoredAtMs, startUtcMs);
  return [
    {
      value: thousands(removed.instances),
      label: `of ${thousands(view.instances)} instances removed${more}`,
      tone: unasked || hurt.instances > 0 ? "bad" : "",
    },
    {
      value: `${down.length} of ${view.capabilities.length}`,
      label: `capabilities down${down.length > 0 ? ` in up to ${plural(regions, "region")}` : ""}`,
      tone: down.length > 0 ? "bad" : "good",
    },
    {
      value: shortOutage(view.result),
      label: calm ? "outage" : `outage, ${clock(outage.startedAtMs, startUtcMs)} to ${end}`,
      tone: calm ? "good" : "bad",
    },
    {
      value: thousands(outage.unservedLogins),
      label: "logins not served",
      tone: outage.unservedLogins > 0 ? "bad" : "good",
    },
    {
      value: removed.dataLost === 0 ? "none" : thousands(removed.dataLost),
      label: removed.dataLost === 0 ? "data lost" : "instances lost their data",
      tone: removed.dataLost === 0 ? "good" : "bad",
    },
  ];
}

const shortOutage = (result: VariantResult): string =>
  result.outage.startedAtMs !== null && result.recovery.allRestoredAtMs === null
    ? "not over"
    : outageLength(result);

/** "4 of 5 gate properties violated": the verdict where one line is all there is. */
export function verdictLine(result: VariantResult): { readonly tone: Tone; readonly text: string } {
  const judged = result.verdicts.filter((item) => result.gate.includes(item.property));
  const violated = judged.filter((item) => item.verdict === "violated").length;
  const of = `of ${plural(judged.length, "gate property", "gate properties")}`;
  if (violated > 0) return { tone: "bad", text: `${violated} ${of} violated` };
  const open = judged.filter(
    (item) => item.verdict === "never-exercised" || item.verdict === "out-of-budget",
  ).length;
  if (open > 0 || judged.length === 0) return { tone: "warn", text: `no verdict for ${open} ${of}` };
  return { tone: "good", text: `${plural(judged.length, "gate property", "gate properties")} hold` };
}
