/** Ctrl-C: heard by this thread, and seen by every worker that holds the flag. */
export interface Interruption {
  /** One Int32: 1 as soon as somebody pressed Ctrl-C. */
  readonly flag: SharedArrayBuffer;
  readonly happened: boolean;
  /** Ctrl-C ends the program again. */
  ignore(): void;
}

export function listenForInterruption(): Interruption {
  const flag = new SharedArrayBuffer(4);
  let happened = false;
  const heard = (): void => {
    happened = true;
    Atomics.store(new Int32Array(flag), 0, 1);
  };
  process.on("SIGINT", heard);
  return {
    flag,
    get happened() {
      return happened;
    },
    ignore: () => {
      process.off("SIGINT", heard);
    },
  };
}
