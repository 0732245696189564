/** The elements of the replay that move, found once. */
export interface Parts {
  readonly section: HTMLElement;
  readonly variant: HTMLSelectElement | null;
  readonly previous: HTMLButtonElement;
  readonly play: HTMLButtonElement;
  readonly next: HTMLButtonElement;
  readonly speed: HTMLSelectElement;
  readonly copy: HTMLButtonElement;
  readonly copied: HTMLElement;
  readonly clock: HTMLElement;
  readonly since: HTMLElement;
  readonly fleet: HTMLElement;
  readonly cause: HTMLElement;
  readonly cells: HTMLElement;
  readonly curve: SVGSVGElement;
  readonly slider: HTMLInputElement;
  readonly ticks: SVGSVGElement;
  readonly live: HTMLElement;
  readonly spoken: HTMLElement;
  readonly aggregated: HTMLElement;
  readonly events: HTMLElement;
}

export function partsOf(section: HTMLElement): Parts {
  const part = <T extends Element>(name: string): T => section.querySelector<T>(`.rp-${name}`)!;
  return {
    section,
    variant: part<HTMLSelectElement>("variant"),
    previous: part("previous"),
    play: part("play"),
    next: part("next"),
    speed: part("speed"),
    copy: part("copy"),
    copied: part("copied"),
    clock: part("clock"),
    since: part("since"),
    fleet: part("fleet"),
    cause: part("cause"),
    cells: part("cells"),
    curve: part("curve"),
    slider: part("slider"),
    ticks: part("ticks"),
    live: part("live"),
    spoken: part("spoken"),
    aggregated: part("aggregated"),
    events: part("events"),
  };
}

/** Writes only what is new: most of a frame is as before. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setState(element: Element, state: string | null): void {
  if (element.getAttribute("data-s") === state) return;
  if (state === null) element.removeAttribute("data-s");
  else element.setAttribute("data-s", state);
}
