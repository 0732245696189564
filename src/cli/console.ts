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

  /** All errors, and of each kind of warning the first few: a chart that is not rendered is not told fifty times. */
  issuesInShort(issues: readonly Issue[], each = 3): void {
    const errors = issues.filter(({ severity }) => severity === "error");
    const warnings = issues.filter(({ severity }) => severity === "warning");
    for (const code of new Set(warnings.map((issue) => issue.code))) {
      const alike = warnings.filter((issue) => issue.code === code);
      // One line more says less than the issue itself.
      const shown = alike.length <= each + 1 ? alike : alike.slice(0, each);
      this.issues(shown);
      const left = alike.length - shown.length;
      if (left > 0) this.warn(this.paint("yellow", `  and ${left} more of ${code} (all: --json)`));
    }
    this.issues(errors);
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
