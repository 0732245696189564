/** "What if": a reader moves a control, the worker simulates, the curves move. */
import type { WhatIfData } from "../../report/what-if/what-if-data.js";
import { Controls } from "./controls.js";
import { curvesOf } from "./curves.js";
import { byId, html } from "./dom.js";
import { figuresOf, summaryOf } from "./figures.js";
import type { Answer, Edit, Simulated, Traced } from "./protocol.js";
import { Simulator } from "./simulator.js";

/** A hand that drags a slider is let rest so long before anything is simulated. */
const restMs = 120;

export function startWhatIf(data: WhatIfData | null): void {
  if (data === null) return;
  const section = byId("what-if");
  const answer = byId("wi-answer");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let moving = false;
  const simulator = new Simulator(data, told, (message) => {
    fail([`this browser does not run the simulator of this page: ${message}`]);
  });
  const ask = (): void => {
    moving = false;
    simulator.ask(controls.variant, controls.settings);
  };
  const controls = new Controls(() => {
    moving = true;
    answer.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(ask, restMs);
  });
  startCopying();
  section.hidden = false;
  whenNear(section, ask);

  function told(message: Answer | Traced): void {
    // The hand has moved on: showing this would move the controls back under it.
    if (moving) return;
    if (message.kind === "traced") showCheck(data!, controls.variant, message);
    else show(message);
  }

  function show(found: Answer): void {
    if (found.kind === "refused") {
      fail(found.reasons);
      return;
    }
    const { base, whatIf } = found;
    const now = whatIf?.simulated ?? null;
    controls.show(base.state, (now ?? base).state);
    say(summaryOf(base.result, now?.result ?? null), "");
    showFigures(base, now, data!.startUtcMs);
    byId("wi-curves").replaceChildren(...curvesOf(base, now, data!.startUtcMs));
    showEdit(whatIf?.edit ?? null);
    forgetCheck();
    answer.setAttribute("aria-busy", "false");
  }

  function fail(reasons: readonly string[]): void {
    say(`This cannot be simulated:\n${reasons.join("\n")}`, "bad");
    byId("wi-figures").replaceChildren();
    byId("wi-curves").replaceChildren();
    forgetCheck();
    showEdit(null);
    answer.setAttribute("aria-busy", "false");
  }
}

/** Nothing is simulated for readers who never come here. */
function whenNear(section: Element, then: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin: "400px" },
  );
  observer.observe(section);
}

function say(text: string, tone: string): void {
  const summary = byId("wi-summary");
  summary.textContent = text;
  summary.className = tone;
}

function showFigures(base: Simulated, now: Simulated | null, startUtcMs: number): void {
  const was = figuresOf(base.result, startUtcMs);
  const is = now === null ? null : figuresOf(now.result, startUtcMs);
  const cell = (kind: string, { name, text, value }: (typeof was)[number]): HTMLElement =>
    html("td", { class: kind, "data-figure": name, "data-value": value }, text);
  const heads = ["figure", base.result.name, ...(is === null ? [] : ["what if"])];
  byId("wi-figures").replaceChildren(
    html("thead", {}, html("tr", {}, ...heads.map((text) => html("th", { scope: "col" }, text)))),
    html(
      "tbody",
      {},
      ...was.map((figure, k) =>
        html(
          "tr",
          {},
          html("th", { scope: "row" }, figure.label),
          cell(is === null ? "" : "was", figure),
          ...(is === null ? [] : [cell("now", is[k]!)]),
        ),
      ),
    ),
  );
}

function showEdit(edit: Edit | null): void {
  byId("wi-edit").hidden = edit === null;
  byId("wi-copied").textContent = "";
  byId("wi-yaml").textContent = edit?.yaml ?? "";
  byId("wi-command").textContent = edit?.command ?? "";
}

/** Whether this browser gets what the report tells, and what to compare a run of the command line with. */
function showCheck({ variants }: WhatIfData, variant: string, { base, whatIf }: Traced): void {
  const same = variants.find(({ name }) => name === variant)!.traceSha256 === base;
  const check = byId("wi-check");
  check.className = same ? "soft" : "bad";
  check.dataset["trace"] = whatIf ?? base;
  check.textContent = same
    ? `This browser simulates ${variant} as the report tells it, to the hash of its trace. traceSha256 of what is shown: ${whatIf ?? base}`
    : `This browser simulates ${variant} otherwise than the report tells it: believe the report.`;
}

function forgetCheck(): void {
  const check = byId("wi-check");
  check.textContent = "";
  delete check.dataset["trace"];
}

function startCopying(): void {
  byId("wi-copy").addEventListener("click", () => {
    const yaml = byId("wi-yaml");
    const say = (text: string): void => {
      byId("wi-copied").textContent = text;
    };
    const select = (): void => {
      getSelection()?.selectAllChildren(yaml);
      say("It is selected: copy it with your keyboard.");
    };
    // Absent where a page is no secure context, refused where the reader said so.
    if (navigator.clipboard === undefined) select();
    else navigator.clipboard.writeText(yaml.textContent ?? "").then(() => say("Copied."), select);
  });
}
