import { all, type Edit, erase, eraseBelow, garbage, move, nothing, write } from "../files.js";
import { control } from "../formats/scanners.js";

const links = erase(...["a", "b", "c", "d", "m"].map((name) => `scan/${name}`));
const relink = all(erase("scan/b"), write("scan/b2", "-> sv/b"));

export const scannerEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove symlink b": erase("scan/b"),
  "10 scan dir missing": eraseBelow("scan"),
  "10b scan dir renamed away": move("scan", "away"),
  "11 self: m removed": erase("scan/m"),
  "11b self: control dir of scanner removed": erase(control),
  "12 definitions dir vanishes": eraseBelow("sv"),
  "1b remove definition dir b (symlink dangles)": eraseBelow("sv/b"),
  "2 scan dir emptied": links,
  "3 run script of b truncated to 0 bytes": write("sv/b/run", ""),
  "3b run script of b garbage": write("sv/b/run", garbage),
  "4 wrong type: scan entry b is a regular file": write("scan/b", "a file"),
  "4b run not executable": write("sv/b/run", "#!/bin/sh\n# mode 0644\n"),
  "4c unknown file in b": write("sv/b/colour", "blue"),
  "5 duplicate: second link b2 -> sv/b": write("scan/b2", "-> sv/b"),
  "6 rename b->b2 (mv def + link)": all(move("sv/b", "sv/b2"), erase("scan/b"), write("scan/b2", "-> sv/b2")),
  "6b rename scan link only b->b2": relink,
  "7 dangling symlink zz": write("scan/zz", "-> sv/zz"),
};
