/** Host names that a text mentions, for those who know which of them are Services. */

/** A host with a scheme or a port is meant as one; a bare word only where its variable is called like one. */
const withScheme = /[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@"',]*@)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)/gi;
const withPort = /(?:^|[\s,=@"'(])([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):\d{2,5}(?![\d.])/g;
const inCluster = /(?:^|[^a-z0-9.-])([a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9-]*\.svc)(?![a-z0-9-])/g;
const bare = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const calledHost =
  /(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|SERVER|SERVERS|SERVICE|ENDPOINT|BROKER|BROKERS|UPSTREAM|BACKEND|DOMAIN)$/i;
/** Longer texts are programs or certificates, and searching them costs more than it finds. */
const textMax = 4_000;

/** Hosts in a text, in order, each once. `name` is what the text is called: a variable, a key. */
export function hostsIn(text: string, name: string): string[] {
  if (text.length > textMax) return [];
  const found = new Set<string>();
  for (const pattern of [withScheme, withPort, inCluster]) {
    for (const match of text.matchAll(pattern)) found.add(match[1]!.toLowerCase());
  }
  if (calledHost.test(name)) {
    for (const part of text.split(/[\s,;]+/)) if (bare.test(part)) found.add(part);
  }
  return [...found].filter((host) => !/^[\d.]+$/.test(host) && host !== "localhost");
}

/** Commands that wait for somebody: `until nc -z db 5432`. Their words are hosts, if somebody is called so. */
export function waitsFor(command: string): string[] {
  if (
    command.length > textMax ||
    !/\b(?:until|while|wait|wait-for|nc|nslookup|pg_isready|ping|dockerize|wget|curl)\b/.test(command)
  ) {
    return [];
  }
  const words = command.split(/[\s"'=;()|&]+/).filter((word) => bare.test(word) && word.length > 1);
  return [...new Set([...hostsIn(command, ""), ...words])];
}

/** The Service that a host means to somebody in a namespace; null: none of a cluster. */
export function serviceOf(
  host: string,
  namespace: string | null,
): { name: string; namespace: string | null } | null {
  const parts = host.split(".");
  if (parts.length === 1) return { name: host, namespace };
  if (parts.length === 2 || parts[2] === "svc") return { name: parts[0]!, namespace: parts[1]! };
  return null;
}
