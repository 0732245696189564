/** What all SARIF 2.1.0 logs of ours are made of. */
import type { Json } from "../base/json.js";
import { visible } from "./check/visible.js";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export const sarifLog = (runs: readonly Json[]): string =>
  `${JSON.stringify({ $schema: schema, version: "2.1.0", runs }, null, 2)}\n`;

/** Relative places are relative to the root of the repository, wherever it is checked out. */
const rootId = "%SRCROOT%";

/** A path that leads nowhere from a root is the only one that cannot be relative to it. */
export function artifact(path: string): { uri: string; uriBaseId?: string } {
  const slashes = path.replaceAll("\\", "/").replace(/^(\.\/+)+/, "");
  const drive = /^[a-z]:\//i.exec(slashes)?.[0] ?? "";
  const uri = slashes.slice(drive.length).split("/").map(segment).join("/");
  if (drive !== "") return { uri: `file:///${drive}${uri}` };
  return slashes.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: rootId };
}

export const segment = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));

/** Viewers make a link of [text](address), whoever wrote it. */
export const message = (text: string): { text: string } => ({ text: visible(text).replaceAll("](", "] (") });

export const root = { [rootId]: { description: message("the root of the repository") } };
