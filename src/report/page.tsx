/** The page, in the order in which people ask: what happened, who was hurt, why so long, what would have prevented it, how sure. */

import { formatDate } from "../base/clock-time.js";
import { clip } from "./check/visible.js";
import { Happened } from "./happened/happened-section.js";
import { Hurt } from "./hurt/hurt-section.js";
import type { Chart, ReportModel } from "./model.js";
import { Figure } from "./parts.js";
import { Prevented } from "./prevented/prevented-section.js";
import type { ReplayParts } from "./replay/replay-data.js";
import { Replay } from "./replay/replay-section.js";
import { Sure } from "./sure/sure-section.js";
import type { TookCharts } from "./took/draw-took.js";
import { Took } from "./took/took-section.js";
import { plural } from "./words.js";

export interface Charts {
  readonly restoration: Chart | null;
  readonly took: TookCharts;
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
        <h1>{clip(result.scenario.title, 300)}</h1>
        <p>{clip(result.scenario.about, 2_000)}</p>
        <p class="soft">
          Told in full: variant <b>{clip(main.result.name, 120)}</b>. {plural(main.regions, "region")},{" "}
          {plural(main.services.length, "service")}, {plural(main.instances, "instance")}; managers:{" "}
          {clip(main.managers.map((manager) => `${manager.name} (${manager.model})`).join(", "), 300)}.
          {start === 0
            ? " Times count from the start; 1,234.5 is one thousand and some."
            : ` It begins on ${formatDate(start)}. Times are UTC (+1d: on the next day), and with a plus before them after the start; 1,234.5 is one thousand and some.`}
        </p>
      </header>
      <main>
        <h2 id="what">What happened</h2>
        <Happened model={model} />
        <Replay parts={replay} />
        <h2 id="who">Who was hurt, and for how long</h2>
        <Hurt
          model={model}
          restoration={charts.restoration}
          heat={charts.heat.get(main.result.name) ?? null}
        />
        <h2 id="took">Why it took so long</h2>
        <Took model={model} charts={charts.took} />
        {/* The replay shows the same services as they change. */}
        {replay === null ? <Figure chart={charts.dependencies} /> : null}
        <h2 id="prevented">What would have prevented it</h2>
        <Prevented model={model} heat={charts.heat} />
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
