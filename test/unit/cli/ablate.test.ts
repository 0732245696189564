import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AblateFile, ablateSchema } from "../../../src/chaos/ablate/ablate-result.js";
import { cli, cliInterrupted, temporaryFolder } from "../../helpers/cli.js";
import { guardFleet } from "../../helpers/guard-fleet.js";
import { root } from "../../helpers/scenario.js";

const small = (): string => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "small.yaml"), guardFleet({}, ""));
  return folder;
};

describe("fleetquake ablate", () => {
  it("writes ablate.json as the schema says, and names the guards", () => {
    const folder = small();
    const { code, out } = cli(["ablate", "small.yaml", "--guards", "failStatic,noCascade"], folder);
    expect(code).toBe(0);
    expect(out).toContain("failStatic");
    expect(out).toMatch(/Smallest sets that are enough: 1/);
    const text = readFileSync(join(folder, "reports/small/ablate.json"), "utf8");
    const file: AblateFile = ablateSchema.parse(JSON.parse(text));
    expect(file.result.sufficient.map(({ guards }) => guards)).toEqual([["failStatic"]]);
    const again = cli(["ablate", "small.yaml", "--guards", "failStatic,noCascade", "--json"], folder);
    expect(JSON.parse(again.out)).toEqual(file);
  });

  it("exits with 1 when no set of the guards is enough", () => {
    const { code, out } = cli(["ablate", "small.yaml", "--guards", "noCascade,uniqueOwner"], small());
    expect(code).toBe(1);
    expect(out).toContain("No set of these guards");
  });

  it.each([
    [["--guards", "failStatik"], 'did you mean "failStatic"?'],
    [["--guards", ","], "names of guards"],
    [["--variant", "legacy"], 'there is no variant "legacy"'],
    [["--guards", Array.from({ length: 17 }, (_, k) => `g${k}`).join(",")], "at most 16 guards"],
    [["--cases", "many"], "whole number"],
  ])("says what is wrong with %j and exits with 2", (args, words) => {
    const folder = small();
    const { code, err } = cli(["ablate", "small.yaml", ...args], folder);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(existsSync(join(folder, "reports"))).toBe(false);
  });

  it("a file that is not there is wrong input", () => {
    expect(cli(["ablate", "nowhere.yaml"], small()).code).toBe(2);
  });

  it("Ctrl-C ends it with 130, and nothing is written", async () => {
    const folder = temporaryFolder();
    const scenario = join(root, "scenarios/duo-2025-02-13.yaml");
    const { code, err } = await cliInterrupted(["ablate", scenario, "--cases", "1000"], 4_000, folder);
    expect(code).toBe(130);
    expect(err).toContain("Interrupted");
    expect(existsSync(join(folder, "reports"))).toBe(false);
  });

  it("schema/ablate.schema.json is what the code says", () => {
    const published = readFileSync(join(root, "schema/ablate.schema.json"), "utf8");
    expect(cli(["schema", "ablate"]).out).toBe(published);
  });
});
