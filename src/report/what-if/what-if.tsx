/** The frame of "what if": controls and empty places that the script of the page fills. Without script it stays hidden. */
import type { ComponentChildren } from "preact";
import type { Offered, WhatIfModel } from "./what-if-data.js";

export function WhatIf({ model }: { model: WhatIfModel | null }) {
  if (model === null) return null;
  if (model.kind === "refused")
    return (
      <section class="what-if">
        <h3>What if</h3>
        <p class="soft">Other settings cannot be simulated inside this page: {model.reason}.</p>
      </section>
    );
  return (
    <section class="what-if" id="what-if" aria-labelledby="wi-title" hidden>
      <h3 id="wi-title">What if</h3>
      <p>
        The simulator is inside this page. Change something, and it runs the scenario again, offline, with
        seed {model.data.seed}; the figures are those of the command line.
      </p>
      {/* Nothing can be set before it is known what there is. */}
      <form autocomplete="off" inert>
        <div>
          <fieldset>
            <legend>Start from</legend>
            <Row id="wi-variant" label="variant">
              <select id="wi-variant">
                {model.data.variants.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </Row>
            <button type="button" id="wi-reset" disabled>
              Reset to the variant
            </button>
          </fieldset>
          <fieldset>
            <legend>People</legend>
            <Slider id="wi-crews" label="crews that repair at the same time" />
            <Slider id="wi-diagnosis" label="time to diagnose" />
            <Row id="wi-batch" label="a crew takes on a service in">
              <select id="wi-batch">
                <option value="region">one region at a time</option>
                <option value="group">all regions of a group at once</option>
              </select>
            </Row>
          </fieldset>
        </div>
        {model.managers.length === 0 ? null : <Manager model={model} />}
      </form>
      <Answer />
    </section>
  );
}

function Manager({ model }: { model: Extract<WhatIfModel, { kind: "offered" }> }) {
  return (
    <fieldset>
      <legend>Manager</legend>
      <Row id="wi-manager" label="manager">
        <select id="wi-manager">
          {model.managers.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </Row>
      <Row id="wi-model" label="behaves like">
        <select id="wi-model" aria-describedby="wi-about">
          <optgroup label="kinds of managers">
            <Models of={model.models} />
          </optgroup>
          <optgroup label="managers that people run">
            <Models of={model.presets} />
          </optgroup>
        </select>
      </Row>
      <p class="soft" id="wi-about" />
      <Slider id="wi-parallelism" label="instances it works on at the same time" />
      <Slider id="wi-wave" label="how far a change reaches at a time" />
      <details id="wi-guards">
        <summary>Guards: none</summary>
        <ul>
          {model.guards
            .filter(({ name }) => name !== "waves")
            .map(({ name, about }) => (
              <li key={name}>
                <label>
                  <input type="checkbox" name="guard" value={name} />
                  <span>
                    <code>{name}</code> <small>{about}</small>
                  </span>
                </label>
              </li>
            ))}
        </ul>
      </details>
    </fieldset>
  );
}

const Models = ({ of }: { of: readonly Offered[] }) => (
  <>
    {of.map(({ name }) => (
      <option key={name}>{name}</option>
    ))}
  </>
);

function Row({ id, label, children }: { id: string; label: string; children: ComponentChildren }) {
  return (
    <div class="wi-row">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}

function Slider({ id, label }: { id: string; label: string }) {
  return (
    <Row id={id} label={label}>
      <input type="range" id={id} min="1" max="1" step="1" />
      <output for={id} />
    </Row>
  );
}

/** Where answers go. What is said in the status line is read aloud when it changes. */
function Answer() {
  return (
    <div id="wi-answer" aria-busy="true">
      <p role="status" id="wi-summary" />
      <div id="wi-curves" />
      <div class="scroll" tabIndex={0} role="group" aria-label="figures of what if">
        <table id="wi-figures" />
      </div>
      <div id="wi-edit" hidden>
        <h4>The same on the command line</h4>
        <p class="soft">Put this into the scenario's file as one more variant:</p>
        <pre tabIndex={0} id="wi-yaml" />
        <p class="soft">and run it:</p>
        <pre tabIndex={0} id="wi-command" />
        <button type="button" id="wi-copy">
          Copy the variant
        </button>{" "}
        <span role="status" id="wi-copied" class="soft" />
      </div>
      <p class="soft" id="wi-check" />
    </div>
  );
}
