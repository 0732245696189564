/**
 * The frame of every page: one self-contained HTML file that asks for nothing. Its policy names the one style sheet and,
 * where the page moves, the one script by their hashes; nothing is evaluated. The script may start workers from the page itself.
 */
import type { ComponentChildren } from "preact";
import { renderToStaticMarkup } from "preact-render-to-string";

export interface DocumentFrame {
  readonly title: string;
  /** Version that wrote it. */
  readonly version: string;
  readonly style: string;
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
  /** What moves the page, and what it reads; the page is whole without it. */
  readonly viewer?: { readonly script: string; readonly data: unknown } | undefined;
}

export function htmlDocument(
  { title, version, style, sha256Base64, viewer }: DocumentFrame,
  body: ComponentChildren,
): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256Base64(style)}'`,
    ...(viewer === undefined
      ? []
      : [`script-src 'sha256-${sha256Base64(viewer.script)}'`, "worker-src blob:"]),
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
      <body>
        {body}
        {viewer === undefined ? null : (
          <>
            <script
              type="application/json"
              id="report-data"
              dangerouslySetInnerHTML={{ __html: inertJson(viewer.data) }}
            />
            <script dangerouslySetInnerHTML={{ __html: viewer.script }} />
          </>
        )}
      </body>
    </html>,
  );
  return `<!doctype html>\n${page}\n`;
}

/** JSON that no name inside can end: a `<` is written as its escape. */
const inertJson = (data: unknown): string => JSON.stringify(data).replaceAll("<", "\\u003c");
