/** Small pieces that the sections of an estimate share. */
import type { ComponentChildren } from "preact";
import { type HeadingLevel, Level } from "../check/heading.js";
import type { WidthsChart } from "./row-chart.js";

/** For a screen reader one image with a name, and what can be read from it below. */
export function Picture({
  chart,
  level,
  children,
}: {
  chart: WidthsChart | null;
  level: HeadingLevel;
  children?: ComponentChildren;
}) {
  if (chart === null) return null;
  return (
    <figure>
      <Level level={level}>{chart.title}</Level>
      {children}
      <div role="img" aria-label={chart.title}>
        {chart.svgs.map(({ size, svg }) => (
          <div key={size} class={size} dangerouslySetInnerHTML={{ __html: svg }} />
        ))}
      </div>
      <figcaption>{chart.description}</figcaption>
    </figure>
  );
}

/** What the colours of a chart are. */
export function Keys({ keys }: { keys: readonly { readonly key: string; readonly words: string }[] }) {
  return (
    <ul class="keys">
      {keys.map(({ key, words }) => (
        <li key={key}>
          <i class={`key ${key}`} />
          {words}
        </li>
      ))}
    </ul>
  );
}

/** A mean with its interval beneath. */
export function Cell({ value, interval }: { value: string; interval: string | null }) {
  return (
    <td class="n">
      {value}
      {interval === null ? null : <small>{interval}</small>}
    </td>
  );
}
