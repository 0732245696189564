/** Who was hurt, and for how long: by capability, by region group, and when it became known. */
import { thousands } from "../../base/format-number.js";
import { clip } from "../check/visible.js";
import type { Chart, ReportModel } from "../model.js";
import { Figure } from "../parts.js";
import { curveReplicationsOf, loginsSpread, replicationsOf } from "../spread-words.js";
import { plural } from "../words.js";
import { CapabilityTable } from "./capability-table.js";
import { Declared } from "./declared.js";
import { GroupTable } from "./group-table.js";

export function Hurt({
  model,
  restoration,
  heat,
}: {
  model: ReportModel;
  restoration: Chart | null;
  heat: Chart | null;
}) {
  const view = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  return (
    <>
      <Logins model={model} />
      <CapabilityTable view={view} start={start} model={model} />
      <Figure chart={restoration} />
      {restoration !== null && curveReplicationsOf(model) === null ? (
        <p class="soft">
          One run, so there is no band: other luck would move these curves. Add <code>--runs 200</code>.
        </p>
      ) : null}
      <h3>Region groups</h3>
      <GroupTable view={view} start={start} />
      <Figure chart={heat} />
      <Declared model={model} />
    </>
  );
}

function Logins({ model }: { model: ReportModel }) {
  const view = model.variants[0]!;
  const { outage } = view.result;
  if (outage.startedAtMs === null) return <p>Nobody: no capability was impaired anywhere.</p>;
  const total = outage.unservedLogins;
  if (total < 0.5) return <p>No login failed: fallbacks served all of them, or nobody wanted to log in.</p>;
  const k = outage.capabilities.reduce(
    (best, item, at) => (item.unservedLogins > outage.capabilities[best]!.unservedLogins ? at : best),
    0,
  );
  const worst = outage.capabilities[k]!;
  const replications = replicationsOf(model);
  const share = outage.usersAskedToLogIn;
  return (
    <p>
      <b>{plural(Math.round(total), "login")}</b> not served, after fallbacks
      {replications === null ? "" : ` (${loginsSpread(replications)})`}. Most with{" "}
      {clip(view.capabilities[k]!.title, 120)}: {thousands(worst.unservedLogins)},{" "}
      {Math.round((100 * worst.unservedLogins) / total)} %. Sessions that were open stayed valid;{" "}
      {share < 0.005 ? "hardly any user" : `${Math.round(100 * share)} % of the users`} had to log in again
      meanwhile.
    </p>
  );
}
