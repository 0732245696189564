/** The causes of a variant: the list, its marks along the slider, and which one is the current. */
import { formatClock } from "../../base/clock-time.js";
import type { ReplayData } from "../../report/replay/replay-data.js";
import type { Parts } from "./parts.js";
import { setText } from "./parts.js";

type Events = ReplayData["variants"][number]["events"];

const toneOf: Readonly<Record<string, string>> = {
  change: "change",
  error: "damage",
  damage: "damage",
  decision: "decision",
  people: "people",
};

export class EventList {
  private events: Events = [];
  private current = -1;

  constructor(
    private readonly parts: Pick<Parts, "events" | "ticks" | "cause">,
    private readonly startUtcMs: number,
    chosen: (index: number) => void,
  ) {
    parts.events.addEventListener("click", ({ target }) => {
      const item = target instanceof Element ? target.closest("li") : null;
      if (item !== null) chosen([...parts.events.children].indexOf(item));
    });
  }

  show(events: Events): void {
    this.events = events;
    this.current = -1;
    this.parts.events.replaceChildren(...events.map((event) => this.item(event)));
    this.parts.events.scrollTop = 0;
    for (const path of this.parts.ticks.querySelectorAll("path")) {
      const tone = path.getAttribute("class");
      const times = events.filter(([, kind]) => (toneOf[kind] ?? "recovery") === tone).map(([atMs]) => atMs);
      path.setAttribute("d", [...new Set(times)].map((atMs) => `M${atMs} 0v10`).join(""));
    }
  }

  /** The last event that has happened; -1 before the first. */
  lastAt(atMs: number): number {
    let last = -1;
    while (last + 1 < this.events.length && this.events[last + 1]![0] <= atMs) last++;
    return last;
  }

  timeOf(index: number): number | undefined {
    return this.events[index]?.[0];
  }

  textOf(index: number): string {
    return this.events[index]?.[2] ?? "";
  }

  get count(): number {
    return this.events.length;
  }

  mark(index: number): void {
    setText(this.parts.cause, this.textOf(index));
    if (index === this.current) return;
    this.current = index;
    [...this.parts.events.children].forEach((item, k) => {
      item.classList.toggle("ahead", k > index);
      const button = item.firstElementChild!;
      if (k === index) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    this.reveal(index);
  }

  /** Scrolls the list and nothing else: the page stays where the reader has it. */
  private reveal(index: number): void {
    const box = this.parts.events;
    const item = box.children[Math.max(0, index)];
    if (!(item instanceof HTMLElement)) return;
    const top = item.offsetTop;
    const bottom = top + item.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top - 4;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight + 4;
  }

  private item([atMs, kind, text]: Events[number]): HTMLLIElement {
    const item = document.createElement("li");
    item.className = kind;
    const button = document.createElement("button");
    button.type = "button";
    const time = document.createElement("time");
    time.textContent = formatClock(atMs, this.startUtcMs);
    const words = document.createElement("span");
    words.textContent = text;
    button.append(time, document.createElement("i"), words);
    item.append(button);
    return item;
  }
}
