/** The page, in the order in which people ask: what happened, why, who was hurt, what would have prevented it, how sure. */

import { formatDate } from "../base/clock-time.js";
import { thousands } from "../base/format-number.js";
import type { VariantView } from "../trace/variant-view.js";
import { CapabilityTable, Declared, Phases } from "./hurt-section.js";
import type { Chart, ReportModel } from "./model.js";
import { defaultOutcome, gateOf } from "./outcome.js";
import { Figure, Story } from "./parts.js";
import { VariantDetails, Variants } from "./prevention-section.js";
import type { ReplayParts } from "./replay/replay-data.js";
import { Replay } from "./replay/replay-section.js";
import { Sure } from "./sure-section.js";
import { WhatIf } from "./what-if/what-if.js";
import { clock, outageLength, plural } from "./words.js";

export interface Charts {
  readonly restoration: Chart | null;
  readonly work: Chart | null;
  readonly dependencies: Chart | null;
  /** By variant name. */
  readonly heat: ReadonlyMap<string, Chart>;
}

export function Page({
  model,
  charts,
  replay,
}: {
  model: ReportModel;
  charts: Charts;
  /** Null: the page stands still. */
  replay: ReplayParts | null;
}) {
  const { result } = model;
  const main = model.variants[0]!;
  const start = result.scenario.startUtcMs;
  return (
    <>
      <header>
        <p class="soft">fleetquake · outage report</p>
        <h1>{result.scenario.title}</h1>
        <p>{result.scenario.about}</p>
        <p class="soft">
          Told in full: variant <b>{main.result.name}</b>. {plural(main.regions, "region")},{" "}
          {plural(main.services.length, "service")}, {plural(main.instances, "instance")}; managers:{" "}
          {main.managers.map((manager) => `${manager.name} (${manager.model})`).join(", ")}.
          {start === 0 ? "" : ` It begins on ${formatDate(start)}; all times are UTC.`}
        </p>
      </header>
      <main>
        <Figures view={main} start={start} />
        <h2 id="what">What happened</h2>
        <Story sentences={main.story} start={start} />
        <Why view={main} start={start} />
        <Replay parts={replay} />
        <h2 id="who">Who was hurt, and for how long</h2>
        <CapabilityTable view={main} start={start} model={model} />
        <Figure chart={charts.restoration} />
        <Declared model={model} />
        <Figure chart={charts.heat.get(main.result.name) ?? null} />
        <h3>Recovery, phase by phase</h3>
        <Phases view={main} start={start} />
        <Figure chart={charts.work} />
        <Figure chart={charts.dependencies} />
        <h2 id="prevented">What would have prevented it</h2>
        <Variants model={model} />
        <WhatIf model={model.viewer === null ? null : model.whatIf} />
        {model.variants.slice(1).map((view) => (
          <VariantDetails
            key={view.result.name}
            view={view}
            start={start}
            heat={charts.heat.get(view.result.name)}
          />
        ))}
        <h2 id="sure">How sure we are</h2>
        <Sure model={model} />
      </main>
      <footer>
        <p>
          fleetquake {result.fleetquake}, seed {result.seed}. This page is the same to the byte for the same
          scenario, seed and version. To write it again:
        </p>
        <pre tabIndex={0}>{model.command}</pre>
      </footer>
    </>
  );
}

function Figures({ view, start }: { view: VariantView; start: number }) {
  const { result } = view;
  const down = result.outage.capabilities.filter((item) => item.regionsDown > 0);
  const regions = Math.max(0, ...down.map((item) => item.regionsDown));
  const verdict = gateOf(result);
  return (
    <ul class="figures">
      <li>
        <strong class={result.hurt.instances + unasked(view) > 0 ? "bad" : "good"}>
          {thousands(result.removed.instances)}
        </strong>
        <span>
          of {thousands(view.instances)} instances removed
          {result.hurt.instances > 0 ? `, ${thousands(result.hurt.instances)} more went down with them` : ""}
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
            : `from ${clock(result.outage.startedAtMs, start)} to ${clock(result.recovery.allRestoredAtMs, start)}`}
        </span>
      </li>
      <li>
        <strong>{thousands(result.outage.unservedLogins)}</strong>
        <span>logins not served; sessions that were open stayed valid</span>
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
  );
}

const unasked = (view: VariantView): number =>
  view.services.reduce((sum, service) => sum + (service.state === "removed" ? service.places : 0), 0);

function Why({ view, start }: { view: VariantView; start: number }) {
  const verdicts = view.result.verdicts;
  return (
    <>
      <h2 id="why">Why</h2>
      {view.why.length > 0 ? (
        <>
          <p>From the change to the last thing that it took down that nobody asked for, cause by cause:</p>
          <Story sentences={view.why} start={start} />
        </>
      ) : (
        <p>Nothing went that nobody had asked for.</p>
      )}
      <div class="scroll">
        <table>
          <caption>Properties</caption>
          <thead>
            <tr>
              <th>property</th>
              <th>verdict</th>
              <th>because</th>
              <th>first at</th>
            </tr>
          </thead>
          <tbody>
            {verdicts.map((item) => (
              <tr key={item.property}>
                <td>
                  <code>{item.property}</code>
                </td>
                <td>
                  <span class={`tag ${defaultOutcome[item.verdict]}`}>{item.verdict}</span>
                </td>
                <td>{item.because}</td>
                <td class="t">{clock(item.at, start)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
