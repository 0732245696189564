/**
 * What a pending-event queue does. The order is total: due time, then priority, then the order of scheduling.
 * A popped event is left in fields, so that nothing is allocated for it.
 */
export type EventHandle = number;

export interface EventQueue {
  /** Events that are neither popped nor cancelled. */
  readonly size: number;
  /** Of the event popped last: whole ms, 0..7, a handler index, and its argument. */
  readonly dueMs: number;
  readonly priority: number;
  readonly handler: number;
  readonly argument: number;
  /** dueMs: a whole number up to 2^53; priority: 0 (first) to 7. */
  push(dueMs: number, priority: number, handler: number, argument: number): EventHandle;
  /** False, and nothing popped, when the queue is empty or the next event is due after the limit. */
  pop(limitMs?: number): boolean;
  /** False when the event was popped or cancelled before: a handle never means a later event in the same slot. */
  cancel(handle: EventHandle): boolean;
  clear(): void;
}
