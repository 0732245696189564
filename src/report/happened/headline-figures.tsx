/** The figures of the first variant, with what other luck makes of them. */
import { thousands } from "../../base/format-number.js";
import type { VariantView } from "../../trace/variant-view.js";
import type { ReportModel } from "../model.js";
import { gateOf } from "../outcome.js";
import { loginsSpread, recoverySpread, replicationsOf } from "../spread-words.js";
import { clock, outageLength, plural } from "../words.js";

export function Figures({ model }: { model: ReportModel }) {
  const view = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  const { result } = view;
  const replications = result.outage.startedAtMs === null ? null : replicationsOf(model);
  const down = result.outage.capabilities.filter((item) => item.regionsDown > 0);
  const regions = Math.max(0, ...down.map((item) => item.regionsDown));
  const verdict = gateOf(result);
  return (
    <>
      <ul class="figures">
        <li>
          <strong class={result.hurt.instances + unasked(view) > 0 ? "bad" : "good"}>
            {thousands(result.removed.instances)}
          </strong>
          <span>
            of {thousands(view.instances)} instances removed
            {result.hurt.instances > 0
              ? `, ${thousands(result.hurt.instances)} more went down with them`
              : ""}
          </span>
        </li>
        <li>
          <strong>
            {down.length} of {view.capabilities.length}
          </strong>
          <span>capabilities down{down.length > 0 ? ` in up to ${plural(regions, "region")}` : ""}</span>
        </li>
        <li>
          <strong>{outageLength(result)}</strong>
          <span>
            {result.outage.startedAtMs === null
              ? "outage"
              : result.recovery.allRestoredAtMs === null
                ? `since ${clock(result.outage.startedAtMs, start)}`
                : `from ${clock(result.outage.startedAtMs, start)} to ${clock(result.recovery.allRestoredAtMs, start)}`}
            {replications === null ? "" : `; ${recoverySpread(replications)}`}
          </span>
        </li>
        <li>
          <strong>{thousands(result.outage.unservedLogins)}</strong>
          <span>
            logins not served; sessions that were open stayed valid
            {replications === null ? "" : `; ${loginsSpread(replications)}`}
          </span>
        </li>
        <li>
          <strong>{result.removed.dataLost === 0 ? "none" : thousands(result.removed.dataLost)}</strong>
          <span>{result.removed.dataLost === 0 ? "data lost" : "instances lost their data"}</span>
        </li>
        <li>
          <strong class={verdict.tone}>{verdict.word}</strong>
          <span>{verdict.detail}</span>
        </li>
      </ul>
      {replications === null ? null : (
        <p class="soft">The ranges are over {replications.words}; the large figures are one run of them.</p>
      )}
    </>
  );
}

const unasked = (view: VariantView): number =>
  view.services.reduce((sum, service) => sum + (service.state === "removed" ? service.places : 0), 0);
