/** The grid as it is now. Pointing at a cell names it. */
import type { ReplayPlayer } from "../../trace/replay/player.js";
import { cellText, rowWords } from "../../trace/replay/words.js";
import { setState, setText } from "./parts.js";

export class GridView {
  private readonly rows: readonly { title: string; words: Element; cells: readonly HTMLElement[] }[];
  private readonly labels: readonly string[];
  private player: ReplayPlayer | null = null;

  /** `regions`: of each column. */
  constructor(
    readonly picture: HTMLElement,
    private readonly regions: readonly number[],
  ) {
    this.labels = [...picture.querySelectorAll<HTMLElement>(".regions th[title]")].map((item) => item.title);
    this.rows = [...picture.querySelectorAll("tbody tr")].map((row) => ({
      title: row.querySelector("b")!.textContent,
      words: row.querySelector("small")!,
      cells: [...row.querySelectorAll<HTMLElement>("td:not(.fill)")],
    }));
    picture.addEventListener("pointerover", ({ target }) => this.name(target));
  }

  /** Returns what it says of each row, for those who do not see it. */
  draw(player: ReplayPlayer): readonly string[] {
    this.player = player;
    return this.rows.map(({ title, words, cells }, row) => {
      setText(words, rowWords(player, row));
      cells.forEach((cell, column) => {
        const shown = player.cell(row, column);
        setState(cell, shown[0]?.state ?? null);
        if (this.regions[column] === 1) return;
        const count = shown.reduce((sum, item) => sum + item.count, 0);
        setText(cell, count === 0 ? "" : String(count));
      });
      return `${title}: ${words.textContent}`;
    });
  }

  private name(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || target.tagName !== "TD" || this.player === null) return;
    const row = this.rows.findIndex(({ cells }) => cells.includes(target));
    if (row < 0) return;
    const column = this.rows[row]!.cells.indexOf(target);
    const state = cellText(this.player.cell(row, column), this.regions[column]!);
    target.title = `${this.labels[column]}, ${this.rows[row]!.title}: ${state}`;
  }
}
