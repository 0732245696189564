/** The controls: what they are set to, as settings, and what they show of a run. A setting that the variant has anyway is none. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import { byId } from "./dom.js";
import type { ManagerSettings, ManagerState, Settings, State } from "./protocol.js";

const factors = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
const ladder = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

type Changes = { -readonly [K in keyof ManagerSettings]?: ManagerSettings[K] | undefined };

export class Controls {
  settings: Settings = {};
  private base: State | null = null;
  private now: State | null = null;
  private readonly variantBox = byId<HTMLSelectElement>("wi-variant");
  private readonly crews = byId<HTMLInputElement>("wi-crews");
  private readonly diagnosis = byId<HTMLInputElement>("wi-diagnosis");
  private readonly batch = byId<HTMLSelectElement>("wi-batch");
  private readonly resetButton = byId<HTMLButtonElement>("wi-reset");
  private readonly manager: ManagerControls | null;

  /** `changed` is called after every movement of a control. */
  constructor(private readonly changed: () => void) {
    this.manager =
      document.getElementById("wi-manager") === null
        ? null
        : new ManagerControls((name, changes) => {
            const before = this.settings.managers?.[name] ?? {};
            const managers = { ...this.settings.managers, [name]: lacking({ ...before, ...changes }) };
            this.set({ managers });
          });
    this.variantBox.addEventListener("change", () => this.reset());
    this.resetButton.addEventListener("click", () => this.reset());
    this.crews.addEventListener("input", () => {
      this.set({ crews: unless(Number(this.crews.value), this.base!.crews) });
    });
    this.diagnosis.addEventListener("input", () => {
      this.set({ diagnosis: unless(factors[Number(this.diagnosis.value)]!, 1) });
    });
    this.batch.addEventListener("change", () => {
      this.set({ batch: unless(this.batch.value as State["batch"], this.base!.batch) });
    });
    byId("what-if")
      .querySelector("form")!
      .addEventListener("submit", (event) => event.preventDefault());
  }

  get variant(): string {
    return this.variantBox.value;
  }

  /** What a run has: that of the variant, and that of the settings. */
  show(base: State, now: State): void {
    byId("what-if").querySelector("form")!.inert = false;
    this.base = base;
    this.now = now;
    this.crews.max = String(Math.max(12, 2 * base.crews));
    this.crews.value = String(now.crews);
    this.diagnosis.min = "0";
    this.diagnosis.max = String(factors.length - 1);
    this.diagnosis.value = String(factors.indexOf(this.settings.diagnosis ?? 1));
    this.batch.value = now.batch;
    this.manager?.show(base, now, this.settings);
    this.tell();
  }

  private reset(): void {
    this.settings = {};
    if (this.base !== null) this.show(this.base, this.base);
    this.changed();
  }

  private set(changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }): void {
    this.settings = lacking({ ...this.settings, ...changes }) as Settings;
    this.tell();
    this.changed();
  }

  /** The words beside the controls, which follow the hand and not the answer. */
  private tell(): void {
    const { base, now, settings } = this;
    if (base === null || now === null) return;
    const crews = settings.crews ?? base.crews;
    said(this.crews, `${crews}${crews === base.crews ? "" : ` instead of ${base.crews}`}`);
    const factor = settings.diagnosis ?? 1;
    const times = factor === 1 ? "" : `${factor} times as long: `;
    const half = formatHoursMinutes(base.diagnoseP50Ms * factor);
    const most = formatHoursMinutes(base.diagnoseP90Ms * factor);
    said(this.diagnosis, `${times}half within ${half}, 9 of 10 within ${most}`);
    this.manager?.tell(base, settings);
    this.resetButton.disabled = Object.keys(settings).length === 0;
  }
}

/** Those of the manager that is chosen; the others keep their settings. */
class ManagerControls {
  private readonly name = byId<HTMLSelectElement>("wi-manager");
  private readonly model = byId<HTMLSelectElement>("wi-model");
  private readonly parallelism = byId<HTMLInputElement>("wi-parallelism");
  private readonly wave = byId<HTMLInputElement>("wi-wave");
  private readonly guards = byId<HTMLDetailsElement>("wi-guards");
  private readonly boxes = [...this.guards.querySelectorAll<HTMLInputElement>("input")];
  private steps: readonly number[] = ladder;
  private shown: readonly [State, State, Settings] | null = null;

  constructor(private readonly change: (name: string, changes: Changes) => void) {
    this.name.addEventListener("change", () => {
      if (this.shown !== null) this.show(...this.shown);
    });
    this.model.addEventListener("change", () => {
      this.change(this.name.value, { model: unless(this.model.value, this.base.model) });
    });
    this.parallelism.addEventListener("input", () => {
      const value = this.steps[Number(this.parallelism.value)]!;
      this.change(this.name.value, { parallelism: unless(value, this.base.parallelism) });
    });
    this.wave.addEventListener("input", () => {
      this.change(this.name.value, { wave: unless(Number(this.wave.value), this.base.wave) });
    });
    for (const box of this.boxes) box.addEventListener("change", () => this.toggle(box));
  }

  private get base(): ManagerState {
    return managerOf(this.shown![0], this.name.value);
  }

  private toggle(box: HTMLInputElement): void {
    const set = this.shown![2].managers?.[this.name.value] ?? {};
    const { [box.value]: _, ...others } = set.guards ?? {};
    // Of another model nobody knows here what it has without being told.
    const asBefore = set.model === undefined && this.base.guards.includes(box.value) === box.checked;
    const guards = asBefore ? others : { ...others, [box.value]: box.checked };
    this.change(this.name.value, { guards: Object.keys(guards).length === 0 ? undefined : guards });
  }

  show(base: State, now: State, settings: Settings): void {
    this.shown = [base, now, settings];
    const state = managerOf(now, this.name.value);
    this.model.value = state.model;
    byId("wi-about").textContent = state.about;
    this.steps = [...new Set([...ladder, this.base.parallelism, state.parallelism])].sort((a, b) => a - b);
    this.parallelism.min = "0";
    this.parallelism.max = String(this.steps.length - 1);
    this.parallelism.value = String(this.steps.indexOf(state.parallelism));
    this.wave.max = String(now.regionGroups);
    this.wave.value = String(state.wave);
    this.wave.disabled = now.regionGroups === 1 || state.guards.includes("cells");
    for (const box of this.boxes) box.checked = state.guards.includes(box.value);
    this.tell(base, settings);
  }

  tell(base: State, settings: Settings): void {
    this.shown = [base, this.shown![1], settings];
    const state = managerOf(this.shown[1], this.name.value);
    const set = settings.managers?.[this.name.value] ?? {};
    said(this.parallelism, `${thousands(set.parallelism ?? state.parallelism)} at a time`);
    const groups = base.regionGroups;
    const wave = this.wave.disabled ? state.wave : Number(this.wave.value);
    const all = groups === 1 ? "the one region group" : `all ${groups} region groups at once`;
    const why = state.guards.includes("cells") ? ", by the guard cells" : "";
    said(this.wave, wave >= groups ? all : `${wave} of ${groups} region groups${why}`);
    const on = this.boxes.filter((box) => box.checked).map((box) => box.value);
    this.guards.querySelector("summary")!.textContent =
      on.length === 0 ? "Guards: none" : `Guards: ${on.join(", ")}`;
  }
}

const managerOf = (state: State, name: string): ManagerState =>
  state.managers.find((manager) => manager.name === name)!;

/** What differs from the variant; undefined where it does not. */
const unless = <T>(value: T, base: T): T | undefined => (value === base ? undefined : value);

/** Without the keys that say nothing. */
function lacking(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      if (value === undefined) return [];
      if (key !== "managers") return [[key, value]];
      const managers = Object.entries(value as object).filter(([, set]) => Object.keys(set).length > 0);
      return managers.length === 0 ? [] : [[key, Object.fromEntries(managers)]];
    }),
  );
}

/** Beside a slider, and to who hears it instead of the bare number. */
function said(slider: HTMLInputElement, text: string): void {
  slider.setAttribute("aria-valuetext", text);
  const output = slider.parentElement!.querySelector("output")!;
  output.textContent = text;
}
