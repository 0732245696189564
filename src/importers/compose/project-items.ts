/** The model of a project to items: services, named volumes, and the project that owns the services. */
import type { ImportedNeed, Item, ItemId, Ownership, Place } from "../contract.js";
import { isMap, type PlacedMap, textOf, textsOf, valueAt } from "../placed-value.js";
import { type Addresses, addressesOf } from "./addresses.js";
import { serviceKeys } from "./known-keys.js";
import type { Loading } from "./load-file.js";
import type { Model } from "./load-project.js";
import { inferredNeeds, type NamedNeed, namedVolumes, statedNeeds } from "./service-needs.js";

export interface ProjectOptions {
  readonly name: string;
  /** Before the ids of its items: the folder of the project. */
  readonly prefix: string;
  readonly profiles: ReadonlySet<string>;
  readonly ownership: Ownership;
  readonly at: Place;
}

export function projectItems(model: Model, options: ProjectOptions, loading: Loading): readonly Item[] {
  const id = (kind: string, name: string): ItemId => `${options.prefix}${kind}:${name}`;
  const project: ItemId = id("project", options.name);
  const services = new Map<string, PlacedMap>();
  for (const [name, { value }] of model.services) {
    if (!isMap(value)) continue;
    const profiles = textsOf(valueAt(value, "profiles")).map(({ text }) => text);
    const on =
      profiles.length === 0 ||
      options.profiles.has("*") ||
      profiles.some((item) => options.profiles.has(item));
    if (on) services.set(name, value);
    else {
      const hint = `to import it: --profile ${profiles[0]}`;
      loading.found.warn(value.at, {
        code: "profile",
        message: `the service ${name} is off: none of its profiles is on`,
        hint,
      });
    }
  }
  const items: Item[] = [
    { ...blank(project, "project", `project ${options.name}`, options.at), ownership: options.ownership },
  ];
  const addresses = addressesOf(services);
  for (const { at, message } of addresses.twice) loading.refuse(at, "container-name", message);
  for (const [name, service] of services) {
    const at = model.services.get(name)!.at;
    const replicas = replicasOf(service, loading);
    const needs = needsOf(name, service, addresses, model, loading);
    items.push({
      ...blank(id("service", name), "service", name, at),
      runs: replicas > 0,
      owner: project,
      needs: needs.map(
        ({ volume, service: on, kind, certain, evidence, at: place }): ImportedNeed => ({
          on: volume ? id("volume", on) : id("service", on),
          kind,
          certain,
          evidence,
          at: place,
        }),
      ),
      needsKnown: needs.some(({ volume, certain }) => certain && !volume),
      replicas: Math.max(1, replicas),
    });
    check(name, service, model, loading);
  }
  for (const [name, { at }] of model.volumes)
    items.push({ ...blank(id("volume", name), "volume", name, at), data: true });
  checkCycles(items, loading);
  return items;
}

type Needed = NamedNeed & { readonly volume: boolean };

function needsOf(
  name: string,
  service: PlacedMap,
  addresses: Addresses,
  model: Model,
  loading: Loading,
): readonly Needed[] {
  const { needs, wrong } = statedNeeds(service);
  for (const { at, message, expected } of wrong) loading.refuse(at, "wrong-value", message, { expected });
  const meant = needs.flatMap((need): readonly NamedNeed[] => {
    const container = need.container === true ? addresses.containers.get(need.service) : need.service;
    return container === undefined ? [] : [{ ...need, service: container }];
  });
  const isOn = (service: string): boolean => addresses.services.get(service) === service;
  const known = meant.filter((need) => {
    if (isOn(need.service) && need.service !== name) return true;
    if (need.service === name)
      loading.refuse(need.at, "cycle", `the service ${name} needs itself (${need.evidence})`);
    if (need.service === name || !need.required) return false;
    const off = model.services.has(need.service) ? ", whose profiles are off" : ", which is not described";
    loading.refuse(
      need.at,
      "undefined-service",
      `${name} needs the service ${need.service}${off} (${need.evidence})`,
    );
    return false;
  });
  const volumes = namedVolumes(service).map(({ name: volume, at }): Needed => {
    if (!model.volumes.has(volume)) {
      loading.refuse(at, "undefined-volume", `${name} uses the volume ${volume}, which is not described`);
      // Its data is there all the same.
      model.volumes.set(volume, { at, value: { is: "scalar", value: null, at, tag: null } });
    }
    const need = { kind: "hard", certain: true, evidence: "volumes" } as const;
    return { ...need, service: volume, at, required: true, volume: true };
  });
  const inferred = inferredNeeds(name, service, addresses.services);
  return [...[...known, ...inferred].map((need) => ({ ...need, volume: false })), ...volumes];
}

function replicasOf(service: PlacedMap, loading: Loading): number {
  const value = valueAt(valueAt(service, "deploy"), "replicas") ?? valueAt(service, "scale");
  const text = textOf(value);
  if (value === undefined || text === undefined || text === "") return 1;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  loading.refuse(value.at, "wrong-value", "this is no number of replicas", { expected: "a whole number" });
  return 1;
}

function check(name: string, service: PlacedMap, model: Model, loading: Loading): void {
  for (const [key, { at }] of service.entries) {
    if (serviceKeys.has(key) || key.startsWith("x-")) continue;
    loading.found.warn(at, {
      code: "unknown-key",
      message: `\`${key}\` is no key of a service`,
      hint: "compose refuses a file with a key that its version does not know",
    });
  }
  const container = service.entries.get("container_name");
  if (container !== undefined && replicasOf(service, loading) > 1)
    loading.refuse(container.at, "container-name", `${name} has several replicas and one container_name`);
  const made = ["image", "build", "provider", "extends"].some((key) => service.entries.has(key));
  if (!made) loading.refuse(service.at, "no-image", `the service ${name} has neither an image nor a build`);
  const networks = valueAt(service, "networks");
  const names = isMap(networks)
    ? [...networks.entries].map(([text, { at }]) => ({ text, at }))
    : textsOf(networks).filter(({ text }) => text !== "");
  for (const { text, at } of names) {
    if (!model.networks.has(text))
      loading.refuse(at, "undefined-network", `${name} is on the network ${text}, which is not described`);
  }
}

/** Compose refuses to order what needs each other. Each cycle once, where it is closed. */
function checkCycles(items: readonly Item[], loading: Loading): void {
  const byId = new Map(items.map((item) => [item.id, item]));
  const done = new Set<ItemId>();
  for (const start of items) {
    const path: { item: Item; next: number }[] = [{ item: start, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const needs = top.item.needs.filter(({ certain }) => certain);
      const need = done.has(top.item.id) ? undefined : needs[top.next++];
      const target = need === undefined ? undefined : byId.get(need.on);
      if (need === undefined) {
        done.add(top.item.id);
        path.pop();
      } else if (target !== undefined && !done.has(target.id)) {
        const from = path.findIndex(({ item }) => item === target);
        if (from < 0) path.push({ item: target, next: 0 });
        else {
          const names = [...path.slice(from).map(({ item }) => item.title), target.title];
          loading.refuse(need.at, "cycle", `these services need each other: ${names.join(" -> ")}`);
        }
      }
    }
  }
}

const blank = (id: ItemId, kind: string, title: string, at: Place): Item => ({
  id,
  kind,
  title,
  runs: false,
  contains: [],
  data: false,
  at,
  owner: null,
  ownership: null,
  keep: null,
  needs: [],
  needsKnown: true,
  replicas: 1,
});
