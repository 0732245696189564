/**
 * What a service of compose says that it needs. `depends_on`, `links` and `volumes_from` order starting and stopping, whatever
 * the condition: once it runs, nothing stops it when the other one stops. Sharing the namespaces of another container is more.
 * https://docs.docker.com/compose/how-tos/startup-order/
 */
import type { ImportedNeed, Place } from "../contract.js";
import { isList, isMap, type Placed, type PlacedMap, textOf, textsOf, valueAt } from "../placed-value.js";
import { mountParts } from "./merge.js";

export interface NamedNeed extends Omit<ImportedNeed, "on"> {
  readonly service: string;
  /** `service` is the name of a container, which may belong to nobody here. */
  readonly container?: true;
  /** False: compose goes on without it. */
  readonly required: boolean;
}

const conditions = new Set(["service_started", "service_healthy", "service_completed_successfully"]);

export interface ServiceNeeds {
  readonly needs: readonly NamedNeed[];
  readonly wrong: readonly { readonly at: Place; readonly message: string; readonly expected: string }[];
}

export function statedNeeds(service: PlacedMap): ServiceNeeds {
  const wrong: { at: Place; message: string; expected: string }[] = [];
  const needs: NamedNeed[] = [];
  const add = (
    name: string,
    kind: ImportedNeed["kind"],
    evidence: string,
    at: Place,
    required = true,
  ): void => {
    needs.push({ service: name, kind, certain: true, evidence, at, required });
  };
  const addContainer = (name: string, kind: ImportedNeed["kind"], evidence: string, at: Place): void => {
    needs.push({ service: name, container: true, kind, certain: true, evidence, at, required: false });
  };
  const depends = valueAt(service, "depends_on");
  if (isMap(depends)) {
    for (const [name, { at, value }] of depends.entries) {
      const condition = textOf(valueAt(value, "condition"));
      if (condition !== undefined && !conditions.has(condition))
        wrong.push({
          at,
          message: `this is no condition of depends_on`,
          expected: [...conditions].join(", "),
        });
      const required = textOf(valueAt(value, "required")) !== "false";
      const words = `depends_on${condition === undefined ? "" : `, ${condition}`}${required ? "" : ", not required"}`;
      add(name, required ? "startup" : "soft", words, at, required);
    }
  } else {
    for (const { text, at } of textsOf(depends)) add(text, "startup", "depends_on", at);
    if (depends !== undefined && !isList(depends) && textOf(depends) !== undefined)
      wrong.push({ at: depends.at, message: "`depends_on` is a text", expected: "a list or a mapping" });
  }
  for (const { text, at } of textsOf(valueAt(service, "links")))
    add(text.split(":")[0]!, "startup", "links", at);
  for (const { text, at } of textsOf(valueAt(service, "volumes_from")))
    if (text.startsWith("container:"))
      addContainer(text.split(":")[1]!, "startup", "volumes_from: container", at);
    else add(text.split(":")[0]!, "startup", "volumes_from", at);
  for (const key of ["network_mode", "ipc", "pid"]) {
    const value = valueAt(service, key);
    const text = textOf(value);
    if (text?.startsWith("service:"))
      add(text.slice("service:".length), "hard", `${key}: service`, value!.at);
    if (text?.startsWith("container:"))
      addContainer(text.slice("container:".length), "hard", `${key}: container`, value!.at);
  }
  return { needs, wrong };
}

export interface NamedVolume {
  readonly name: string;
  readonly at: Place;
}

/** Volumes with a name; folders of the machine and volumes without a name are none. */
export function namedVolumes(service: PlacedMap): readonly NamedVolume[] {
  const volumes = valueAt(service, "volumes");
  if (!isList(volumes)) return [];
  return volumes.items.flatMap((item): NamedVolume[] => {
    if (isMap(item)) {
      const source = textOf(valueAt(item, "source"));
      return textOf(valueAt(item, "type")) === "volume" && source !== undefined
        ? [{ name: source, at: item.at }]
        : [];
    }
    const { source } = mountParts(textOf(item) ?? "");
    return source === null || !/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(source)
      ? []
      : [{ name: source, at: item.at }];
  });
}

/** The name of a variable says that its value names a machine. */
const namesMachine =
  /(^|_)(HOST|HOSTS|HOSTNAME|ADDR|ADDRESS|ADDRESSES|SERVER|SERVERS|ENDPOINT|SERVICE|BROKER|BROKERS|URL|URI|DSN)(_|\d|$)/i;

/**
 * Names of other services in the values of environment variables: as the host of a URL or before a port anywhere, alone only
 * where the variable's name speaks of a machine (POSTGRES_USER=postgres does not). The value itself is never shown.
 */
export function inferredNeeds(
  own: string,
  service: PlacedMap,
  addresses: ReadonlyMap<string, string>,
): readonly NamedNeed[] {
  const needs = new Map<string, NamedNeed>();
  for (const { key, value, at } of environment(valueAt(service, "environment"))) {
    for (const host of hostsIn(value, namesMachine.test(key))) {
      const name = addresses.get(host);
      if (name === undefined || name === own || needs.has(name)) continue;
      const evidence = `the variable ${key} names the service ${name}`;
      needs.set(name, { service: name, kind: "soft", certain: false, evidence, at, required: true });
    }
  }
  return [...needs.values()];
}

function environment(value: Placed | undefined): readonly { key: string; value: string; at: Place }[] {
  if (isMap(value))
    return [...value.entries].map(([key, entry]) => ({
      key,
      value: textOf(entry.value) ?? "",
      at: entry.at,
    }));
  return textsOf(value).flatMap(({ text, at }) => {
    const equals = text.indexOf("=");
    return equals < 0 ? [] : [{ key: text.slice(0, equals), value: text.slice(equals + 1), at }];
  });
}

/** Longer values are data, not addresses. */
const valueMax = 4_000;

function hostsIn(value: string, alone: boolean): readonly string[] {
  if (value.length > valueMax) return [];
  return value.split(/[\s,;|]+/).flatMap((part): string[] => {
    const url = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(.*)$/.exec(part.replace(/^jdbc:/, ""));
    // What stands before an @ is a password.
    const rest = (url === null ? part : url[1]!).replace(/^[^/?#]*@/, "");
    const found = /^([A-Za-z0-9][A-Za-z0-9_.-]*)(:\d{1,5})?(?=$|[/?#])/.exec(rest);
    if (found === null) return [];
    return url !== null || found[2] !== undefined || (alone && found[0] === rest) ? [found[1]!] : [];
  });
}
