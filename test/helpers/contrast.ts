/**
 * Contrast as it is drawn: every piece of text that can be seen, in HTML or in a picture, against what lies below it at that
 * place. Text inside of SVG is what accessibility checkers leave undecided.
 */
import type { Page } from "playwright-core";

export interface TextContrasts {
  /** Texts that were looked at. */
  readonly seen: number;
  /** Those below what WCAG 2.2 AA asks for (4.5, or 3 for large text), each colour pair once. */
  readonly faint: readonly string[];
}

/** The page must have been opened past its content security policy. */
export async function textContrasts(page: Page): Promise<TextContrasts> {
  // Pictures let the pointer through in places; here it has to find what is below a text.
  await page.addStyleTag({ content: "svg, svg * { pointer-events: all !important; }" });
  return (await page.evaluate(inPage)) as TextContrasts;
}

const inPage = `(() => {
  const parse = (text) => {
    const found = /rgba?\\(([^)]+)\\)/.exec(text);
    if (found === null) return null;
    const parts = found[1].split(/[\\s,/]+/).filter((part) => part !== "").map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 };
  };
  const over = (above, alpha, below) => above.map((value, k) => value * alpha + below[k] * (1 - alpha));
  const light = ([r, g, b]) => {
    const linear = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ratio = (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };
  const inPicture = (element) => element instanceof SVGElement && !(element instanceof SVGSVGElement);
  const fillOf = (element) => {
    const style = getComputedStyle(element);
    const paint = parse(inPicture(element) ? style.fill : style.backgroundColor);
    if (paint === null) return null;
    const own = inPicture(element) ? Number(style.fillOpacity) : 1;
    return { rgb: paint.rgb, alpha: paint.alpha * own * Number(style.opacity) };
  };
  const below = (element, x, y) => {
    const layers = [];
    for (const other of document.elementsFromPoint(x, y)) {
      // Of two texts neither is the ground of the other.
      if (other === element && inPicture(element)) continue;
      if (inPicture(other) && /^(text|tspan|g|line|use)$/.test(other.localName)) continue;
      const fill = fillOf(other);
      if (fill === null || fill.alpha === 0) continue;
      layers.push(fill);
      if (fill.alpha >= 0.99) break;
    }
    let ground = parse(getComputedStyle(document.body).backgroundColor).rgb;
    for (const { rgb, alpha } of layers.reverse()) ground = over(rgb, alpha, ground);
    return ground;
  };
  const faint = new Map();
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node.data.trim() !== "" && !/^(SCRIPT|STYLE|TITLE|DESC|TEMPLATE)$/i.test(node.parentElement.localName)) texts.push(node);
  for (const node of texts) {
    const element = node.parentElement;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) {
      element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      box = range.getBoundingClientRect();
    }
    const [x, y] = [box.left + Math.min(box.width / 2, 30), box.top + Math.min(box.height / 2, 8)];
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    const style = getComputedStyle(element);
    const paint = parse(inPicture(element) ? style.fill : style.color);
    if (paint === null || paint.alpha === 0) continue;
    seen++;
    const ground = below(element, x, y);
    const ink = over(paint.rgb, paint.alpha * Number(inPicture(element) ? style.fillOpacity : 1) * Number(style.opacity), ground);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = ratio(ink, ground);
    if (found >= (large ? 3 : 4.5)) continue;
    const pair = [ink, ground].map((colour) => "rgb(" + colour.map(Math.round).join(" ") + ")").join(" on ");
    if (!faint.has(pair)) faint.set(pair, found.toFixed(2) + " " + pair + ": " + node.data.trim().slice(0, 40));
  }
  return { seen, faint: [...faint.values()] };
})()`;
