/** What the end waits for in most replications, and what would shorten it: from an estimate of the same scenario. */
import { Levers } from "../estimate/levers-section.js";
import { Picture } from "../estimate/parts.js";
import type { WidthsChart } from "../estimate/row-chart.js";
import type { ReportModel } from "../model.js";
import { commandFor } from "../reproduce.js";

export function Criticals({ model, chart }: { model: ReportModel; chart: WidthsChart | null }) {
  const { estimate } = model.evidence;
  if (estimate === null || chart === null) return null;
  return <Picture chart={chart} level={3} />;
}

export function Shorter({ model, chart }: { model: ReportModel; chart: WidthsChart | null }) {
  const { estimate } = model.evidence;
  return (
    <>
      <h3>What would shorten it</h3>
      {estimate === null ? (
        <p>
          Not asked yet. <code>{commandFor("estimate", model)}</code> tries one change at a time on the same
          luck; run this report again afterwards.
        </p>
      ) : (
        <Levers result={estimate} chart={chart} level={4} />
      )}
    </>
  );
}
