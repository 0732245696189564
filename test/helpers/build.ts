/** Tests of the command line run what is shipped: the compiled program. Built once before all tests. */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export default function setup(): void {
  // `npm test` has just done it.
  if (process.env["FLEETQUAKE_BUILT"] === "1") return;
  const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
}
