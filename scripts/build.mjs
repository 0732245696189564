// Compiles src/ to dist/, and what moves a report (src/viewer) to scripts that pages carry. The only build step.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = createRequire(import.meta.url).resolve("@typescript/native/package.json");
rmSync(join(root, "dist"), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [join(dirname(manifest), "bin/tsc"), "-p", "tsconfig.build.json"],
  {
    cwd: root,
    stdio: "inherit",
  },
);
if (status === 0) {
  chmodSync(join(root, "dist/cli/main.js"), 0o755);
  await build({
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
}
process.exit(status ?? 70);
