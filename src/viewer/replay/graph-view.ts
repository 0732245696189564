/** The graph as it is now: outline, mark, words and bar of every box. */
import type { ReplayPlayer } from "../../trace/replay/player.js";
import { nodeNow } from "../../trace/replay/words.js";
import { setState, setText } from "./parts.js";

interface Box {
  readonly group: Element;
  readonly mark: Element;
  readonly text: Element;
  readonly bar: Element;
  readonly barWidth: number;
}

export class GraphView {
  private readonly boxes: readonly Box[];

  constructor(readonly picture: Element) {
    this.boxes = [...picture.querySelectorAll(".rp-node")].map((group) => {
      const bar = group.querySelector(".serving")!;
      return {
        group,
        mark: group.querySelector("use")!,
        text: group.querySelector(".state")!,
        bar,
        barWidth: Number(bar.getAttribute("data-width")),
      };
    });
  }

  draw(player: ReplayPlayer, totals: readonly number[]): void {
    this.boxes.forEach(({ group, mark, text, bar, barWidth }, n) => {
      const total = totals[n]!;
      const { state, text: words } = nodeNow(player.node(n), total);
      if (text.textContent === words && group.getAttribute("data-s") === state) return;
      setState(group, state);
      mark.setAttribute("href", `#rp-${state}`);
      setText(text, words);
      const share = total === 0 ? 1 : player.serving(n) / total;
      const begin = bar.getAttribute("d")!.replace(/h.*$/, "");
      bar.setAttribute("d", `${begin}h${Math.round(barWidth * share * 100) / 100}`);
    });
  }
}
