/** A manager of the user's own that is broken: the user's mistake, told in Issues, wherever in a run it shows. */
import type { Issue } from "../base/issue.js";
import { type Problem, pathText } from "./problems.js";

/** Ends a run from inside a manager's function; whoever runs it reports the issues. */
export class ManagerFault extends Error {
  override readonly name = "ManagerFault";

  constructor(
    readonly issues: readonly Issue[],
    /** What it was asked, in full. */
    readonly request: string | null = null,
    /** What it threw, where it did. */
    cause?: unknown,
  ) {
    super(issues.map((issue) => issue.message).join("; "), cause === undefined ? undefined : { cause });
  }
}

/** Enough of a long text to recognize it. */
export const shorten = (text: string, length = 400): string =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;

export interface FaultContext {
  /** How the user knows it: a path or a command. */
  readonly label: string;
  /** Name in the scenario; null before it works for any. */
  readonly manager: string | null;
  readonly request: () => string;
}

const subject = ({ manager }: FaultContext): string =>
  manager === null ? "this manager" : `manager ${manager}`;

export function fault(
  context: FaultContext,
  code: string,
  message: string,
  more: Partial<Pick<Issue, "expected" | "hint" | "path" | "line" | "column">> = {},
  cause?: unknown,
): ManagerFault {
  const request = context.request();
  const asked = request === "" ? {} : { hint: `it was asked: ${shorten(request)}` };
  const issue: Issue = {
    code,
    severity: "error",
    file: context.label,
    message: `${subject(context)} ${message}`,
    ...asked,
    ...more,
  };
  return new ManagerFault([issue], request, cause);
}

/** All that is wrong with one answer, each with its place in it. */
export function wrongAnswer(context: FaultContext, what: string, problems: readonly Problem[]): ManagerFault {
  const request = context.request();
  return new ManagerFault(
    problems.map((problem, k) => ({
      code: "wrong-answer",
      severity: "error",
      file: context.label,
      message: `${subject(context)} gave a wrong ${what}: ${problem.message}`,
      path: pathText([what, ...problem.path]),
      ...(problem.expected === undefined ? {} : { expected: problem.expected }),
      // The request once, under the last problem.
      ...(k === problems.length - 1 && request !== "" ? { hint: `it was asked: ${shorten(request)}` } : {}),
    })),
    request,
  );
}
