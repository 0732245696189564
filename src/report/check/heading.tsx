/** A heading one deeper where the page holds several searches. */
import type { ComponentChildren } from "preact";

export type HeadingLevel = 2 | 3 | 4 | 5;

export function Level({ level, children }: { level: HeadingLevel; children: ComponentChildren }) {
  const Tag = `h${level}` as const;
  return <Tag>{children}</Tag>;
}
