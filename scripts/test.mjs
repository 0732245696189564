// Everything that has to hold: types, lint and format, imports, unused code, tests. Ends with `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = (name) => join(root, "node_modules/.bin", name);

/** Checks that are right or wrong as a whole. */
const checks = [
  ["build", process.execPath, ["scripts/build.mjs"]],
  ["types", bin("tsc"), ["-p", "tsconfig.json", "--noEmit"]],
  ["types of the viewer", bin("tsc"), ["-p", "src/viewer/tsconfig.json", "--noEmit"]],
  ["lint and format", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["imports", bin("depcruise"), ["src", "--config", ".dependency-cruiser.cjs", "--output-type", "err-long"]],
  ["unused code", bin("knip"), []],
];

let passed = 0;
let failed = 0;
let built = false;
for (const [name, command, args] of checks) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (status === 0) {
    passed++;
    built ||= name === "build";
    console.log(`ok      ${name}`);
  } else {
    failed++;
    console.log(`FAILED  ${name}\n${stdout}${stderr}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), "fleetquake-test-"));
const report = join(folder, "vitest.json");
spawnSync(bin("vitest"), ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, FLEETQUAKE_BUILT: built ? "1" : "0" },
});
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  // A file that cannot be loaded fails as a suite and has no tests of its own.
  const broken = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  failed += result.numFailedTests + broken.length;
  if (result.numPendingTests > 0) console.log(`${result.numPendingTests} skipped`);
} else {
  failed++;
  console.log("FAILED  vitest wrote no result");
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
