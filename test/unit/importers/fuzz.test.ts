/**
 * Whatever files hold, an importer gives a value in good time: ids are there once, places exist, and what runs makes a
 * scenario that can be read. Texts are real ones, cut, glued and garbled, and words of the formats in any order.
 */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import type { Imported, Importer, Tree } from "../../../src/importers/contract.js";
import { importers } from "../../../src/importers/importers.js";
import { noMapping } from "../../../src/importers/mapping.js";
import { scenarioOf } from "../../../src/importers/scenario-of.js";
import { scenarioText } from "../../../src/importers/scenario-text.js";
import { parseScenario } from "../../../src/scenario/parse.js";
import { known } from "../../helpers/catalogue.js";
import { noOptions, treeOf } from "../../helpers/imported.js";

const material: Readonly<
  Record<
    string,
    {
      readonly paths: readonly string[];
      readonly texts: readonly string[];
      readonly words: readonly string[];
    }
  >
> = {
  compose: {
    paths: ["compose.yaml", "compose.override.yaml", "a/compose.yml", "a/b.yaml", ".env", "a/.env"],
    texts: [
      "services:\n  a:\n    image: x\n    depends_on: [b, c]\n    volumes: [v:/x]\n  b: { extends: a, scale: 2 }\nvolumes: { v: }\n",
      "include: [a/b.yaml, { path: [a/compose.yml], env_file: .env }]\nservices: { c: { extends: { file: a/b.yaml, service: a } } }\n",
      "x: &x { image: x, environment: [H=b:1] }\nservices: { a: { <<: *x, network_mode: service:b }, constructor: *x, __proto__: *x }\n",
      "A=1\nexport B='x\ny'\nCOMPOSE_FILE=a/b.yaml:compose.yaml\nCOMPOSE_PROFILES=p\n",
    ],
    words: [
      "services:",
      "\n",
      "  ",
      "a:",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&x ",
      "*x",
      "<<: ",
      "extends: ",
      "include: ",
      "depends_on: ",
      "${A:-",
      "}",
      "$$",
      "$",
      "!reset ",
      "!override ",
      "null",
      "? ",
      ": ",
      "'",
      '"',
      "|\n",
      "# ",
    ],
  },
  supervisord: {
    paths: ["supervisord.conf", "conf.d/a.conf", "conf.d/b.ini"],
    texts: [
      "[supervisord]\n[include]\nfiles = conf.d/* %(here)s/x[!a-z].conf\n[program:a]\ncommand=x %(program_name)s\npriority=3\n",
      "[program:b]\ncommand = y\n  more\nnumprocs = 3\nprocess_name=%(process_num)05d\n[group:g]\nprograms = a,b\npriority = 1\n",
      "[eventlistener:constructor]\ncommand=x\nevents=TICK_5\n[fcgi-program:__proto__]\ncommand=x\nsocket=unix:///x\n",
    ],
    words: [
      "[program:",
      "]",
      "\n",
      " ",
      "=",
      ":",
      ";",
      "#",
      "command",
      "%",
      "%(",
      ")s",
      "ENV_",
      "numprocs=",
      "999999999999",
      "[include]\nfiles=",
      "*",
      "[",
      "?",
    ],
  },
  systemd: {
    paths: [
      "a.service",
      "a.service.d/x.conf",
      "n.service",
      "srv.mount",
      "b@.service",
      "etc/systemd/system/b@i.service",
      "c.target",
      "c.target.wants/b@x.service",
      "lib/systemd/system/a.socket",
      "-.slice",
      "default.target",
    ],
    texts: [
      "[Unit]\nRequires=b@%i.service c.target\nAfter=a.service\n[Service]\nExecStart=/x\n[Install]\nWantedBy=c.target\nAlias=z.service b@%j.service\n",
      "[Unit]\nBefore=a.service\nBindsTo=b@%n.service b@%p%p.service\nConflicts=a.service\n[Service]\nType=oneshot\nExecStart=x\\\n;y\nz\n",
      "[Socket]\nListenStream=1\nService=b@1.service\n[Install]\nDefaultInstance=%i\nAlias=a.service\n",
      "[Service]\nExecStart=/x\n[Unit]\nWants=b@x.service\nRequiresMountsFor=/a b/c\n",
      "[Unit]\nUpholds=a.service\nPartOf=b@y.service\n[Service]\nType=forking\nExecStart=/y\n",
      "../x/b@.service",
      "",
    ],
    words: [
      "[Unit]",
      "[Service]",
      "[Install]",
      "\n",
      "=",
      "\\",
      "Requires=",
      "After=",
      "Wants=",
      "Alias=",
      "ExecStart=",
      "a.service",
      "b@",
      "@",
      ".service",
      "%i",
      "%",
      " ",
      "#",
      '"',
      "RequiresMountsFor=/a/b",
    ],
  },
};

const textOf = ({ texts, words }: (typeof material)[string]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...texts),
    fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join("")),
    fc
      .tuple(fc.constantFrom(...texts), fc.nat(400), fc.constantFrom(...words))
      .map(([text, at, word]) => text.slice(0, at) + word + text.slice(at)),
    fc.tuple(fc.constantFrom(...texts), fc.nat(400)).map(([text, at]) => text.slice(0, at)),
    fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts)).map(([a, b]) => a + b),
    fc.string({ unit: "binary", maxLength: 40 }),
  );

function treesOf(format: string): fc.Arbitrary<Tree> {
  const own = material[format]!;
  const path = fc.constantFrom(...own.paths);
  return fc
    .tuple(
      fc.dictionary(path, textOf(own), { minKeys: 1, maxKeys: 7 }),
      fc.dictionary(path, fc.oneof(path, fc.constantFrom("/dev/null", "/usr/lib/x.service")), { maxKeys: 2 }),
    )
    .map(([files, links]) => treeOf(files, links));
}

/** Whether something runs. */
function check(importer: Importer, tree: Tree): boolean {
  const imported: Imported = importer.read(tree, noOptions);
  const ids = imported.items.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const places = [
    ...imported.items.flatMap(({ at, needs }) => [at, ...needs.map((need) => need.at)]),
    ...imported.managers.map(({ at }) => at),
  ];
  for (const { file, line, column } of places) {
    const lines = (tree.files.get(file)?.text ?? "").split(/\r\n|\r|\n/).length;
    expect(line >= 1 && line <= lines && column >= 1, `${file}:${line}:${column}`).toBe(true);
  }
  for (const id of imported.refused.keys()) expect(ids).toContain(id);
  const written = scenarioOf(imported, noMapping, { title: "t", remove: [] });
  if (written.counts.services === 0) return false;
  const parsed = parseScenario(scenarioText(importer.format, written), "x.yaml", { known });
  expect(parsed.ok ? "" : parsed.error.map(formatIssue).join("\n")).toBe("");
  return true;
}

it.each(importers.filter(({ format }) => material[format] !== undefined))("$format", (importer) => {
  let reached = 0;
  fc.assert(
    fc.property(treesOf(importer.format), (tree) => {
      if (check(importer, tree)) reached++;
    }),
    { seed: 20250213, numRuns: 600 },
  );
  // Noise alone would test nothing.
  expect(reached).toBeGreaterThan(100);
});

it.each(importers.filter(({ format }) => material[format] !== undefined))(
  "$format, long and deep texts",
  (importer) => {
    const { paths, texts, words } = material[importer.format]!;
    const long = [
      ...words.map((word) => word.repeat(3_000)),
      ...texts.map((text) => text.repeat(200)),
      "[".repeat(20_000),
      "- ".repeat(5_000),
      "{a: ".repeat(5_000),
      `[program:x]\ncommand=${"%(".repeat(20_000)}`,
      `[supervisord]\n[include]\nfiles=${"*a".repeat(500)}`,
      `[Unit]\nWants=${"b@x.service ".repeat(5_000)}`,
      `[Mount]\nWhere=${"/".repeat(50_000)}x${"/".repeat(50_000)}y`,
      `[program:x]\ncommand=x\nstdout_logfile_maxbytes=1${" ".repeat(100_000)}x`,
      `[program:x]\ncommand=x${" ".repeat(100_000)}x`,
      `A=1${" ".repeat(100_000)}x\nB${" ".repeat(100_000)}x`,
      `services: { a: { image: "${"${A:-".repeat(5_000)}" } }`,
    ];
    for (const text of long) check(importer, treeOf(Object.fromEntries(paths.map((path) => [path, text]))));
  },
);
