/** Manifests of Kubernetes: a directory for kubectl, one file for podman. */
import type { Json } from "../../../../src/base/json.js";
import type { Files } from "../files.js";
import { type Format, Listing, type Program, programOf, type Read, unreadable } from "../reads.js";
import { isMap, loadDocuments } from "./yaml.js";

const names = ["a", "b", "c", "d", "m"];
export const manifest = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  labels: {app: t}\ndata: {name: ${name}}\n`;

/** `selector`: of the objects only those with the label app=t count (`-l app=t`). */
export const kubectl = (selector: boolean): Format => ({
  files: new Map([
    ["dir/", ""],
    ...names.map((name): [string, string] => [`dir/${name}.yaml`, manifest(name)]),
  ]),
  read: (now) => readDirectory(now, selector),
  inPlace: true,
});

function readDirectory(now: Files, selector: boolean): Read {
  if (!now.has("dir/")) return unreadable("there is no such directory");
  const listing = new Listing();
  let objects = 0;
  for (const [path, text] of now) {
    if (!/^dir\/.+\.(yaml|yml|json)$/.test(path)) continue;
    for (const object of objectsIn(path, text, listing)) {
      const metadata = isMap(object) && isMap(object["metadata"]) ? object["metadata"] : {};
      const labels = isMap(metadata["labels"]) ? metadata["labels"] : {};
      const { name } = metadata;
      if (selector && labels["app"] !== "t") continue;
      objects++;
      if (typeof name !== "string") listing.failed(path, "no-name", "the object has no name");
      else listing.present(name, name, object);
    }
  }
  // What it is given without any object in it is an error of its own.
  const wrong = Object.values(listing.complete().entries).some((entry) => entry.is === "unknown");
  return objects === 0 && !wrong ? unreadable("no objects passed to apply") : listing.complete();
}

function objectsIn(path: string, text: string, listing: Listing): readonly Json[] {
  const documents = loadDocuments(text);
  if ("error" in documents) {
    listing.failed(path, "syntax", documents.error);
    return [];
  }
  return documents.flatMap((object): readonly Json[] => {
    if (!isMap(object) || typeof object["kind"] !== "string") {
      listing.failed(path, "no-kind", "the object has no kind");
      return [];
    }
    const { kind, items } = object;
    return kind === "List" && Array.isArray(items) ? items : [object];
  });
}

export const podFile = "pods.yaml";
export const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: x\n    image: tb\n    command: [/bin/run, ${name}]\n`;

export const podman: Format = {
  files: new Map([[podFile, names.map(pod).join("---\n")]]),
  read: (now) => {
    const text = now.get(podFile);
    if (text === undefined) return unreadable("there is no file");
    const documents = loadDocuments(text);
    if ("error" in documents) return unreadable(documents.error);
    if (documents.length === 0) return unreadable("the file says nothing");
    const listing = new Listing();
    const twice = new Set<string>();
    for (const object of documents) readPod(object, listing, twice);
    return listing.complete();
  },
};

function readPod(object: Json, listing: Listing, twice: Set<string>): void {
  const spec = isMap(object) && isMap(object["spec"]) ? object["spec"] : {};
  const metadata = isMap(object) && isMap(object["metadata"]) ? object["metadata"] : {};
  const name = typeof metadata["name"] === "string" ? metadata["name"] : "unnamed";
  const { containers } = spec;
  if (!Array.isArray(containers)) listing.failed(name, "type", "`containers` is no list");
  else if (twice.has(name)) listing.failed(name, "duplicate-name", "there are two of the name");
  else listing.present(name, programIn(containers[0]), object);
  twice.add(name);
}

/** There is one image on the machine, and no ConfigMap in the file. */
function programIn(container: Json | undefined): Program {
  if (!isMap(container)) return null;
  const { command, image, envFrom = [] } = container;
  const startable =
    Array.isArray(command) && image === "tb" && Array.isArray(envFrom) && envFrom.length === 0;
  return startable ? programOf(command.join(" ")) : null;
}
