/** The text of a fleet of any size (bench/generate-fleet.mjs): layers of services, regions in ten groups, one legacy manager. */
import { execFileSync } from "node:child_process";
import { root } from "./scenario.js";

export const largeFleet = (services: number, regions: number): string =>
  execFileSync(process.execPath, ["bench/generate-fleet.mjs", String(services), String(regions)], {
    cwd: root,
    encoding: "utf8",
  });
