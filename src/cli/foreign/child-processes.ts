/**
 * Process ids of planners that run, in memory that all threads share: a thread that is terminated cannot end its own,
 * so the main thread ends what is left.
 */
const slots = 256;

export const childProcesses = (): SharedArrayBuffer => new SharedArrayBuffer(slots * 4);

/** Notes a process; the returned function forgets it. */
export function noteProcess(registry: SharedArrayBuffer, pid: number): () => void {
  const table = new Int32Array(registry);
  for (let slot = 0; slot < slots; slot++) {
    if (Atomics.compareExchange(table, slot, 0, pid) === 0) {
      return () => Atomics.compareExchange(table, slot, pid, 0);
    }
  }
  return () => {};
}

export function endProcesses(registry: SharedArrayBuffer): void {
  const table = new Int32Array(registry);
  for (let slot = 0; slot < slots; slot++) {
    const pid = Atomics.exchange(table, slot, 0);
    if (pid > 0) endGroup(pid);
  }
}

/** With everything that it started: planners lead a process group of their own. */
export function endGroup(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, "SIGKILL");
      return;
    } catch {
      // Gone already, or no groups on this system.
    }
  }
}
