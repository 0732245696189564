import { append, cutAt, type Edit, erase, eraseBelow, garbage, nothing, replace, write } from "../files.js";
import { control, main, team1, team2 } from "../formats/supervisord.js";

const b = "[program:b]\ncommand=/bin/run b\nstartsecs=0\n";
const x = "[program:b]\ncommand=/bin/run x\nstartsecs=0\n";
const ofA = "command=/bin/run a\n";

export const supervisordEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove service b": replace(team1, b, ""),
  "10 team file missing": erase(team1),
  "10b main config missing": erase(main),
  "11 self: [unix_http_server]+[rpcinterface] removed": replace(main, control, ""),
  "12 include dir vanishes": eraseBelow("conf.d"),
  "12b [include] section removed": cutAt(main, "[include]"),
  "12c include glob typo": replace(main, "conf.d/*.conf", "confd/*.conf"),
  "2 empty team file": write(team1, ""),
  "2b empty main config (0 bytes)": write(main, ""),
  "2c main has only [supervisord] (no include, no rpc)": cutAt(main, "[unix_http_server]"),
  "3 truncated team file (mid-key)": cutAt(team1, "run b", 2),
  "3b truncated at section boundary": cutAt(team1, "[program:b]"),
  "3c garbage team file": write(team1, garbage),
  "4 wrong type (numprocs=lots)": replace(team1, ofA, `${ofA}numprocs=lots\n`),
  "4b unknown key": replace(team1, ofA, `${ofA}colour=blue\n`),
  "4c missing command": replace(team1, ofA, ""),
  "4d command not executable": replace(team1, "/bin/run a", "/bin/nothing a"),
  "5 duplicate name same file (b twice; 2nd is x)": append(team1, x),
  "5b duplicate name across files (team2 defines b=x)": append(team2, x),
  "6 rename b->b2": replace(team1, b, b.replaceAll("b\n", "b2\n").replace("program:b]", "program:b2]")),
  "7 dangling ref (group programs=zz)": append(team1, "[group:g]\nprograms=zz\n"),
  "7b adding group wraps a,b": append(team1, "[group:g]\nprograms=a,b\n"),
};
