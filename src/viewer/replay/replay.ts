/** Moves the replay: one time and one variant, from the slider, the buttons, the keys, the list or the address. */
import { thousands } from "../../base/format-number.js";
import type { ReplayData } from "../../report/replay/replay-data.js";
import { curveOf } from "../../trace/replay/curve.js";
import { ReplayPlayer } from "../../trace/replay/player.js";
import { clockText, fleetWords, sinceText, spokenInstant } from "../../trace/replay/words.js";
import { copyLink } from "./copy.js";
import { EventList } from "./event-list.js";
import { GraphView } from "./graph-view.js";
import { GridView } from "./grid-view.js";
import { commandOf } from "./keys.js";
import { linkTo, readLink } from "./link.js";
import { type Parts, partsOf, setText } from "./parts.js";
import { PlayClock } from "./playing.js";

/** The address is written at most so often: browsers refuse more, and say so in the console. */
const addressEveryMs = 500;

export function startReplay(data: ReplayData | null): void {
  const section = document.querySelector<HTMLElement>(".replay");
  if (data !== null && section !== null) new Replay(data, partsOf(section)).begin();
}

class Replay {
  private readonly graphs: readonly GraphView[];
  private readonly grids: readonly GridView[];
  private readonly list: EventList;
  private readonly players = new Map<number, ReplayPlayer>();
  private readonly clock = new PlayClock({ flow: (ms) => this.flow(ms), step: () => this.step(1) });
  private variant = -1;
  private atMs = 0;
  /** The cause that is current: several can share an instant. */
  private cause = -1;
  private moved = false;
  private addressTimer = 0;

  constructor(
    private readonly data: ReplayData,
    private readonly parts: Parts,
  ) {
    const { section } = parts;
    this.graphs = [...section.querySelectorAll(".rp-graph")].map((picture) => new GraphView(picture));
    this.grids = [...section.querySelectorAll<HTMLElement>(".rp-grid")].map(
      (picture, k) => new GridView(picture, data.grids[k]!.columns),
    );
    this.list = new EventList(parts, data.startUtcMs, (index) => this.goToCause(index));
  }

  begin(): void {
    this.listen();
    if (!this.follow()) {
      this.showVariant(0);
      this.seek(this.data.variants[0]!.worstMs);
    }
    const { section } = this.parts;
    for (const item of section.querySelectorAll<HTMLButtonElement>(":disabled")) item.disabled = false;
  }

  private listen(): void {
    const { parts } = this;
    parts.slider.addEventListener("input", () => this.userSeek(Number(parts.slider.value)));
    parts.play.addEventListener("click", () => this.toggle());
    parts.next.addEventListener("click", () => this.userStep(1));
    parts.previous.addEventListener("click", () => this.userStep(-1));
    parts.copy.addEventListener("click", () => this.copy());
    parts.variant?.addEventListener("change", () => {
      this.showVariant(parts.variant!.selectedIndex);
      this.seek(this.atMs);
      this.say();
      this.writeAddress();
    });
    parts.section.addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.follow());
  }

  /** Goes where the address points; false where it points to no moment. */
  private follow(): boolean {
    const { atMs, variant } = readLink(location.hash);
    const index = this.data.variants.findIndex(({ name }) => name === variant);
    if (atMs === undefined && index < 0) return false;
    this.pause();
    this.showVariant(index >= 0 ? index : Math.max(0, this.variant));
    this.moved = true;
    this.seek(atMs ?? this.data.variants[this.variant]!.worstMs);
    this.parts.section.previousElementSibling?.scrollIntoView();
    return true;
  }

  private showVariant(index: number): void {
    if (index === this.variant) return;
    this.variant = index;
    const { parts, data } = this;
    const variant = data.variants[index]!;
    if (parts.variant !== null) parts.variant.selectedIndex = index;
    for (const [k, { picture }] of this.graphs.entries())
      picture.toggleAttribute("hidden", k !== variant.graph);
    for (const [k, { picture }] of this.grids.entries())
      picture.toggleAttribute("hidden", k !== variant.grid);
    setText(parts.aggregated, variant.aggregated);
    this.list.show(variant.events);
    const { cells } = data.grids[variant.grid]!;
    setText(parts.cells, thousands(cells));
    parts.curve.setAttribute("viewBox", `0 0 ${data.endMs / 1000} ${cells}`);
    const { down, hurt } = curveOf(this.player(), cells);
    parts.curve.querySelector(".down")!.setAttribute("d", down);
    parts.curve.querySelector(".hurt")!.setAttribute("d", hurt);
  }

  private player(): ReplayPlayer {
    let player = this.players.get(this.variant);
    if (player === undefined) {
      const variant = this.data.variants[this.variant]!;
      player = new ReplayPlayer(variant, this.data.grids[variant.grid]!);
      this.players.set(this.variant, player);
    }
    return player;
  }

  /** Shows an instant; `cause` where one of several at that instant is meant. */
  private seek(atMs: number, cause?: number): void {
    const { data, parts } = this;
    this.atMs = Math.min(data.endMs, Math.max(0, Math.round(atMs)));
    const variant = data.variants[this.variant]!;
    const { regions } = data.grids[variant.grid]!;
    const player = this.player();
    player.seek(this.atMs);
    this.graphs[variant.graph]!.draw(player, variant.totals);
    const rows = this.grids[variant.grid]!.draw(player);
    const since = sinceText(this.atMs);
    const clock = clockText(this.atMs, data.startUtcMs);
    setText(parts.clock, clock ?? `+${since}`);
    setText(parts.since, clock === null ? "after the start" : `${since} after the start`);
    setText(parts.fleet, fleetWords(player, regions));
    parts.slider.value = String(this.atMs);
    // Who listens hears of steps; a slider that spoke at every frame of playing would never stop.
    if (!this.clock.runs) {
      const spoken = spokenInstant(this.atMs, data.startUtcMs, player, regions);
      parts.slider.setAttribute("aria-valuetext", spoken);
      this.fillSpoken(rows);
    }
    this.cause = cause ?? this.list.lastAt(this.atMs);
    this.list.mark(this.cause);
  }

  private fillSpoken(rows: readonly string[]): void {
    const { spoken } = this.parts;
    if (spoken.children.length !== rows.length)
      spoken.replaceChildren(...rows.map(() => document.createElement("li")));
    for (const [k, text] of rows.entries()) setText(spoken.children[k]!, text);
  }

  private userSeek(atMs: number): void {
    this.pause();
    this.moved = true;
    this.seek(atMs);
    this.writeAddress();
  }

  private userStep(by: 1 | -1): void {
    this.pause();
    this.step(by);
    this.say();
  }

  private step(by: 1 | -1): void {
    const next = this.cause + by;
    if (by > 0 && next >= this.list.count) {
      this.pause();
      return;
    }
    this.goTo(Math.max(0, next));
  }

  private goToCause(index: number): void {
    this.pause();
    this.goTo(index);
    this.say();
  }

  private goTo(index: number): void {
    this.moved = true;
    this.seek(this.list.timeOf(index) ?? 0, index);
    this.writeAddress();
  }

  /** Into the polite live region: where we are, why, and how it is there. */
  private say(): void {
    const text = this.list.textOf(this.cause);
    this.parts.live.textContent = `${this.parts.slider.getAttribute("aria-valuetext")}. ${text}`;
  }

  private toggle(): void {
    if (this.clock.runs) {
      this.pause();
      return;
    }
    // The page opens at the worst moment; whoever then plays wants to see it come.
    if (!this.moved || this.atMs >= this.data.endMs || this.cause >= this.list.count - 1) this.seek(0, -1);
    this.moved = true;
    this.clock.start();
    setText(this.parts.play, this.clock.runs ? "Pause" : "Play");
  }

  private pause(): void {
    if (!this.clock.runs) return;
    this.clock.stop();
    setText(this.parts.play, "Play");
    this.seek(this.atMs, this.cause);
    this.writeAddress();
  }

  private flow(ms: number): void {
    this.seek(this.atMs + (ms / 1000) * Number(this.parts.speed.value));
    if (this.atMs >= this.data.endMs) this.pause();
    else this.writeAddress();
  }

  private key(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (command === null) return;
    event.preventDefault();
    if (command === "toggle") this.toggle();
    else if (command === "next") this.userStep(1);
    else if (command === "previous") this.userStep(-1);
    else {
      const { endMs, stepMs } = this.data;
      this.userSeek(command === "first" ? 0 : command === "last" ? endMs : this.atMs + command.by * stepMs);
    }
  }

  private address(): string {
    return linkTo(location.hash, this.atMs, this.data.variants[this.variant]!.name);
  }

  private writeAddress(): void {
    this.parts.copied.replaceChildren();
    if (this.addressTimer !== 0) return;
    this.addressTimer = window.setTimeout(() => {
      this.addressTimer = 0;
      history.replaceState(history.state, "", this.address());
    }, addressEveryMs);
  }

  private copy(): void {
    const link = new URL(this.address(), location.href).href;
    history.replaceState(history.state, "", this.address());
    void copyLink(this.parts, link);
  }
}
