/** The same picture in fewer bytes: what is left out means nothing, and labels stay as they are. */
import { expect, it } from "vitest";
import { compactSvg } from "../../../src/report/compact-svg.js";

it("says the font once, rounds numbers and drops what is the default", () => {
  const svg =
    '<svg class="marks" width="10"><g transform="translate(0,0)"><text font-family="F" opacity="1" transform="translate(1.2345,6)">M 1.2345 opacity="1"</text></g></svg>';
  expect(compactSvg(svg, "F")).toBe(
    '<svg font-family="F" width="10"><g><text transform="translate(1.2,6)">M 1.2345 opacity="1"</text></g></svg>',
  );
});

it("keeps the way of a line", () => {
  const path = (d: string): string =>
    compactSvg(`<svg ><path d="${d}"/></svg>`, "F").replace(/.* d="([^"]*)".*/, "$1");
  expect(path("M0,10L5,10L5,2.04L9,2.04L9,2.04L12,0")).toBe("M0,10H5V2H9L12,0");
  expect(path("M0,10C5,10,5,2,9,2")).toBe("M0,10C5,10,5,2,9,2");
});

it("leaves out groups and backgrounds without anything in them", () => {
  expect(
    compactSvg('<svg ><g><g class="role"><path class="background" d="M0,0h0v0h0Z"/></g></g></svg>', "F"),
  ).toBe('<svg font-family="F" ></svg>');
});
