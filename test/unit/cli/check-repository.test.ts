/** `check --from`: what people see of the hazards of a repository, and of a change of it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RepositoryFile } from "../../../src/importers/judge/repository-result.js";
import { cli, temporaryFolder } from "../../helpers/cli.js";

const folder = temporaryFolder();
const repository = join(folder, "fleet");

function write(files: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(repository, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
}

function git(...args: readonly string[]): void {
  const who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"];
  const { status, stderr } = spawnSync("git", ["-C", repository, ...who, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

const program = (name: string): string => `[program:${name}]\ncommand=/usr/bin/${name}\n`;

const check = (...args: readonly string[]) =>
  cli(["check", "--from", "supervisord", "fleet", "--out", "out", ...args], folder);
const textOf = (name: string): string =>
  readFileSync(join(folder, `out/${name}-supervisord/repository.json`), "utf8");
const result = (): RepositoryFile => JSON.parse(textOf("fleet"));

beforeAll(() => {
  write({
    "supervisord.conf":
      "[supervisord]\n\n[unix_http_server]\nfile = /run/s.sock\n\n[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n\n[include]\nfiles = conf.d/*.conf\n",
    "conf.d/shop.conf": `${program("web")}${program("api")}`,
    "conf.d/mail.conf": program("mail"),
  });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
});

describe("fleetquake check --from", () => {
  it("finds by itself what takes everything away, says by which rule, and what stops it", () => {
    const { code, out, err } = check();
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("deletes what it no longer finds");
    expect(out).toContain("at worst 3 services");
    expect(out).toContain("Stopped by: supervisorctl reread");
    const [worst] = result().hazards;
    expect(worst).toMatchObject({
      rule: "omitted",
      status: "new",
      worst: { blast: { services: 3, share: 1 } },
    });
    expect(worst!.worst.at.file).toMatch(/^(supervisord\.conf|conf\.d)/);
    expect(worst!.recovery!.p50Ms).toBeGreaterThan(0);
    expect(worst!.recovery!.p90Ms).toBeGreaterThan(worst!.recovery!.p50Ms);
  });

  it("is the same twice", () => {
    const before = JSON.stringify(result());
    check();
    expect(JSON.stringify(result())).toBe(before);
  });

  it("fails by --fail-on, but for what is in the baseline or has a reason", () => {
    expect(check("--fail-on", "blast>=4").code).toBe(0);
    expect(check("--fail-on", "blast>=100%,manager").code).toBe(1);
    expect(check("--write-baseline", "known.json").code).toBe(0);
    expect(check("--baseline", "known.json").code).toBe(0);
    const { fingerprint } = result().hazards[0]!;
    writeFileSync(
      join(folder, "ignore.yaml"),
      `- { fingerprint: ${fingerprint}, reason: nobody edits it }\n`,
    );
    const { code, out } = check("--fail-on", "any", "--ignore", "ignore.yaml");
    expect(code).toBe(0);
    expect(out).toContain("1 more is in the ignore file");
    expect(result().hazards[0]).toMatchObject({ status: "ignored", reason: "nobody edits it" });
  });

  it("keeps its fingerprints when lines move", () => {
    const before = result().hazards.map(({ fingerprint }) => fingerprint);
    write({ "conf.d/shop.conf": `; a comment\n\n${program("web")}${program("api")}` });
    check();
    expect(result().hazards.map(({ fingerprint }) => fingerprint)).toEqual(before);
    git("checkout", "--quiet", ".");
  });

  it("points SARIF and annotations at the lines of the files", () => {
    expect(check("--format", "sarif,github").code).toBe(0);
    const sarif = JSON.parse(readFileSync(join(folder, "out/fleet-supervisord/repository.sarif"), "utf8"));
    const { physicalLocation } = sarif.runs[0].results[0].locations[0];
    expect(physicalLocation.artifactLocation.uri).toMatch(/^fleet\/(supervisord\.conf|conf\.d\/)/);
    const text = readFileSync(join(folder, "out/fleet-supervisord/repository.github.txt"), "utf8");
    expect(text).toMatch(/^::warning file=fleet\/.*,line=\d+,col=\d+,title=/m);
  });

  it("shows nothing of the files with --anonymise", () => {
    const { out } = check("--anonymise");
    for (const name of ["web", "api", "mail", "conf.d", "usr/bin"]) {
      expect(out).not.toContain(name);
      // Not even the name of the folder is told.
      expect(textOf("repository")).not.toContain(name);
    }
    expect(out).toContain("program-");
  });
});

describe("fleetquake check --from --change", () => {
  it("judges the change of a pull request first, and its neighbours where it leads", () => {
    git("checkout", "--quiet", "-b", "cut");
    write({ "conf.d/shop.conf": program("web") });
    git("commit", "--quiet", "-am", "second");
    const { code, out } = check("--change", "main..HEAD", "--fail-on", "blast>=1");
    expect(code).toBe(1);
    expect(out).toContain("The change main..HEAD (1 file)");
    expect(out).toContain("takes away 1 service.");
    expect(result().change).toMatchObject({ files: 1, blast: { services: 1 }, orphaned: [], refused: [] });
    expect(result().change!.consequences[0]!.item.title).toBe("api");
    expect(result().counts.services).toBe(2);
  });

  it("judges the files as they are, what is refused, and what is harmless", () => {
    write({ "conf.d/shop.conf": "[program:web\ncommand=x\n" });
    const { code, out } = check("--change", "main..", "--no-neighbours", "--fail-on", "any");
    expect(code).toBe(0);
    expect(out).toContain("takes nothing away");
    expect(result().change!.refused).toHaveLength(1);
    expect(result().counts.edits).toBe(0);
    git("checkout", "--quiet", ".");
    expect(check("--change", "main...HEAD", "--no-neighbours").out).toContain("takes away 1 service.");
  });
});

describe("wrong input", () => {
  it.each([
    [["--change", "main"], "A..B"],
    [["--change", "main..nowhere"], 'no commit "nowhere"'],
    [["--baseline", "none.json"], "there is no such file"],
    [["--map", "fleet/supervisord.conf"], "fleet/supervisord.conf"],
    [["--fail-on", "blast>5"], "blast>=N"],
  ] as const)("%j is told, with exit code 2", (args, words) => {
    const { code, err, out } = check(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toContain("    at ");
    expect(out).toBe("");
  });

  it("a folder without such configuration says what would be one", () => {
    const { code, err } = cli(["check", "--from", "flux", "fleet"], folder);
    expect(code).toBe(2);
    expect(err).toContain("nothing-imported");
    expect(err).toContain("Kustomization");
  });

  it("a baseline and an ignore file that are none", () => {
    writeFileSync(join(folder, "bad.json"), "{}");
    writeFileSync(join(folder, "bad.yaml"), "- { fingerprint: x }\n");
    const { code, err } = check("--baseline", "bad.json", "--ignore", "bad.yaml");
    expect(code).toBe(2);
    expect(err).toContain("no baseline of fleetquake");
    expect(err).toContain("each with its reason");
  });
});
