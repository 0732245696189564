/** What supervisord 4.2.5 does with a configuration, as observed and as its documentation says. */
import { describe, expect, it } from "vitest";
import { supervisord } from "../../../src/importers/supervisord/supervisord.js";
import { importOf, itemOf, needsOf, problems, running } from "../../helpers/imported.js";

const head = "[unix_http_server]\nfile=/s\n[supervisord]\n[rpcinterface:supervisor]\nx=y\n";
/** The text of the test begins in line 6. */
const configuration = (text: string, more: Readonly<Record<string, string>> = {}) =>
  importOf(supervisord, { "supervisord.conf": head + text, ...more });

describe("programs", () => {
  it("run under one daemon whose update removes what is not described", () => {
    const imported = configuration("[program:web]\ncommand=/bin/web\n");
    expect(running(imported)).toEqual(["web"]);
    expect(itemOf(imported, "web")).toMatchObject({
      kind: "program",
      owner: "supervisord.conf/supervisord",
      needsKnown: false,
      at: { file: "supervisord.conf", line: 6, column: 1 },
    });
    expect(itemOf(imported, "supervisord").ownership).toMatchObject({
      omitted: "delete",
      deleted: "delete",
      refused: "keep",
    });
    expect(imported.managers).toMatchObject([
      { name: "supervisord", preset: "supervisord/update", service: null },
    ]);
    expect(problems(imported)).toEqual([]);
  });

  it("a command that was cut off is a command", () => {
    expect(problems(configuration("[program:web]\ncommand=/bin/we"))).toEqual([]);
  });

  it("several processes need their number in the name", () => {
    const text = "[program:web]\ncommand=x\nnumprocs=3\n";
    expect(problems(configuration(text))).toEqual(["supervisord.conf:6 error refused"]);
    const imported = configuration(`${text}process_name=%(program_name)s_%(process_num)02d\n`);
    expect(itemOf(imported, "web").replicas).toBe(3);
    expect(problems(imported)).toEqual([]);
  });

  it("what does not start by itself does not run", () => {
    expect(
      running(configuration("[program:a]\ncommand=x\nautostart=false\n[program:b]\ncommand=x\nautostart=on")),
    ).toEqual(["b"]);
  });

  it("the last of two programs of one name wins, option by option", () => {
    const imported = configuration(
      "[program:a]\ncommand=x\npriority=1\n[program:a]\npriority=2\nautostart=no\n",
    );
    expect(running(imported)).toEqual([]);
    expect(imported.items.filter(({ title }) => title === "a")).toHaveLength(1);
  });

  it("priorities that are written down make an order likely", () => {
    const imported = configuration(
      "[program:a]\ncommand=x\npriority=1\n[program:b]\ncommand=x\npriority=20\n[program:c]\ncommand=x\npriority=30\n[program:d]\ncommand=x\n",
    );
    expect(["a", "b", "c", "d"].map((name) => needsOf(imported, name))).toEqual([
      [],
      ["startup? a"],
      ["startup? b"],
      [],
    ]);
  });

  it("groups own their programs", () => {
    const imported = configuration(
      "[program:a]\ncommand=x\n[program:b]\ncommand=x\n[group:g]\nprograms=a, b\n",
    );
    expect(itemOf(imported, "a").owner).toBe("supervisord.conf/group:g");
    expect(itemOf(imported, "group g").owner).toBe("supervisord.conf/supervisord");
  });

  it("event listeners and FastCGI programs are programs as well", () => {
    const imported = configuration(
      "[eventlistener:e]\ncommand=x\nevents=TICK_5\n[fcgi-program:f]\ncommand=x\nsocket=tcp://h:1\n",
    );
    expect(running(imported)).toEqual(["e", "f"]);
    expect(problems(imported)).toEqual([]);
  });
});

describe("one mistake and all of it is refused", () => {
  it.each([
    ["no command", "[program:a]\npriority=1", 6],
    ["an empty command", "[program:a]\ncommand=", 7],
    ["a wrong number", "[program:a]\ncommand=x\nstartsecs=soon", 8],
    ["a wrong switch", "[program:a]\ncommand=x\nautorestart=maybe", 8],
    ["a wrong signal", "[program:a]\ncommand=x\nstopsignal=KILLL", 8],
    ["a wrong size", "[program:a]\ncommand=x\nstdout_logfile_maxbytes=1TB", 8],
    ["a wrong mask", "[program:a]\ncommand=x\numask=999", 8],
    ["a bare percent sign", "[program:a]\ncommand=date +%H", 7],
    ["an unknown name", "[program:a]\ncommand=x %(nix)s", 7],
    ["a group without its program", "[program:a]\ncommand=x\n[group:g]\nprograms=a,b", 9],
    ["a group without programs", "[program:a]\ncommand=x\n[group:g]\nx=1", 8],
    ["a listener without events", "[eventlistener:e]\ncommand=x", 6],
    ["stopping but not killing a group", "[program:a]\ncommand=x\nstopasgroup=1\nkillasgroup=0", 9],
  ])("%s", (_, text, line) => {
    const imported = configuration(text);
    expect(problems(imported)).toEqual([`supervisord.conf:${line} error refused`]);
    expect([...imported.refused.keys()]).toEqual(["supervisord.conf/supervisord"]);
  });

  it("lines that are neither section nor option", () => {
    const imported = configuration("[program:a]\ncommand=x\nnonsense\n");
    expect(problems(imported)).toEqual(["supervisord.conf:8 error ini"]);
    expect(imported.refused.size).toBe(1);
    expect(problems(importOf(supervisord, { "supervisord.conf": `x=1\n${head}` }))).toEqual([
      "supervisord.conf:1 error ini",
    ]);
  });

  it("but unknown options pass in silence, percent signs and all", () => {
    expect(problems(configuration("[program:a]\ncommand=x %%H %(here)s %(program_name)s\nnix=%H\n"))).toEqual(
      [],
    );
  });

  it("a variable of the environment is not known here, which is no mistake", () => {
    expect(problems(configuration("[program:a]\ncommand=x %(ENV_HOME)s\n"))).toEqual([
      "supervisord.conf:7 warning environment",
    ]);
  });
});

describe("the dialect", () => {
  it("comments after a space, values over several lines, names in any case, : for =", () => {
    const imported = configuration(
      "[program:a] ; comment\nCOMMAND: x ; rest\n   --more # rest\n\n   --most\nPriority = 5;no comment\n# comment\n",
    );
    // 5;no is no number: a comment needs a space before it.
    expect(problems(imported)).toEqual(["supervisord.conf:11 error refused"]);
    expect(running(imported)).toEqual(["a"]);
  });
});

describe("included files", () => {
  const one = "[program:x]\ncommand=x\n";

  it("are found by patterns, in alphabetical order, and the last one wins", () => {
    const imported = configuration("[include]\nfiles = conf.d/*.conf\n  %(here)s/other.ini\n", {
      "conf.d/b.conf": "[program:a]\ncommand=x\nautostart=yes\n",
      "conf.d/a.conf": "[program:a]\ncommand=x\nautostart=no\n",
      "conf.d/.hidden.conf": "[program:h]\ncommand=x\n",
      "conf.d/deep/c.conf": "[program:c]\ncommand=x\n",
      "other.ini": one,
    });
    expect(running(imported)).toEqual(["a", "x"]);
    expect(imported.reads).toEqual(["conf.d/a.conf", "conf.d/b.conf", "other.ini", "supervisord.conf"]);
  });

  it("absolute paths count below the root, or below the part of a machine that is here", () => {
    const include = "[include]\nfiles = /etc/supervisor/conf.d/*.conf\n";
    expect(running(configuration(include, { "etc/supervisor/conf.d/x.conf": one }))).toEqual(["x"]);
    expect(running(configuration(include, { "conf.d/x.conf": one }))).toEqual(["x"]);
  });

  it("a pattern that matches nothing is told: update would stop what was there", () => {
    expect(problems(configuration("[include]\nfiles = gone/*.conf\n"))).toEqual([
      "supervisord.conf:7 warning include-nothing",
    ]);
  });

  it("do not include others", () => {
    const imported = configuration("[include]\nfiles = a.conf\n", {
      "a.conf": `[include]\nfiles = b.conf\n`,
      "b.conf": one,
    });
    expect(problems(imported)).toEqual(["a.conf:1 warning nested-include"]);
    expect(running(imported)).toEqual([]);
  });
});

it("without its control sections nobody can reach it", () => {
  const imported = importOf(supervisord, { "supervisord.conf": "[supervisord]\n[program:a]\ncommand=x\n" });
  expect(problems(imported)).toEqual(["supervisord.conf:1 warning no-control"]);
});

it("parts without a main file are imported as parts", () => {
  const imported = importOf(supervisord, {
    "conf.d/a.conf": "[program:a]\ncommand=x\n",
    "conf.d/nginx.conf": "server {}",
  });
  expect(running(imported)).toEqual(["a"]);
  expect(problems(imported)).toEqual(["conf.d/a.conf:1 warning no-supervisord"]);
});

it("several main files are several managers", () => {
  const text = `${head}[program:a]\ncommand=x\n`;
  const imported = importOf(supervisord, { "one/supervisord.conf": text, "two/supervisord.conf": text });
  expect(imported.managers.map(({ name }) => name)).toEqual(["supervisord-one", "supervisord-two"]);
  expect(new Set(imported.items.map(({ id }) => id)).size).toBe(4);
});
