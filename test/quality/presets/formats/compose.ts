/** Compose files, as docker-compose and `docker stack deploy` validate them. */
import type { Json } from "../../../../src/base/json.js";
import type { Files } from "../files.js";
import { type Format, Listing, programOf, type Read, unreadable } from "../reads.js";
import { isMap, loadYaml } from "./yaml.js";

export const file = "compose.yaml";
/** Name of the project or stack, as it is given beside the file. */
export const project = "project";

const service = (name: string, more = ""): string =>
  `  ${name}:\n    image: tb\n    command: "/bin/run ${name}"\n${more}`;

export const files: Files = new Map([
  [
    file,
    `version: "3.7"\nservices:\n${service("a")}${service("b")}${service("c", "    depends_on: [b]\n")}${service("d")}${service("m")}`,
  ],
  [project, "tb"],
]);

const known = new Set(["image", "command", "depends_on", "container_name", "networks", "deploy"]);

/** `dependencies`: Swarm does not look at depends_on. */
export const compose = (dependencies: boolean): Format => ({
  files,
  read: (now) => read(now, dependencies),
});

function read(now: Files, dependencies: boolean): Read {
  const loaded = loadYaml(now.get(file));
  if ("error" in loaded) return unreadable(loaded.error);
  const services = isMap(loaded.value) ? loaded.value["services"] : undefined;
  if (!isMap(services)) return unreadable("`services` is no mapping");
  const listing = new Listing();
  listing.project = now.get(project)!;
  for (const [name, value] of Object.entries(services)) readService(name, value, listing, dependencies);
  const { needs } = listing.complete();
  for (const [name, list] of Object.entries(needs)) {
    if (list.some((other) => !listing.has(other)))
      listing.failed(name, "dangling-need", "it needs what is not there");
    else if (reaches(name, name, needs)) listing.failed(name, "cycle", "it needs itself");
  }
  return listing.complete();
}

function readService(name: string, value: Json | undefined, listing: Listing, dependencies: boolean): void {
  const fault = faultOf(value);
  if (fault !== null || !isMap(value)) {
    listing.failed(name, "schema", fault ?? "it is no mapping");
    return;
  }
  const { depends_on: needs = [], ...rest } = value;
  const replicas = isMap(value["deploy"]) ? Number(value["deploy"]["replicas"] ?? 1) : 1;
  listing.present(name, programOf(String(value["command"])), dependencies ? value : rest, {
    needs: dependencies ? (needs as readonly string[]) : [],
    replicas,
  });
}

function faultOf(value: Json | undefined): string | null {
  if (!isMap(value)) return "it is no mapping";
  const { image, command, depends_on: needs = [], networks = [], deploy = {} } = value;
  const unknownKey = Object.keys(value).find((key) => !known.has(key));
  if (unknownKey !== undefined) return `it has a key ${unknownKey}`;
  if (typeof image !== "string") return "it has no image";
  if (typeof command !== "string") return "its command is no text";
  if (!Array.isArray(needs) || !Array.isArray(networks) || !isMap(deploy)) return "a value of another type";
  if (networks.length > 0) return "no network is declared";
  return typeof (deploy["replicas"] ?? 1) === "number" ? null : "`replicas` is no number";
}

const reaches = (
  from: string,
  to: string,
  needs: Readonly<Record<string, readonly string[]>>,
  seen: ReadonlySet<string> = new Set(),
): boolean =>
  (needs[from] ?? []).some(
    (next) => next === to || (!seen.has(next) && reaches(next, to, needs, new Set([...seen, next]))),
  );
