/** Keys while the focus is in the replay; elsewhere on the page they mean what they always mean. */
export type Command = "toggle" | "next" | "previous" | "first" | "last" | { readonly by: number };

/** Null: not ours. An arrow moves by one step, with Shift (and by page keys on the slider) by ten. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return null;
  const { target, key } = event;
  // A list to choose from and a text to copy have their own keys, a button its space, a box that scrolls its arrows.
  if (target.matches("select, input:not([type=range])")) return null;
  const onSlider = target.matches("[type=range]");
  const far = event.shiftKey ? 10 : 1;
  if (key === "n") return "next";
  if (key === "p") return "previous";
  if (key === " " && !target.matches("button")) return "toggle";
  if (target.matches(".scroll")) return null;
  if (key === "Home") return "first";
  if (key === "End") return "last";
  if (key === "ArrowRight" || (onSlider && key === "ArrowUp")) return { by: far };
  if (key === "ArrowLeft" || (onSlider && key === "ArrowDown")) return { by: -far };
  if (onSlider && key === "PageUp") return { by: 10 };
  if (onSlider && key === "PageDown") return { by: -10 };
  return null;
}
