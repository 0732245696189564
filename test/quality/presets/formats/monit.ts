/** monit's control file and what it includes: statements, one a line. Its mode must keep others out. */
import type { Files } from "../files.js";
import { type Format, Listing, programOf, type Read, unreadable } from "../reads.js";

export const main = "monitrc";
export const mode = "monitrc.mode";
export const team = "team/one.cfg";
const check = (name: string, more = ""): string =>
  `check process ${name} with pidfile /run/${name}.pid\n  start program = "/bin/run ${name}"\n${more}`;

export const files: Files = new Map([
  [main, "set daemon 5\nset pidfile /run/monit.pid\nset httpd port 2812\ninclude team/*\n"],
  [mode, "0600"],
  [team, check("a") + check("b") + check("c", "  depends on b\n")],
  ["team/two.cfg", check("d")],
]);

export const monit: Format = { files, read };

interface Check {
  command: string;
  readonly needs: string[];
}

function read(now: Files): Read {
  const text = now.get(main);
  if (text === undefined) return unreadable("there is no control file");
  if (now.get(mode) !== "0600") return unreadable("others may read the control file");
  const checks = new Map<string, Check>();
  const listing = new Listing();
  const wrong = statements(text, now, checks);
  if (wrong !== null) listing.failed(main, "syntax", wrong);
  const isThere = (name: string): boolean => checks.has(name);
  for (const [name, { command, needs }] of checks) {
    if (!needs.every(isThere)) listing.failed(name, "dangling-need", "it depends on nothing", needs);
    else if (needs.some((need) => checks.get(need)!.needs.includes(name)))
      listing.failed(name, "cycle", "a circle", needs);
    else listing.present(name, programOf(command), [command, needs], { needs });
  }
  return listing.complete();
}

/** The first line that is no statement, if there is one. */
function statements(text: string, now: Files, checks: Map<string, Check>): string | null {
  let current: Check | null = null;
  for (const line of text.split("\n")) {
    const statement = line.trim();
    const name = /^check process (\w+) with pidfile \S+$/.exec(statement)?.[1];
    const command = /^start program = "([^"]*)"$/.exec(statement)?.[1];
    const need = /^depends on (\w+)$/.exec(statement)?.[1];
    const glob = /^include (\S+)\*$/.exec(statement)?.[1];
    if (name !== undefined) {
      if (checks.has(name)) return `${name} is there twice`;
      current = { command: "", needs: [] };
      checks.set(name, current);
    } else if (glob !== undefined) {
      for (const [path, more] of now) {
        const wrong = path.startsWith(glob) ? statements(more, now, checks) : null;
        if (wrong !== null) return wrong;
      }
    } else if (current !== null && command !== undefined) current.command = command;
    else if (current !== null && need !== undefined) current.needs.push(need);
    else if (!/^$|^set (daemon \d+|pidfile \S+|httpd port \d+)$/.test(statement)) return statement;
  }
  return null;
}
