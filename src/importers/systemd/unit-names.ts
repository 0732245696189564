/** Names of units: `name.type`, templates `name@.type`, instances `name@instance.type`, and specifiers in them. */

const types = [
  "service",
  "socket",
  "target",
  "timer",
  "path",
  "mount",
  "automount",
  "swap",
  "device",
  "slice",
  "scope",
];
const pattern = new RegExp(`^([A-Za-z0-9:_.\\\\-]+)(@([^/]*))?\\.(${types.join("|")})$`);

export interface UnitName {
  /** Before the @. */
  readonly prefix: string;
  /** Null: neither template nor instance; empty: a template. */
  readonly instance: string | null;
  readonly type: string;
}

/** Undefined: this is no name of a unit. */
export function unitName(text: string): UnitName | undefined {
  if (text.length > 255) return undefined;
  const found = pattern.exec(text);
  return found === null
    ? undefined
    : { prefix: found[1]!, instance: found[2] === undefined ? null : found[3]!, type: found[4]! };
}

export const isTemplate = (name: string): boolean => unitName(name)?.instance === "";

/** `getty@.service` of `getty@tty1.service`; null for what is no instance. */
export function templateOf(name: string): string | null {
  const parts = unitName(name);
  return parts === undefined || parts.instance === null || parts.instance === ""
    ? null
    : `${parts.prefix}@.${parts.type}`;
}

/** Undefined: a specifier whose value only the machine knows. https://www.freedesktop.org/software/systemd/man/systemd.unit#Specifiers */
export function withSpecifiers(text: string, unit: string): string | undefined {
  const parts = unitName(unit);
  if (!text.includes("%") || parts === undefined) return text;
  const instance = parts.instance ?? "";
  const plain = unit.slice(0, unit.lastIndexOf("."));
  const values: Readonly<Record<string, string>> = {
    "%": "%",
    n: unit,
    N: plain,
    p: parts.prefix,
    P: unescaped(parts.prefix),
    i: instance,
    I: unescaped(instance),
    j: parts.prefix.slice(parts.prefix.lastIndexOf("-") + 1),
    J: unescaped(parts.prefix.slice(parts.prefix.lastIndexOf("-") + 1)),
  };
  let known = true;
  const out = text.replaceAll(/%(.?)/g, (_, sign: string) => {
    if (values[sign] === undefined) known = false;
    return values[sign] ?? "";
  });
  return known ? out : undefined;
}

const unescaped = (text: string): string =>
  text
    .replaceAll("-", "/")
    .replaceAll(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** `/var/lib/x` is `var-lib-x.mount`: `-` in a name is written as \x2d. */
export function mountUnit(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length === 0) return "-.mount";
  const escaped = parts.map((part) =>
    [...part]
      .map((sign, k) => (/[A-Za-z0-9:_]/.test(sign) || (sign === "." && k > 0) ? sign : hex(sign)))
      .join(""),
  );
  return `${escaped.join("-")}.mount`;
}

const hex = (sign: string): string =>
  [...new TextEncoder().encode(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
