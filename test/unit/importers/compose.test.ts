// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose writes variables like this
/** Each rule of compose that the importer follows, one small project each. */
import { describe, expect, it } from "vitest";
import { compose } from "../../../src/importers/compose/compose.js";
import type { ImportOptions } from "../../../src/importers/contract.js";
import { importOf, itemOf, needsOf, problems, running, told } from "../../helpers/imported.js";

const project = (
  text: string,
  more: Readonly<Record<string, string>> = {},
  options: Partial<ImportOptions> = {},
) => importOf(compose, { "compose.yaml": text, ...more }, options);

describe("services and what they need", () => {
  it("depends_on orders the start, in short and in long form", () => {
    const imported = project(`
services:
  web: { image: w, depends_on: [db] }
  api:
    image: a
    depends_on:
      db: { condition: service_healthy }
      cache: { condition: service_started, required: false }
  db: { image: d }
  cache: { image: c }
`);
    expect(needsOf(imported, "web")).toEqual(["startup db"]);
    expect(needsOf(imported, "api")).toEqual(["startup db", "soft cache"]);
    expect(itemOf(imported, "api").needs[0]).toMatchObject({
      evidence: "depends_on, service_healthy",
      at: { file: "compose.yaml", line: 7, column: 7 },
    });
    expect(problems(imported)).toEqual([]);
  });

  it("links and volumes_from order the start, a shared network stops with its owner", () => {
    const imported = project(`
services:
  a: { image: a, links: ["b:other"], volumes_from: ["c:ro", "container:x"] }
  b: { image: b, network_mode: "service:c" }
  c: { image: c }
`);
    expect(needsOf(imported, "a")).toEqual(["startup b", "startup c"]);
    expect(needsOf(imported, "b")).toEqual(["hard c"]);
  });

  it("who says nothing about needs is unknown, not independent", () => {
    const imported = project("services: { a: { image: a }, b: { image: b, depends_on: [a] } }");
    expect(itemOf(imported, "a").needsKnown).toBe(false);
    expect(itemOf(imported, "b").needsKnown).toBe(true);
  });

  it("addresses in variables make a need likely; users and databases of the same name do not", () => {
    const imported = project(`
services:
  web:
    image: w
    environment:
      DB_URL: postgres://user:secret@db:5432/app
      CACHE: cache:6379
      QUEUE_HOST: queue
      POSTGRES_USER: db
      OTHER: http://elsewhere/db
  db: { image: d }
  cache: { image: c }
  queue: { image: q }
`);
    expect(needsOf(imported, "web")).toEqual(["soft? db", "soft? cache", "soft? queue"]);
    expect(itemOf(imported, "web").needs[0]!.evidence).toBe("the variable DB_URL names the service db");
    expect(JSON.stringify(imported)).not.toContain("secret");
  });

  it("containers and aliases are names as well", () => {
    const imported = project(`
services:
  web: { image: w, environment: { A: "one:80", B: "http://two" }, network_mode: "container:box" }
  db: { image: d, container_name: one, networks: { n: { aliases: [two] } } }
  cache: { image: c, container_name: box, volumes_from: ["container:elsewhere"] }
networks: { n: }
`);
    expect(needsOf(imported, "web")).toEqual(["hard cache", "soft? db"]);
    expect(needsOf(imported, "cache")).toEqual([]);
    expect(problems(imported)).toEqual([]);
  });

  it("named volumes are data; folders and nameless volumes are not", () => {
    const imported = project(`
services:
  db:
    image: d
    volumes: ["data:/var/lib", "./conf:/etc/x", "/anonymous", 'C:\\x:/y', { type: volume, source: more, target: /m }]
volumes: { data: {}, more: }
`);
    expect(needsOf(imported, "db")).toEqual(["hard data", "hard more"]);
    expect(imported.items.filter(({ data }) => data).map(({ title }) => title)).toEqual(["data", "more"]);
    expect(itemOf(imported, "db").needsKnown).toBe(false);
  });

  it("replicas come from deploy or scale; none means that nothing runs", () => {
    const imported = project(`
services:
  a: { image: a, deploy: { replicas: 3 } }
  b: { image: b, scale: 2 }
  c: { image: c, scale: 0 }
`);
    expect(running(imported)).toEqual(["a", "b"]);
    expect([itemOf(imported, "a").replicas, itemOf(imported, "b").replicas]).toEqual([3, 2]);
  });

  it("a service with profiles is there when one of them is on", () => {
    const text = "services: { a: { image: a }, b: { image: b, profiles: [debug], depends_on: [a] } }";
    expect(running(project(text))).toEqual(["a"]);
    expect(problems(project(text))).toEqual(["compose.yaml:1 warning profile"]);
    expect(running(project(text, {}, { profiles: ["debug"] }))).toEqual(["a", "b"]);
    expect(running(project(text, { ".env": "COMPOSE_PROFILES=x,debug" }))).toEqual(["a", "b"]);
  });

  it.each([
    ["a missing one", "services: { a: { image: a, depends_on: [nix] } }", "undefined-service"],
    ["itself", "services: { a: { image: a, depends_on: [a] } }", "cycle"],
    ["a circle", "services: { a: { image: a, depends_on: [b] }, b: { image: b, links: [a] } }", "cycle"],
    ["a network", "services: { a: { image: a, networks: [n] } }", "undefined-network"],
    ["a volume", "services: { a: { image: a, volumes: ['vol:/x'] } }", "undefined-volume"],
    [
      "two containers of one name",
      "services: { a: { image: a, container_name: x }, b: { image: b, container_name: x } }",
      "container-name",
    ],
    ["replicas of one name", "services: { a: { image: a, container_name: x, scale: 2 } }", "container-name"],
    ["no image", "services: { a: { command: x } }", "no-image"],
    ["an empty service", "services: { a: }", "empty-service"],
    ["a list", "services: [a]", "wrong-type"],
    [
      "a condition",
      "services: { b: { image: b }, a: { image: a, depends_on: { b: { condition: x } } } }",
      "wrong-value",
    ],
  ])("compose refuses %s: told once, and the project is refused", (_, text, code) => {
    const imported = project(text);
    expect(problems(imported)).toEqual([`compose.yaml:1 error ${code}`]);
    expect([...imported.refused.values()].map((issue) => issue.code)).toEqual([code]);
  });

  it("an unknown key is a warning, since versions differ", () => {
    expect(problems(project("services: { a: { image: a, nonsense: 1, x-mine: 2 } }"))).toEqual([
      "compose.yaml:1 warning unknown-key",
    ]);
  });

  it.each([
    ["broken YAML", "services: { a: [", "yaml"],
    ["nothing", "# nothing\n", "empty"],
  ])("%s is told with its place", (_, text, code) => {
    expect(problems(project(text)).map((line) => line.split(" ").at(-1))).toContain(code);
    expect(running(project(text))).toEqual([]);
  });
});

it("of a key that is there twice the last counts, though compose refuses it", () => {
  const imported = project("services:\n  a: { image: a, scale: 2 }\n  a: { image: b, scale: 3 }\n");
  expect(problems(imported)).toEqual(["compose.yaml:3 error duplicate-key"]);
  expect(itemOf(imported, "a").replicas).toBe(3);
});

describe("anchors, variables", () => {
  it("merge keys are put in, own keys win", () => {
    const imported = project(`
x-base: &base { image: a, depends_on: [db], scale: 2 }
x-more: &more { scale: 4, labels: { l: 1 } }
services:
  web: { <<: [*base, *more], image: w }
  api: { <<: *base, scale: 3 }
  db: { image: d }
`);
    expect(needsOf(imported, "web")).toEqual(["startup db"]);
    expect([itemOf(imported, "web").replicas, itemOf(imported, "api").replicas]).toEqual([2, 3]);
  });

  it("aliases that expand to too much are refused", () => {
    const levels = Array.from(
      { length: 12 },
      (_, k) => `l${k + 1}: &l${k + 1} [${Array(9).fill(`*l${k}`).join(", ")}]`,
    );
    const imported = project(
      `l0: &l0 [x, x, x]\n${levels.join("\n")}\nservices: { a: { image: a, x-bomb: *l12 } }`,
    );
    expect(problems(imported)).toEqual(["compose.yaml:1 error alias-bomb"]);
  });

  it("templates are named as such, where they are no YAML and where they are by accident", () => {
    expect(problems(project("services:\n  {{ name }}:\n    image: x\n"))).toEqual([
      "compose.yaml:2 error template",
    ]);
    expect(problems(project("services:\n  a:\n{{- if .x }}\n    image: x\n{{- end }}\n"))).toEqual([
      "compose.yaml:3 error template",
    ]);
    expect(problems(project("services: { a: { image: '{{ x }}' } }"))).toEqual([]);
  });

  it("an alias inside its own anchor ends", () => {
    expect(problems(project("services: &s { a: { image: a, x-y: *s } }"))).toEqual([
      "compose.yaml:1 error alias",
    ]);
  });

  it("variables come from the command line, then from .env, then from defaults", () => {
    const text = "services:\n  a: { image: a, scale: '${N:-2}' }\n  b: { image: '${IMAGE}' }\n";
    expect(itemOf(project(text), "a").replicas).toBe(2);
    expect(problems(project(text))).toEqual(["compose.yaml:3 warning unset-variable"]);
    const env = { ".env": "N=3\nIMAGE=x" };
    expect(itemOf(project(text, env), "a").replicas).toBe(3);
    expect(itemOf(project(text, env, { variables: new Map([["N", "4"]]) }), "a").replicas).toBe(4);
    expect(problems(project(text, env))).toEqual([]);
  });

  it("a required variable without a value is told by name; its message, which may be a secret, is not", () => {
    const imported = project("services:\n  a: { image: '${TOKEN:?hunter2}' }\n");
    expect(problems(imported)).toEqual(["compose.yaml:2 warning required-variable"]);
    expect(told(imported)).toContain("TOKEN");
    expect(told(imported)).not.toContain("hunter2");
  });

  it("a stray dollar sign is an error, $$ is one dollar sign", () => {
    expect(problems(project("services:\n  a: { image: 'x$-y' }\n"))).toEqual([
      "compose.yaml:2 error interpolation",
    ]);
    expect(problems(project("services:\n  a: { image: 'x$$-y' }\n"))).toEqual([]);
  });

  it("a line of .env that is no assignment is told without its text", () => {
    const imported = project("services: { a: { image: a } }", { ".env": "GOOD=1\n-----secret-----\n" });
    expect(problems(imported)).toEqual([".env:2 error env-file"]);
    expect(told(imported)).not.toContain("secret");
  });
});

describe("several files", () => {
  const base =
    "services:\n  a: { image: a, depends_on: [b], scale: 2 }\n  b: { image: b }\n  c: { image: c }\n";

  it("the override file of the folder counts; lists of needs are added up, the rest is replaced", () => {
    const imported = project(base, {
      "compose.override.yaml":
        "services:\n  a: { depends_on: { c: { condition: service_healthy } }, scale: 5 }\n  d: { image: d }\n",
    });
    expect(needsOf(imported, "a")).toEqual(["startup b", "startup c"]);
    expect(itemOf(imported, "a").replicas).toBe(5);
    expect(itemOf(imported, "a").at).toMatchObject({ file: "compose.yaml", line: 2 });
    expect(itemOf(imported, "d").at).toMatchObject({ file: "compose.override.yaml", line: 3 });
    expect(imported.reads).toEqual(["compose.override.yaml", "compose.yaml"]);
  });

  it("!reset takes away, !override replaces", () => {
    const over = (value: string) =>
      needsOf(project(base, { "compose.override.yml": `services:\n  a: { depends_on: ${value} }\n` }), "a");
    expect(over("!reset []")).toEqual([]);
    expect(over("!override [c]")).toEqual(["startup c"]);
    expect(over("")).toEqual(["startup b"]);
  });

  it("named files are one project, in their order", () => {
    const files = { "one.yaml": base, "two.yaml": "name: both\nservices: { a: { scale: 7 } }" };
    const imported = importOf(compose, files, { entry: ["one.yaml", "two.yaml"] });
    expect(itemOf(imported, "a").replicas).toBe(7);
    expect(imported.managers.map(({ name, preset }) => [name, preset])).toEqual([["both", "compose/up"]]);
  });

  it("COMPOSE_FILE names the files, COMPOSE_PROJECT_NAME the project, COMPOSE_REMOVE_ORPHANS what becomes of the rest", () => {
    const env = "COMPOSE_FILE=compose.yaml:more.yaml\nCOMPOSE_PROJECT_NAME=shop\nCOMPOSE_REMOVE_ORPHANS=1\n";
    const imported = project(base, { ".env": env, "more.yaml": "services: { z: { image: z } }" });
    expect(running(imported)).toContain("z");
    expect(imported.managers[0]).toMatchObject({ name: "shop", preset: "compose/up-remove-orphans" });
    expect(itemOf(imported, "project shop").ownership).toMatchObject({
      omitted: "delete",
      deleted: "delete",
      refused: "keep",
    });
  });

  it("without a file at the top every folder is a project of its own", () => {
    const one = "services: { web: { image: w } }";
    const imported = importOf(compose, {
      "x/compose.yaml": one,
      "y/docker-compose.yml": one,
      "y/z/other.yaml": one,
    });
    expect(imported.managers.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(imported.items.filter(({ runs }) => runs).map(({ id }) => id)).toEqual([
      "x/service:web",
      "y/service:web",
    ]);
  });
});

describe("extends and include", () => {
  it("a service takes over what it extends, over files and folders", () => {
    const imported = project(
      "services:\n  web: { extends: { file: lib/base.yaml, service: mid }, scale: 3 }\n  db: { image: d }\n",
      {
        "lib/base.yaml":
          "services:\n  mid: { extends: { file: deep/x.yaml, service: low }, depends_on: [db] }\n",
        "lib/deep/x.yaml": "services: { low: { image: l, scale: 9 } }",
      },
    );
    expect(needsOf(imported, "web")).toEqual(["startup db"]);
    expect(itemOf(imported, "web").replicas).toBe(3);
    expect(problems(imported)).toEqual([]);
  });

  it("extending in a circle, a missing service, a missing file and another machine are told", () => {
    const code = (text: string, more = {}) =>
      problems(project(text, more)).map((line) => line.split(" ").at(-1));
    expect(code("services: { a: { image: a, extends: b }, b: { image: b, extends: a } }")).toContain(
      "extends-cycle",
    );
    expect(code("services: { a: { extends: { service: nix } } }")).toEqual(["extends"]);
    expect(code("services: { a: { extends: { file: nix.yaml, service: b } } }")).toEqual(["missing-file"]);
    expect(code("services: { a: { extends: { file: 'https://x/y', service: b } } }")).toEqual(["remote"]);
    const over = { "b.yaml": "services: { b: { extends: { file: compose.yaml, service: a } } }" };
    expect(code("services: { a: { extends: { file: b.yaml, service: b } } }", over)).toContain(
      "extends-cycle",
    );
  });

  it("included files have their own folder and .env", () => {
    const imported = project("include: [sub/compose.yaml]\nservices: { a: { image: a, depends_on: [b] } }", {
      "sub/compose.yaml": "include: [more.yaml]\nservices: { b: { image: b, scale: '${N}' } }",
      "sub/more.yaml": "services: { c: { image: c } }",
      "sub/.env": "N=4",
    });
    expect(running(imported)).toEqual(["a", "b", "c"]);
    expect(itemOf(imported, "b").replicas).toBe(4);
    expect(problems(imported)).toEqual([]);
  });

  it("including in a circle, what is not there, and what is there already are told", () => {
    const code = (text: string, more = {}) =>
      problems(project(text, more)).map((line) => line.split(" ").at(-1));
    expect(code("include: [compose.yaml]\nservices: { a: { image: a } }")).toEqual(["include-cycle"]);
    expect(code("include: [../up.yaml]\nservices: { a: { image: a } }")).toEqual(["missing-file"]);
    const twice = { "b.yaml": "services: { a: { image: b } }" };
    expect(code("include: [b.yaml]\nservices: { a: { image: a } }", twice)).toEqual(["include-conflict"]);
  });
});
