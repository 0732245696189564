/** The page, in the order in which people ask: what happened, why, who was hurt, what would have prevented it, how sure. */

import { thousands } from "../base/format-number.js";
import type { Sentence } from "../trace/story.js";
import type { VariantView } from "../trace/variant-view.js";
import { namedRegions } from "./charts.js";
import type { Chart, ReportModel } from "./model.js";
import { defaultOutcome, gateOf } from "./outcome.js";
import { clock, outageLength, plural, span } from "./words.js";

export interface Charts {
  readonly restoration: Chart | null;
  readonly work: Chart | null;
  readonly dependencies: Chart | null;
  /** By variant name. */
  readonly heat: ReadonlyMap<string, Chart>;
}

export function Page({ model, charts }: { model: ReportModel; charts: Charts }) {
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
        </p>
      </header>
      <main>
        <Figures view={main} start={start} />
        <h2 id="what">What happened</h2>
        <Story sentences={main.story} start={start} />
        <Why view={main} start={start} />
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

function Story({ sentences, start }: { sentences: readonly Sentence[]; start: number }) {
  return (
    <ol class="story">
      {sentences.map((sentence, k) => (
        <li key={k} class={sentence.kind}>
          <time>{clock(sentence.atMs, start)}</time>
          <i />
          <span>{sentence.text}</span>
        </li>
      ))}
    </ol>
  );
}

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

function Figure({ chart }: { chart: Chart | null }) {
  if (chart === null) return null;
  return (
    <figure>
      <h3>{chart.title}</h3>
      <div
        class="scroll"
        tabIndex={0}
        role="region"
        aria-label={`${chart.title}, picture`}
        dangerouslySetInnerHTML={{ __html: chart.svg }}
      />
      <figcaption>{chart.description}</figcaption>
    </figure>
  );
}

function CapabilityTable({ view, start, model }: { view: VariantView; start: number; model: ReportModel }) {
  const published = model.observed.length > 0;
  return (
    <div class="scroll">
      <table>
        <caption>
          By capability. Times are when the last region worked again; impaired means that fewer than 95 % of
          the requests succeed.
        </caption>
        <thead>
          <tr>
            <th>capability</th>
            <th class="n">regions down</th>
            <th class="n">impaired</th>
            <th class="n">longest in one region</th>
            <th class="n">logins not served</th>
            <th>first works again</th>
            <th>all work again</th>
            <th>simulated: published</th>
            {published ? <th>published in fact</th> : null}
          </tr>
        </thead>
        <tbody>
          {view.result.outage.capabilities.map((item, k) => {
            const recovery = view.result.recovery.byCapability[k]!;
            const curve = namedRegions(model.observed, item.name, view.regions);
            const all = curve.find(([, regions]) => regions >= view.regions);
            const first = curve.find(([, regions]) => regions > 0);
            return (
              <tr key={item.name}>
                <td>{view.capabilities[k]!.title}</td>
                <td class="n">{item.regionsDown}</td>
                <td class="n">{item.regionsDegraded}</td>
                <td class="n">
                  {item.longestDownMinutes === 0 ? "–" : span(item.longestDownMinutes * 60_000)}
                </td>
                <td class="n">{thousands(item.unservedLogins)}</td>
                <td class="t">{clock(recovery.firstRestoredAtMs, start)}</td>
                <td class="t">{item.regionsDegraded === 0 ? "–" : clock(recovery.allRestoredAtMs, start)}</td>
                <td>{clock(recovery.published.at(-1)?.[0] ?? null, start)}</td>
                {published ? (
                  <td>
                    {first === undefined || all === undefined
                      ? "–"
                      : first[0] === all[0]
                        ? clock(all[0], start)
                        : `${clock(first[0], start)} to ${clock(all[0], start)}`}
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** How the impact grew: as declared in public, and in the simulation. */
function Declared({ model }: { model: ReportModel }) {
  const main = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  const declared = new Map<string, number>();
  for (const row of model.observed) {
    if (row.event !== "impact_declared" && row.event !== "identified") continue;
    if (!declared.has(row.capability)) declared.set(row.capability, row.atMs);
  }
  if (declared.size === 0) return null;
  const claims = model.observed.filter((row) => row.event === "claimed_restored");
  const rows = main.capabilities.map((capability, k) => ({
    title: capability.title,
    declaredMs: declared.get(capability.name) ?? declared.get("*") ?? null,
    outage: main.result.outage.capabilities[k]!,
  }));
  return (
    <>
      <h3>When the impact became known</h3>
      <div class="scroll">
        <table>
          <caption>
            The declared impact grew step by step; in the simulation everything goes at once, so the steps are
            the time it took to notice.
          </caption>
          <thead>
            <tr>
              <th>capability</th>
              <th>declared in public</th>
              <th class="n">after the start</th>
              <th>simulated: first region down</th>
              <th class="n">regions down or impaired</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.title}>
                <td>{row.title}</td>
                <td>{row.declaredMs === null ? "never by name" : clock(row.declaredMs, start)}</td>
                <td class="n">{span(row.declaredMs)}</td>
                <td>
                  {row.outage.firstDownAtMs === null
                    ? row.outage.regionsDegraded > 0
                      ? "up, with errors"
                      : "not hurt"
                    : clock(row.outage.firstDownAtMs, start)}
                </td>
                <td class="n">{row.outage.regionsDegraded}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {claims.map((row, k) => (
        <p key={k} class="soft">
          The {row.source} says “restored” for {clock(row.atMs, start)}: {row.note}
        </p>
      ))}
    </>
  );
}

function Phases({ view, start }: { view: VariantView; start: number }) {
  if (view.phases.length === 0) return <p>Nobody was alarmed; there was nothing to recover from.</p>;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>at</th>
            <th class="n">after the start</th>
            <th>phase</th>
            <th>what</th>
          </tr>
        </thead>
        <tbody>
          {view.phases.map((item, k) => (
            <tr key={k}>
              <td class="t">{clock(item.atMs, start)}</td>
              <td class="n">{span(item.atMs)}</td>
              <td>{item.phase}</td>
              <td>{item.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Variants({ model }: { model: ReportModel }) {
  if (model.variants.length < 2)
    return (
      <p>The scenario has one variant. Variants with a guard or another manager would be compared here.</p>
    );
  return (
    <div class="scroll">
      <table>
        <caption>The same change, the same luck, side by side.</caption>
        <thead>
          <tr>
            <th>variant</th>
            <th class="n">removed</th>
            <th class="n">merely hurt</th>
            <th class="n">outage</th>
            <th class="n">logins not served</th>
            <th>gate</th>
            <th>as expected</th>
          </tr>
        </thead>
        <tbody>
          {model.variants.map(({ result }) => {
            const verdict = gateOf(result);
            const wrong = result.expectations.filter((item) => !item.met);
            return (
              <tr key={result.name}>
                <td>{result.name}</td>
                <td class="n">{thousands(result.removed.instances)}</td>
                <td class="n">{thousands(result.hurt.instances)}</td>
                <td class="n">{outageLength(result)}</td>
                <td class="n">{thousands(result.outage.unservedLogins)}</td>
                <td>
                  <span class={`tag ${verdict.tone}`}>{verdict.word}</span> {verdict.detail}
                </td>
                <td>
                  {wrong.length === 0 ? "yes" : wrong.map((item) => `${item.text}: ${item.found}`).join("; ")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function VariantDetails({
  view,
  start,
  heat,
}: {
  view: VariantView;
  start: number;
  heat: Chart | undefined;
}) {
  return (
    <details>
      <summary>
        {view.result.name}: {outageLength(view.result) === "none" ? "no outage" : outageLength(view.result)},{" "}
        {plural(view.result.removed.instances, "instance")} removed
      </summary>
      <Story sentences={view.story} start={start} />
      {heat === undefined ? null : (
        <Figure chart={{ ...heat, title: `${heat.title}: ${view.result.name}` }} />
      )}
    </details>
  );
}

function Sure({ model }: { model: ReportModel }) {
  const main = model.variants[0]!.result;
  const times = main.recoveryTimes.filter((time) => time !== null);
  return (
    <>
      <p>
        This is a simulation: what the manager does follows from its policy exactly; how long people take
        follows from the distributions in the scenario.{" "}
        {times.length > 1 ? `${times.length} replications were run.` : "The times are one draw of many."}
      </p>
      {model.choices.length > 0 ? (
        <>
          <h3>Where the sources contradict each other</h3>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>question</th>
                  <th>taken</th>
                  <th>instead</th>
                  <th>why</th>
                </tr>
              </thead>
              <tbody>
                {model.choices.map((choice) => (
                  <tr key={choice.name}>
                    <td>{choice.about}</td>
                    <td>{choice.taken}</td>
                    <td>{choice.instead.join("; ")}</td>
                    <td>{choice.why}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      <h3>Assumptions</h3>
      {model.assumptions.length === 0 ? (
        <p>The scenario marks no value as assumed.</p>
      ) : (
        <div class="scroll">
          <table>
            <caption>What the sources do not say, as the scenario marks it.</caption>
            <thead>
              <tr>
                <th>where</th>
                <th>assumed</th>
              </tr>
            </thead>
            <tbody>
              {model.assumptions.map((item) => (
                <tr key={item.path}>
                  <td>
                    <code>{item.path}</code>
                  </td>
                  <td>{item.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {model.result.scenario.sources.length > 0 ? (
        <p>
          Sources:{" "}
          {model.result.scenario.sources.map((source, k) => (
            <span key={source}>
              {k > 0 ? ", " : ""}
              {/^https?:\/\//.test(source) ? (
                <a href={source} rel="noreferrer">
                  {source}
                </a>
              ) : (
                source
              )}
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}
