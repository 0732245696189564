import {
  all,
  append,
  cutAt,
  type Edit,
  erase,
  eraseBelow,
  garbage,
  nothing,
  replace,
  write,
} from "../files.js";
import { files, main, mode, team } from "../formats/monit.js";

const b = 'check process b with pidfile /run/b.pid\n  start program = "/bin/run b"\n';
const needs = "  depends on b\n";

export const monitEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove b (and dep)": all(replace(team, b, ""), replace(team, needs, "")),
  "10 team file missing": erase(team),
  "10b main missing": erase(main),
  "10c main perms 0644 -> 0777": write(mode, "0777"),
  "11 self: set httpd removed": replace(main, "set httpd port 2812\n", ""),
  "11b self: set pidfile path changes": replace(main, "/run/monit.pid", "/run/other.pid"),
  "12 include dir vanishes": eraseBelow("team"),
  "12b include glob typo": replace(main, "team/*", "taem/*"),
  "2 empty team file": write(team, ""),
  "2b empty main": write(main, ""),
  "2c main: all files kept, include removed": cutAt(main, "include"),
  "3 truncated team file": cutAt(team, "depends", 3),
  "3b truncated at entry boundary": cutAt(team, "check process b"),
  "3c garbage": write(team, garbage),
  "4 wrong type (set daemon lots)": replace(main, "daemon 5", "daemon lots"),
  "4b unknown key": append(main, "colour blue\n"),
  "4c start program missing file": replace(team, "/bin/run a", "/bin/nothing a"),
  "5 duplicate name b": append(team, b),
  "6 rename b->b2": all(
    replace(team, b, b.replace("process b", "process b2").replace("run b", "run b2")),
    replace(team, needs, "  depends on b2\n"),
  ),
  "7 dangling depends zz": replace(team, needs, `${needs}  depends on zz\n`),
  "8 cycle b<->c": replace(team, b, `${b}  depends on c\n`),
  "9 remove b that c depends on": write(team, files.get(team)!.replace(b, "")),
};
