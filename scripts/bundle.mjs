// What starts often is put into few files: the program and its threads would otherwise read several hundred modules each time.
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { build } from "esbuild";

/** What moves a report in the browser, and the simulator as a worker: two scripts that pages carry. */
const viewer = (root) => ({
  absWorkingDir: root,
  entryPoints: { page: "src/viewer/page.ts", worker: "src/viewer/what-if/worker.ts" },
  outdir: "dist/viewer",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  // A script inside a page ends where its text says so, and its bytes must not depend on the machine.
  charset: "ascii",
  legalComments: "none",
  logLevel: "warning",
  tsconfig: "src/viewer/tsconfig.json",
});

/** Modules of their own after bundling, in place of those that the compiler wrote; everything else stays beside them. */
const entryPoints = [
  "src/cli/main.ts",
  "src/cli/check-worker.ts",
  "src/cli/replication-worker.ts",
  "src/cli/repository-worker.ts",
  "src/cli/simulate-worker.ts",
  "src/cli/foreign/child-thread.ts",
  "src/cli/foreign/describe-thread.ts",
];

const program = (root) => ({
  absWorkingDir: root,
  entryPoints,
  outdir: "dist",
  outbase: "src",
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  chunkNames: "cli/chunks/[name]-[hash]",
  format: "esm",
  platform: "node",
  target: "node20",
  jsx: "automatic",
  jsxImportSource: "preact",
  // Modules of users share these with us, or they find files beside their own.
  external: ["@resvg/resvg-js", "elkjs", "fast-check", "highs", "jiti", "vitest"],
  // Bundled CommonJS asks for built-in modules by `require`.
  banner: {
    js: 'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);',
  },
  legalComments: "eof",
  logLevel: "warning",
  plugins: [placesKept(root)],
});

/** A module that finds files beside itself finds them wherever its code has gone: its URL is made of that of `dist`. */
const placesKept = (root) => ({
  name: "places-kept",
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.tsx?$/ }, ({ path }) => {
      const place = relative(`${root}${sep}src`, path)
        .split(sep)
        .join("/")
        .replace(/\.tsx?$/, ".js");
      const url = `new URL(${JSON.stringify(place)}, import.meta.url.slice(0, import.meta.url.lastIndexOf("/dist/") + 6)).href`;
      return {
        contents: readFileSync(path, "utf8").replaceAll("import.meta.url", url),
        loader: path.endsWith("x") ? "tsx" : "ts",
      };
    });
  },
});

export async function bundle(root) {
  await Promise.all([build(viewer(root)), build(program(root))]);
}
