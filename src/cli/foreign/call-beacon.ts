/**
 * Shows the main thread which call of a user's function a worker is in, so that one that never returns is noticed and
 * its thread ended. Two integers: how many calls there were, and whose is running (0: nobody's).
 */
export const callBeacon = (): SharedArrayBuffer => new SharedArrayBuffer(8);

export function signalCalls(beacon: SharedArrayBuffer, owner: number): { enter(): void; leave(): void } {
  const cells = new Int32Array(beacon);
  return {
    enter() {
      Atomics.add(cells, 0, 1);
      Atomics.store(cells, 1, owner);
    },
    leave: () => Atomics.store(cells, 1, 0),
  };
}

/** Whose call is running now; 0: nobody's. */
export const runningCall = (beacon: SharedArrayBuffer): number => Atomics.load(new Int32Array(beacon), 1);

/** Looks now and then; tells once whose call has lasted longer than the limit. Returns how to stop looking. */
export function watchCalls(
  beacon: SharedArrayBuffer,
  limitMs: number,
  stuck: (owner: number) => void,
): () => void {
  const cells = new Int32Array(beacon);
  let lastCall = -1;
  let sinceMs = 0;
  const timer = setInterval(
    () => {
      const call = Atomics.load(cells, 0);
      const owner = Atomics.load(cells, 1);
      const nowMs = performance.now();
      if (owner === 0 || call !== lastCall) {
        lastCall = call;
        sinceMs = nowMs;
      } else if (nowMs - sinceMs > limitMs) {
        clearInterval(timer);
        stuck(owner);
      }
    },
    Math.max(20, Math.min(250, limitMs / 4)),
  );
  return () => clearInterval(timer);
}
