/** The same picture in fewer bytes: what every tag repeats is said once, and no number is finer than a screen. */

/** Tags only; what a label says stays as it is. `font`: the one family of all labels, set on the picture as a whole. */
export function compactSvg(svg: string, font: string): string {
  const tags = svg.replaceAll(/<[^>]*>/g, (tag) => compactTag(tag, font));
  return withoutEmptyGroups(tags).replace("<svg ", `<svg font-family="${font}" `);
}

const said = / (?:opacity="1"|pointer-events="none"|stroke-width="1"|version="1\.1"|xmlns:xlink="[^"]*")/g;

const classes = / class="(mark-\w+)?[^"]*"/;

/** The backgrounds of groups without a size. */
const nothing = /^<path[^>]* d="M0,0h0v0h0Z"[^>]*\/>$/;

function compactTag(tag: string, font: string): string {
  if (nothing.test(tag)) return "";
  return tag
    .replace(` font-family="${font}"`, "")
    .replaceAll(said, "")
    .replace(classes, (_, mark: string | undefined) => (mark === undefined ? "" : ` class="${mark}"`))
    .replaceAll(
      / (d|transform|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g,
      (_, name: string, value: string) => {
        const short = value.replaceAll(/-?\d+\.\d{2,}(?:e-?\d+)?/g, oneDecimal);
        return short === "translate(0,0)" ? "" : ` ${name}="${name === "d" ? steps(short) : short}"`;
      },
    );
}

/** Of lines from point to point: those that go straight across or down name one coordinate only. */
function steps(path: string): string {
  if (!/^M[-\d.]+,[-\d.]+(?:L[-\d.]+,[-\d.]+)+Z?$/.test(path)) return path;
  let [x, y] = ["", ""];
  return path.replaceAll(/([ML])([-\d.]+),([-\d.]+)/g, (all, command: string, toX: string, toY: string) => {
    const [across, down] = [toX !== x, toY !== y];
    [x, y] = [toX, toY];
    if (command === "M" || (across && down)) return all;
    return across ? `H${toX}` : down ? `V${toY}` : "";
  });
}

const oneDecimal = (number: string): string => String(Math.round(Number(number) * 10) / 10);

function withoutEmptyGroups(svg: string): string {
  const less = svg.replaceAll(/<g[^>]*><\/g>/g, "");
  return less.length === svg.length ? less : withoutEmptyGroups(less);
}
