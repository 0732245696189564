/** Why it took so long: phases, the critical path, the work of the crews, and what would have shortened it. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import type { VariantView } from "../../trace/variant-view.js";
import { clip } from "../check/visible.js";
import { Keys, Picture } from "../estimate/parts.js";
import { phaseKey } from "../estimate/phases-chart.js";
import { until } from "../estimate/phases-section.js";
import { meanText, percent } from "../estimate/words.js";
import type { ReportModel } from "../model.js";
import { Scroll } from "../parts.js";
import { clock, plural, span } from "../words.js";
import { type CrewJob, crewLanes } from "./crew-lanes.js";
import type { TookCharts } from "./draw-took.js";
import { Path } from "./path.js";
import { Criticals, Shorter } from "./shorter.js";
import { groupKeys } from "./took-charts.js";

export function Took({ model, charts }: { model: ReportModel; charts: TookCharts }) {
  const view = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  if (view.result.outage.startedAtMs === null) return <p>There was no outage, so nothing had to recover.</p>;
  return (
    <>
      <Phases model={model} charts={charts} start={start} />
      <Path path={model.told.times.path} view={view} start={start} />
      <Crews view={view} charts={charts} start={start} />
      <Criticals model={model} chart={charts.critical} />
      <Shorter model={model} chart={charts.levers} />
    </>
  );
}

function Phases({ model, charts, start }: { model: ReportModel; charts: TookCharts; start: number }) {
  const { result, phases: events } = model.variants[0]!;
  const { phases } = model.told.times;
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  const { estimate } = model.evidence;
  let atMs = result.outage.startedAtMs ?? 0;
  return (
    <>
      <h3>Phases</h3>
      {total === 0 ? <p>Nobody was alarmed, and nobody had to do anything.</p> : null}
      <Picture chart={charts.phases} level={4} />
      {total === 0 ? null : (
        <Scroll label="Phases">
          <table>
            <thead>
              <tr>
                <th>phase</th>
                <th class="n">lasts</th>
                <th class="n">share</th>
                {estimate === null ? null : <th class="n">mean of {estimate.runs} replications</th>}
                <th>until</th>
                <th>what</th>
              </tr>
            </thead>
            <tbody>
              {phases.map(({ name, ms }, k) => {
                atMs += ms;
                const mean = estimate?.phases.find((item) => item.name === name)?.mean;
                return (
                  <tr key={name}>
                    <td class="t">
                      <i class={`key k${phaseKey(k)}`} />
                      {name}
                    </td>
                    <td class="n">{ms === 0 ? "–" : span(ms)}</td>
                    <td class="n">{percent(ms / total)}</td>
                    {estimate === null ? null : (
                      <td class="n">{mean === undefined ? "–" : meanText(mean)}</td>
                    )}
                    <td class="t">{ms === 0 ? "–" : clock(atMs, start)}</td>
                    <td>{until[name]}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
      {events.length === 0 ? null : (
        <details>
          <summary>What people did, step by step ({events.length})</summary>
          <Scroll label="What people did">
            <table>
              <thead>
                <tr>
                  <th>at</th>
                  {start === 0 ? null : <th class="n">after the start</th>}
                  <th>step</th>
                  <th>what</th>
                </tr>
              </thead>
              <tbody>
                {events.map((item, k) => (
                  <tr key={k}>
                    <td class="t">{clock(item.atMs, start)}</td>
                    {start === 0 ? null : <td class="n">{span(item.atMs)}</td>}
                    <td>{item.phase}</td>
                    <td>{clip(item.text, 400)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      )}
    </>
  );
}

const jobsMax = 200;

function Crews({ view, charts, start }: { view: VariantView; charts: TookCharts; start: number }) {
  const jobs = crewLanes(view.work);
  if (jobs.length === 0) return <p>Nobody had to bring a service back by hand.</p>;
  const keys = groupKeys(jobs);
  const busyMs = jobs.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const groups = [...keys].filter(([, key]) => key < 8 || keys.size <= 8);
  return (
    <>
      <h3>Recovery work</h3>
      <p>
        {plural(jobs.length, "job")}, {formatHoursMinutes(busyMs)} of work in all.
      </p>
      <Keys
        keys={[
          ...groups.map(([group, key]) => ({ key: `k${key}`, words: clip(group, 60) })),
          ...(keys.size > 8 ? [{ key: "k8", words: `${plural(keys.size - 7, "other group")}` }] : []),
        ]}
      />
      <Picture chart={charts.crews} level={4} />
      <details>
        <summary>The same as a table ({jobs.length})</summary>
        <JobTable jobs={jobs} start={start} />
      </details>
    </>
  );
}

function JobTable({ jobs, start }: { jobs: readonly CrewJob[]; start: number }) {
  return (
    <Scroll label="Jobs">
      <table>
        <thead>
          <tr>
            <th>crew</th>
            <th>service</th>
            <th>region group</th>
            <th>from</th>
            <th>to</th>
            <th class="n">took</th>
          </tr>
        </thead>
        <tbody>
          {jobs.slice(0, jobsMax).map((job, k) => (
            <tr key={k}>
              <td>{job.crew + 1}</td>
              <td>{clip(job.service, 120)}</td>
              <td>{clip(job.group, 120)}</td>
              <td class="t">{clock(job.fromMs, start)}</td>
              <td class="t">{clock(job.toMs, start)}</td>
              <td class="n">{span(job.toMs - job.fromMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {jobs.length > jobsMax ? <p>And {plural(jobs.length - jobsMax, "more job")}.</p> : null}
    </Scroll>
  );
}
