/** Where the program talks: results on stdout, everything else on stderr; colours only where a person looks. */
import { styleText } from "node:util";
import { formatIssue, type Issue } from "../base/issue.js";

export interface ConsoleOptions {
  readonly quiet: boolean;
  readonly json: boolean;
  readonly color: boolean;
}

type Style = Parameters<typeof styleText>[0];

export class Console {
  private progressShown = false;

  constructor(private readonly options: ConsoleOptions) {}

  /** Machine output: the only thing on stdout with --json. */
  json(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  say(text: string): void {
    if (this.options.json || this.options.quiet) return;
    this.clearProgress();
    process.stdout.write(`${text}\n`);
  }

  warn(text: string): void {
    this.clearProgress();
    process.stderr.write(`${text}\n`);
  }

  issues(issues: readonly Issue[]): void {
    for (const issue of issues) {
      this.warn(this.paint(issue.severity === "error" ? "red" : "yellow", formatIssue(issue)));
    }
  }

  /** Overwrites itself; only on a terminal. */
  progress(text: string): void {
    if (this.options.quiet || !process.stderr.isTTY) return;
    process.stderr.write(`\r\u001b[K${text}`);
    this.progressShown = true;
  }

  /** A bar before the text. */
  progressBar(done: number, until: number, text: string): void {
    const cells = 20;
    const full = until === 0 ? cells : Math.round((cells * done) / until);
    this.progress(`${"█".repeat(full)}${"░".repeat(cells - full)} ${done}/${until} ${text}`);
  }

  clearProgress(): void {
    if (!this.progressShown) return;
    process.stderr.write("\r\u001b[K");
    this.progressShown = false;
  }

  paint(style: Style, text: string): string {
    return this.options.color ? styleText(style, text) : text;
  }
}
