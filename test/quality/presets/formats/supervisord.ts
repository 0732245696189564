/** supervisord: one main file, and what its [include] names. */
import type { Files } from "../files.js";
import { type Format, Listing, programOf, type Read, unreadable } from "../reads.js";
import { readIni } from "./ini.js";

const program = (name: string): string => `[program:${name}]\ncommand=/bin/run ${name}\nstartsecs=0\n`;

export const main = "supervisord.conf";
export const team1 = "conf.d/team1.conf";
export const team2 = "conf.d/team2.conf";
export const control = `[unix_http_server]
file=/run/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
`;

export const files: Files = new Map([
  [
    main,
    `[supervisord]
pidfile=/run/s.pid
${control}[supervisorctl]
serverurl=unix:///run/s.sock
[include]
files=conf.d/*.conf
`,
  ],
  [team1, program("a") + program("b") + program("c")],
  [team2, program("d")],
]);

interface Verb {
  /** The client reads the main file for itself before it asks. */
  readonly client: boolean;
  /** The server starts anew, and reads the sections about itself again. */
  readonly anew: boolean;
}

export const supervisord = (verb: Verb): Format => ({ files, read: (now) => read(now, verb) });

function read(now: Files, { client, anew }: Verb): Read {
  const text = now.get(main);
  if (text === undefined) return unreadable("there is no main file");
  const sections = new Map<string, Map<string, string>>();
  const listing = new Listing();
  const wrong = readIni(text, sections);
  if (wrong !== null) listing.failed(main, "syntax", wrong);
  if (client && !sections.has("supervisorctl")) return unreadable("the client finds no section of its own");
  if (!sections.has("supervisord")) return unreadable("there is no section [supervisord]");
  for (const [path, more] of included(now, sections.get("include")?.get("files"))) {
    const line = readIni(more, sections);
    if (line !== null) listing.failed(path, "syntax", line);
  }
  const groups = groupsOf(sections, listing);
  for (const [section, keys] of sections) {
    if (section.startsWith("program:")) readProgram(section.slice("program:".length), keys, groups, listing);
  }
  const controlled = sections.has("unix_http_server") && sections.has("rpcinterface:supervisor");
  if (anew && !controlled) listing.manages = { code: "no-own-entry", message: "nothing to be controlled by" };
  return listing.complete();
}

const included = (now: Files, glob = ""): readonly (readonly [string, string])[] => {
  const [folder, ending] = glob.split("*");
  return [...now].filter(([path]) => glob !== "" && path.startsWith(folder!) && path.endsWith(ending ?? ""));
};

/** Group by program; a group of what is not there is an error. */
function groupsOf(sections: ReadonlyMap<string, ReadonlyMap<string, string>>, listing: Listing) {
  const groups = new Map<string, string>();
  for (const [section, keys] of sections) {
    if (!section.startsWith("group:")) continue;
    for (const name of (keys.get("programs") ?? "").split(",")) {
      groups.set(name, section);
      if (!sections.has(`program:${name}`)) listing.failed(section, "dangling-reference", name);
    }
  }
  return groups;
}

function readProgram(
  name: string,
  keys: ReadonlyMap<string, string>,
  groups: ReadonlyMap<string, string>,
  listing: Listing,
): void {
  const command = keys.get("command") ?? "";
  const number = keys.get("numprocs") ?? "1";
  if (command === "") listing.failed(name, "no-command", "it has no command");
  else if (!/^\d+$/.test(number)) listing.failed(name, "type", `numprocs is ${number}`);
  // A program that joins a group has another name. Keys that it does not know do not count.
  else listing.present(name, programOf(command), [command, number, groups.get(name) ?? name]);
}
