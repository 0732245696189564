/** Who serves a URL, if somebody in the cluster does: by the name of a Service, or by a host of a route. */
import type { ItemId } from "../contract.js";
import type { Draft } from "./draft.js";
import { type Entry, idIn } from "./entry-index.js";
import { serviceOf } from "./hosts.js";
import { isMapping, listAt, textAt, textsAt, type Value } from "./values.js";

export function serverOf(url: string, entries: readonly Entry[]): ItemId | null {
  const host = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([a-z0-9.-]+)/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined) return null;
  const meant = serviceOf(host, null);
  let best: { entry: Entry; length: number } | null = null;
  for (const entry of entries) {
    const { draft } = entry;
    if (
      draft.kind === "Service" &&
      meant !== null &&
      draft.object.name === meant.name &&
      draft.namespace === meant.namespace
    ) {
      return idIn(draft.id, entry.cluster);
    }
    const { release } = draft;
    if (release === null) continue;
    const serves =
      meant !== null &&
      release.namespace === meant.namespace &&
      (meant.name === release.name || meant.name.startsWith(`${release.name}-`));
    if (serves && (best === null || release.name.length > best.length))
      best = { entry, length: release.name.length };
  }
  if (best !== null) return idIn(best.entry.draft.id, best.entry.cluster);
  const routed = entries.find((entry) => hostsOf(entry.draft).has(host));
  return routed === undefined ? null : idIn(routed.draft.id, routed.cluster);
}

const reached = new WeakMap<Draft, ReadonlySet<string>>();

/** Hosts under which an object says that it is reached. */
function hostsOf(draft: Draft): ReadonlySet<string> {
  let hosts = reached.get(draft);
  if (hosts === undefined) reached.set(draft, (hosts = readHosts(draft)));
  return hosts;
}

function readHosts(draft: Draft): ReadonlySet<string> {
  const { body, kind } = draft.object;
  const found = new Set<string>();
  if (kind === "Ingress") {
    for (const rule of listAt(body, "spec", "rules")) {
      const host = textAt(rule, "host");
      if (host !== null) found.add(host);
    }
  } else if (kind.endsWith("Route")) for (const host of textsAt(body, "spec", "hostnames")) found.add(host);
  else if (draft.release !== null) valueHosts(body["spec"] ?? null, "", found);
  return found;
}

function valueHosts(value: Value, key: string, found: Set<string>): void {
  if (typeof value === "string") {
    if (/^host(?:name)?s?$|^domain$/i.test(key)) found.add(value.toLowerCase());
  } else if (Array.isArray(value)) for (const item of value as readonly Value[]) valueHosts(item, key, found);
  else if (isMapping(value)) {
    for (const [name, item] of Object.entries(value)) if (item !== undefined) valueHosts(item, name, found);
  }
}
