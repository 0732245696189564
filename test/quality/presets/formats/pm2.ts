/** pm2: an ecosystem file, and the dump that it is resurrected from. Both list apps; what an app says is not checked. */
import type { Json } from "../../../../src/base/json.js";
import type { Files } from "../files.js";
import { type Format, Listing, programOf, type Read, unreadable } from "../reads.js";
import { isMap } from "./yaml.js";

export const ecosystem = "eco.config.json";
export const dump = "dump.pm2";
const app = (name: string): Json => ({ name, script: `/bin/run ${name}` });
const apps = ["a", "b", "c", "d"].map(app);

export const files: Files = new Map([
  [ecosystem, JSON.stringify({ apps })],
  [dump, JSON.stringify(apps)],
  [`${dump}.bak`, JSON.stringify(apps)],
]);

export const pm2 = (of: typeof ecosystem | typeof dump): Format => ({ files, read: (now) => read(now, of) });

function read(now: Files, of: string): Read {
  const text = now.get(of);
  if (text === undefined) return unreadable("there is no file");
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return unreadable("it is no JSON");
  }
  const list = of === ecosystem && isMap(value) ? value["apps"] : value;
  if (!Array.isArray(list)) return unreadable("there is no list of apps");
  const listing = new Listing();
  list.forEach((item, k) => {
    if (!isMap(item)) listing.failed(`apps[${k}]`, "type", "it is no app");
    else listing.present(String(item["name"]), programOf(String(item["script"])), item);
  });
  return listing.complete();
}
