/** Exit codes that scripts rely on. */
export const exitCode = {
  ok: 0,
  violated: 1,
  wrongInput: 2,
  noVerdict: 3,
  bug: 70,
  interrupted: 130,
} as const;

/** Which one counts when several apply. */
const severity = [exitCode.bug, exitCode.wrongInput, exitCode.violated, exitCode.noVerdict, exitCode.ok];

export const worst = (codes: readonly number[]): number =>
  codes.includes(exitCode.interrupted)
    ? exitCode.interrupted
    : (severity.find((code) => codes.includes(code)) ?? exitCode.ok);
