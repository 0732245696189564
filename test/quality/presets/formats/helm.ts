/** A Helm chart: its templates are rendered with its values, and what comes out is the manifest of the release. */
import type { Json } from "../../../../src/base/json.js";
import type { Files } from "../files.js";
import { type Format, Listing, type Read, unreadable } from "../reads.js";
import { manifest } from "./manifests.js";
import { isMap, loadDocuments, loadYaml } from "./yaml.js";

const names = ["a", "b", "c", "d", "m"];
export const release = "secret of the release";

export const files: Files = new Map([
  ["chart/Chart.yaml", "apiVersion: v2\nname: tb\nversion: 1.0.0\n"],
  ["chart/values.yaml", "on: true\n"],
  ["chart/.helmignore", "*.swp\n"],
  [release, "tb"],
  ...names.map((name): [string, string] => [`chart/templates/${name}.yaml`, manifest(name)]),
]);

export const helm: Format = { files, read, inPlace: true };

function read(now: Files): Read {
  const chart = loadYaml(now.get("chart/Chart.yaml"));
  if ("error" in chart) return unreadable(`the chart: ${chart.error}`);
  const values = loadYaml(now.get("chart/values.yaml") ?? "{}");
  if ("error" in values || !isMap(values.value)) return unreadable("the values are no mapping");
  const ignored = (now.get("chart/.helmignore") ?? "").split("\n").filter((line) => line.endsWith("/"));
  const listing = new Listing();
  // Without the secret nobody knows of a release of this name.
  listing.project = now.get(release) ?? "another";
  for (const [path, text] of now) {
    const name = /^chart\/(templates\/[^_][^/]*)$/.exec(path)?.[1];
    if (name === undefined || ignored.some((folder) => name.startsWith(folder))) continue;
    readTemplate(path, text, values.value, listing);
  }
  return listing.complete();
}

function readTemplate(
  path: string,
  text: string,
  values: { readonly [key: string]: Json },
  listing: Listing,
): void {
  const rendered = render(text, values);
  const documents = rendered === null ? null : loadDocuments(rendered);
  if (documents === null || "error" in documents) {
    listing.failed(path, "syntax", "it cannot be rendered");
    return;
  }
  for (const object of documents) {
    const metadata = isMap(object) && isMap(object["metadata"]) ? object["metadata"] : {};
    if (!isMap(object) || typeof object["kind"] !== "string") listing.failed(path, "no-kind", "no kind");
    else {
      const name = String(metadata["name"]);
      listing.present(name, name, object);
    }
  }
}

const isFalse = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === "" ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0);

/** The text with its actions carried out: `if .Values.KEY` to `end`, and nothing else that is known. Null: an error. */
function render(text: string, values: { readonly [key: string]: Json }): string | null {
  let out = "";
  const shown: boolean[] = [];
  for (const [k, part] of text.split("{{").entries()) {
    const [action, rest] = k === 0 ? ["", part] : (part.split("}}", 2) as [string, string | undefined]);
    if (rest === undefined) return null;
    const key = /^ if \.Values\.(\w+) $/.exec(action)?.[1];
    if (key !== undefined) shown.push(!isFalse(values[key]));
    else if (action === " end " && shown.length > 0) shown.pop();
    else if (action !== "") return null;
    if (!shown.includes(false)) out += rest;
  }
  return shown.length > 0 ? null : out;
}
