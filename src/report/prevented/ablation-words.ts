/** Sets of guards and what they cost, as the terminal and the page say it. */
import { formatDuration } from "../../base/duration.js";
import type { Ablation, GuardSetView } from "../../chaos/ablate/ablate-result.js";

type Cost = Pick<GuardSetView, "approvalsPerWeek" | "peopleMinutesPerWeek" | "delayMs">;

export function costText({ approvalsPerWeek, peopleMinutesPerWeek, delayMs }: Cost): string {
  const parts = [
    ...(approvalsPerWeek > 0 ? [`${approvalsPerWeek} approvals (${peopleMinutesPerWeek} min) a week`] : []),
    ...(delayMs === null
      ? ["legitimate removal never done"]
      : delayMs > 0
        ? [`${shortly(delayMs)} later`]
        : []),
  ];
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** To the minute where there are any. */
const shortly = (ms: number): string =>
  formatDuration(
    ms < 60_000 ? Math.max(1_000, Math.round(ms / 1000) * 1000) : Math.round(ms / 60_000) * 60_000,
  );

export const listed = (guards: readonly string[]): string =>
  guards.length === 0 ? "none needed" : guards.join(" + ");

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** How the sets were judged, and what that rests on. */
export function methodLine({ method, traces, changesPerWeek }: Ablation): string {
  const { table: mode, sets, asked, plays, exceptions, crossCheck } = method;
  const how =
    mode === "full" || asked === sets
      ? `All ${sets} sets were judged`
      : `${asked} of ${sets} sets were judged: what contains a safe set is taken for safe, as in all small ones`;
  const odd =
    exceptions.total === 0
      ? ""
      : ` In ${exceptions.total} cases one more guard makes a safe set unsafe (first: ${listed(exceptions.first[0]!.guards)}, adding ${exceptions.first[0]!.adding}).`;
  const checked =
    crossCheck === "agrees" ? "MARCO finds the same minimal sets" : "MARCO finds other minimal sets";
  return `${how}, on ${counted(traces.length, "trace")}, in ${plays} runs; ${checked}.${odd} Costs: ${changesPerWeek} changes a week. Weight: Shapley value.`;
}
