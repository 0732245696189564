/** Analytic code against the exact value: equal to a relative 1e-9, which no coincidence passes. */
import { expect } from "vitest";

export function exactly(found: number, exact: number): void {
  const error = exact === 0 ? Math.abs(found) : Math.abs(found / exact - 1);
  expect(error, `${found} for ${exact}`).toBeLessThan(1e-9);
}
