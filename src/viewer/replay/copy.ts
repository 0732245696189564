/** Copies a link; where the browser does not allow it, the link is there to be copied by hand. */
import type { Parts } from "./parts.js";

export async function copyLink({ copied }: Pick<Parts, "copied">, link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    copied.textContent = "Copied.";
  } catch {
    const field = document.createElement("input");
    field.readOnly = true;
    field.value = link;
    field.setAttribute("aria-label", "Link to this moment, to be copied");
    copied.replaceChildren(field);
    field.focus();
    field.select();
  }
}
