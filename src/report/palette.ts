/**
 * The colours of every page, once a theme. `c1` to `c8` tell series apart; `h1` to `h5` are a scale, the last the worst.
 * Chosen so that text keeps 4.5 to 1 on paper and panels, and so that any two of the eight stay apart for people who lack one
 * kind of cone as well (`test/unit/report/palette.test.ts`).
 */
export interface Palette {
  readonly [name: string]: string;
}

export const lightPalette: Palette = {
  ...{ ink: "#1c2024", soft: "#545b63", line: "#d9dde1", paper: "#ffffff", panel: "#f5f6f8" },
  ...{ bad: "#c42942", "bad-soft": "#fbe4e4", warn: "#9a5206", "warn-soft": "#fcefd6" },
  ...{ good: "#23541c", "good-soft": "#d5edde", link: "#2459ae" },
  ...{ c1: "#2d60b4", c2: "#d02d47", c3: "#23541c", c4: "#a85d0b" },
  ...{ c5: "#5a3dcd", c6: "#157d7e", c7: "#b91a6c", c8: "#495159" },
  ...{ h1: "#fbe3b0", h2: "#f7b267", h3: "#ee7f4a", h4: "#d3472f", h5: "#8f1d21" },
};

export const darkPalette: Palette = {
  ...{ ink: "#e8eaed", soft: "#a9b1ba", line: "#3a4149", paper: "#14171a", panel: "#1e2328" },
  ...{ bad: "#ff7a6b", "bad-soft": "#451a16", warn: "#f3b900", "warn-soft": "#43330f" },
  ...{ good: "#5ef9ae", "good-soft": "#143524", link: "#9db4e8" },
  ...{ c1: "#839edd", c2: "#f55443", c3: "#5ef9ae", c4: "#f3b900" },
  ...{ c5: "#b379fe", c6: "#51b8bf", c7: "#e05f90", c8: "#e2e8ef" },
  ...{ h1: "#4a3a1c", h2: "#7a4f1e", h3: "#a85a2a", h4: "#d3603a", h5: "#ff8a70" },
};

/** Declarations of custom properties. */
export const declared = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(" ");
