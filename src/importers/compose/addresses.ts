/** By which names the services of a project find each other: their own, `container_name`, aliases on networks. */
import type { Place } from "../contract.js";
import { isMap, type PlacedMap, textOf, textsOf, valueAt } from "../placed-value.js";

export interface Addresses {
  /** From any name to the service. A service's own name goes before aliases of others. */
  readonly services: ReadonlyMap<string, string>;
  /** From `container_name` to the service. */
  readonly containers: ReadonlyMap<string, string>;
  /** Names of containers that are there twice. */
  readonly twice: readonly { readonly at: Place; readonly message: string }[];
}

export function addressesOf(services: ReadonlyMap<string, PlacedMap>): Addresses {
  const containers = new Map<string, string>();
  const all = new Map<string, string>();
  const twice: { at: Place; message: string }[] = [];
  for (const [name, service] of services) {
    const value = valueAt(service, "container_name");
    const container = textOf(value);
    if (value !== undefined && container !== undefined && container !== "") {
      const other = containers.get(container);
      if (other !== undefined)
        twice.push({ at: value.at, message: `${other} and ${name} have one container_name` });
      containers.set(container, other ?? name);
    }
    const networks = valueAt(service, "networks");
    if (!isMap(networks)) continue;
    for (const { value: network } of networks.entries.values())
      for (const { text } of textsOf(valueAt(network, "aliases"))) all.set(text, name);
  }
  for (const [container, name] of containers) all.set(container, name);
  for (const name of services.keys()) all.set(name, name);
  return { services: all, containers, twice };
}
