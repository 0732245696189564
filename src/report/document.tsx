/** The frame of every page: one self-contained HTML file, no script, no request, one style sheet named by its hash. */
import type { ComponentChildren } from "preact";
import { renderToStaticMarkup } from "preact-render-to-string";

export interface DocumentFrame {
  readonly title: string;
  /** Version that wrote it. */
  readonly version: string;
  readonly style: string;
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
}

export function htmlDocument(
  { title, version, style, sha256Base64 }: DocumentFrame,
  body: ComponentChildren,
): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256Base64(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content={`fleetquake ${version}`} />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>{body}</body>
    </html>,
  );
  return `<!doctype html>\n${page}\n`;
}
