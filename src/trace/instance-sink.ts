/** The frequent events of a run in numbers: instance, capability and region are indices of the compiled fleet. */
export const instanceEvents = [
  "removed",
  "stopped",
  "crashed",
  "deploying",
  "running",
  "down",
  "up",
] as const;
export type InstanceEventName = (typeof instanceEvents)[number];

/** Index into `instanceEvents`, by name. */
export const kindOf: Readonly<Record<InstanceEventName, number>> = {
  removed: 0,
  stopped: 1,
  crashed: 2,
  deploying: 3,
  running: 4,
  down: 5,
  up: 6,
};

export const downReasons = ["removed", "stopped", "crashed", "dependency", "updating"] as const;
export const downReasonOf = { removed: 0, stopped: 1, crashed: 2, dependency: 3, updating: 4 } as const;

/**
 * detail and extra by kind. removed, stopped: index into `causes`, and (manager index + 1) * 2 + (data lost ? 1 : 0).
 * deploying: manager index or -1 for people, and 1 when by hand. down: index into `downReasons`, and the service index
 * that is missing or -1. Others: 0.
 */
export interface InstanceSink {
  instance(
    id: number,
    t: number,
    kind: number,
    instance: number,
    because: number,
    detail: number,
    extra: number,
  ): void;
  quality(
    id: number,
    t: number,
    capability: number,
    region: number,
    success: number,
    served: number,
    because: number,
  ): void;
}
