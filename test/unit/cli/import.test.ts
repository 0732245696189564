// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose writes variables like this
/** `fleetquake import` as people use it: what it prints and writes, exit codes, and that its files run. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, temporaryFolder } from "../../helpers/cli.js";

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const shop = "services:\n  web: { image: w, depends_on: [db] }\n  db: { image: d }\n  old: { image: o }\n";

describe("a folder", () => {
  const root = folderOf({ "compose.yaml": shop });

  it("becomes a scenario on stdout, with what is assumed on stderr", () => {
    const { code, out, err } = cli(["import", "compose", "."], root);
    expect(code).toBe(0);
    expect(out).toContain("from: compose.yaml:2:33 depends_on");
    expect(err).toContain(
      "3 services, 0 objects, 1 manager; needs: 1 stated, 0 inferred, unknown for 2 services",
    );
    expect(cli(["import", "compose", "."], root).out).toBe(out);
  });

  it("becomes a file that validates and runs as its manager does: compose keeps what is gone unless told otherwise", () => {
    expect(cli(["import", "compose", ".", "--remove", "old", "--out", "made/shop.yaml"], root)).toMatchObject(
      { code: 0, out: "" },
    );
    expect(cli(["validate", "made/shop.yaml"], root)).toMatchObject({ code: 0, err: "" });
    expect(cli(["run", "made/shop.yaml", "--format", "json"], root).out).toMatch(
      /default +0 +0 .*never exercised/,
    );
    writeFileSync(join(root, "map.yaml"), "managers: { compose: compose/up-remove-orphans }");
    cli(["import", "compose", ".", "--remove", "old", "--map", "map.yaml", "--out", "made/shop.yaml"], root);
    const run = cli(["run", "made/shop.yaml", "--format", "json"], root);
    expect([run.code, run.err]).toEqual([0, ""]);
    expect(run.out).toMatch(/default +1 +0 .*holds/);
  });

  it("is one JSON value with --json", () => {
    const value = JSON.parse(cli(["import", "compose", ".", "--json"], root).out);
    expect(value).toMatchObject({ format: "compose", counts: { services: 3, unknownNeeds: 2 }, issues: [] });
    expect(value.scenario).toContain("services:");
  });
});

it("several files are one project, with variables, profiles, a title and a mapping", () => {
  const root = folderOf({
    "a/one.yaml": shop,
    "b/two.yaml": "services:\n  web: { scale: '${N}' }\n  debug: { image: x, profiles: [dev] }\n",
    "map.yaml": "regions: { eu: { members: [e1, e2] } }\nkinds: { service: { deploy: 7m } }\n",
  });
  const args = [
    "a/one.yaml",
    "b/two.yaml",
    "--env",
    "N=4",
    "--profile",
    "dev",
    "--title",
    "Shop",
    "--map",
    "map.yaml",
  ];
  const { code, out } = cli(["import", "compose", ...args], root);
  expect(code).toBe(0);
  for (const text of ["title: Shop", "replicas: 4", "debug:", "- e2", "deploy: 7m", "a/one.yaml:2:3"])
    expect(out).toContain(text);
});

it("a mapping that is wrong is told, and nothing is written", () => {
  const root = folderOf({ "compose.yaml": shop, "map.yaml": "kinds: { service: { deploy: soon } }" });
  const { code, out, err } = cli(["import", "compose", ".", "--map", "map.yaml", "--out", "x.yaml"], root);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("map.yaml:1:29: error");
  expect(() => readFileSync(join(root, "x.yaml"))).toThrow();
});

it("a broken part is told and the rest imported; --strict refuses", () => {
  const root = folderOf({ "a/compose.yaml": shop, "b/compose.yaml": "services: [" });
  const { code, out, err } = cli(["import", "compose", "."], root);
  expect(code).toBe(0);
  expect(out).toContain("web:");
  expect(err).toMatch(/^b\/compose.yaml:1:12: error yaml/m);
  expect(cli(["import", "compose", ".", "--strict"], root)).toMatchObject({ code: 2, out: "" });
});

it.each([
  ["nothing to import", ["import", "systemd", "."], "nothing-imported"],
  ["an unknown format", ["import", "helm", "."], "expected one of compose"],
  ["a path that is not there", ["import", "compose", "nix"], "nix: error no-file"],
  ["a service that is not there", ["import", "compose", ".", "--remove", "wep"], 'did you mean "web"?'],
  ["no variable", ["import", "compose", ".", "--env", "N"], "NAME=value"],
  [
    "a folder that may not be",
    ["import", "compose", ".", "--out", "compose.yaml/x.yaml"],
    "a part of this path is a file",
  ],
])("%s: exit code 2 and a word about it", (_, args, words) => {
  const root = folderOf({ "compose.yaml": shop, "sub/x": "" });
  const { code, err } = cli(args, root);
  expect(code).toBe(2);
  expect(err).toContain(words);
});

it("no value of a variable is ever printed", () => {
  const root = folderOf({
    "compose.yaml":
      "services:\n  a: { image: i, environment: { URL: 'http://u:${PASSWORD}@b/x' } }\n  b: { image: '${IMAGE:?hunter2}' }\n",
    ".env": "PASSWORD=hunter2\n?hunter2\n",
  });
  const { out, err } = cli(["import", "compose", "."], root);
  expect(out).toContain("the variable URL names the service b");
  expect(out + err).not.toContain("hunter2");
});

it("folders of a machine, with links as they are on disk", () => {
  const root = folderOf({
    "usr/lib/systemd/system/a.service": "[Unit]\nWants=old.service m.service\n[Service]\nExecStart=/a\n",
    "usr/lib/systemd/system/new.service": "[Service]\nExecStart=/b\n",
    "usr/lib/systemd/system/m.service": "[Service]\nExecStart=/c\n",
    "usr/lib/systemd/system/multi-user.target": "[Unit]\n",
    "etc/systemd/system/x": "",
    "elsewhere/e.service": "[Service]\nExecStart=/secret\n",
  });
  const link = (target: string, path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  };
  link("multi-user.target", "usr/lib/systemd/system/default.target");
  link("/usr/lib/systemd/system/new.service", "etc/systemd/system/old.service");
  link("/usr/lib/systemd/system/a.service", "etc/systemd/system/multi-user.target.wants/a.service");
  link("/dev/null", "etc/systemd/system/m.service");
  link("../../../elsewhere/e.service", "etc/systemd/system/e.service");
  const { code, out, err } = cli(["import", "systemd", "etc/systemd/system", "usr/lib/systemd/system"], root);
  expect(code).toBe(0);
  expect(out.match(/^ {2}\S+\.service:/gm)).toEqual(["  a.service:", "  new.service:"]);
  expect(out).toContain("from: usr/lib/systemd/system/a.service:2:1 Wants=");
  expect(err).toContain("etc/systemd/system/e.service:1:1: warning elsewhere");
});
