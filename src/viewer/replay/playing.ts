/** Lets time pass: smoothly, or from cause to cause for who wants less motion. */

/** How long a cause is shown where time does not flow. */
const pauseMs = 1_500;

export interface Playing {
  /** Real milliseconds have passed. */
  readonly flow: (ms: number) => void;
  readonly step: () => void;
}

export class PlayClock {
  private frame = 0;
  private timer = 0;
  private before: number | null = null;

  constructor(private readonly playing: Playing) {}

  get runs(): boolean {
    return this.frame !== 0 || this.timer !== 0;
  }

  start(): void {
    if (this.runs) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.playing.step();
      this.timer = window.setInterval(() => this.playing.step(), pauseMs);
    } else {
      this.before = null;
      this.frame = requestAnimationFrame(this.tick);
    }
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    clearInterval(this.timer);
    this.frame = 0;
    this.timer = 0;
  }

  private readonly tick = (now: number): void => {
    this.frame = requestAnimationFrame(this.tick);
    // A page in the background gets no frames: the time it was away does not count.
    if (this.before !== null) this.playing.flow(Math.min(100, now - this.before));
    this.before = now;
  };
}
