/**
 * A scan directory with links to directories of services. A directory is a path with "/" at its end; what it is known by,
 * its inode, is the text there. A link is a text that begins with "-> ".
 */
import type { Files } from "../files.js";
import { type Format, Listing, programOf, type Read, unreadable } from "../reads.js";

const names = ["a", "b", "c", "d", "m"];
export const control = "scan/.control/";
export const files: Files = new Map([
  ["scan/", "inode of scan"],
  [control, "inode of control"],
  ...names.flatMap((name): [string, string][] => [
    [`scan/${name}`, `-> sv/${name}`],
    [`sv/${name}/`, name],
    [`sv/${name}/run`, `#!/bin/sh\nexec /bin/run ${name}\n`],
  ]),
]);

/** `asked`: told by a client over the control directory, which is in the scan directory. */
export const scanner = (asked: boolean): Format => ({ files, read: (now) => read(now, asked) });

function read(now: Files, asked: boolean): Read {
  if (!now.has("scan/")) return unreadable("the directory cannot be opened");
  if (asked && !now.has(control)) return unreadable("the client finds nobody to ask");
  const listing = new Listing();
  for (const [path, text] of now) {
    if (!/^scan\/[^./][^/]*$/.test(path)) continue;
    const folder = text.startsWith("-> ") ? `${text.slice(3)}/` : path;
    const inode = now.get(folder);
    // A link that leads nowhere, or a file, is no service.
    if (!folder.endsWith("/") || inode === undefined) continue;
    const script = now.get(`${folder}run`) ?? "";
    const program = programOf(script.split("exec ")[1] ?? "");
    listing.present(inode, program, script);
  }
  return listing.complete();
}
