import { all, cutAt, type Edit, erase, eraseBelow, garbage, nothing, replace, write } from "../files.js";
import { target } from "../formats/systemd.js";

const unit = (name: string): string => `units/${name}.service`;
const says = (name: string, line: string): Edit => replace(unit(name), "[Unit]\n", `[Unit]\n${line}\n`);
const unwanted = (name: string): Edit => replace(target, ` ${name}.service`, "");
const exec = (name: string): string => `ExecStart=/bin/run ${name}\n`;
const units = erase(...["a", "b", "c", "d", "m"].map(unit));
const b2 = write(unit("b2"), `[Unit]\n[Service]\n${exec("b2")}`);

export const systemdEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove b: unit file only": erase(unit("b")),
  "10 target file missing": erase(target),
  "11 self: m removed (unit + target)": all(erase(unit("m")), unwanted("m")),
  "11b self: Conflicts=m added to a": says("a", "Conflicts=m.service"),
  "12 unit dir vanishes": eraseBelow("units"),
  "1b remove d: from target only": unwanted("d"),
  "1c remove d: unit + target": all(erase(unit("d")), unwanted("d")),
  "2 unit b 0 bytes": write(unit("b"), ""),
  "2b target 0 bytes": write(target, ""),
  "2c target without Wants": cutAt(target, "Wants="),
  "2d all unit files removed": units,
  "3 truncated unit b": cutAt(unit("b"), "/bin/run b", 6),
  "3b garbage unit b": write(unit("b"), garbage),
  "3c garbage target": write(target, garbage),
  "3d target truncated (a,b left)": cutAt(target, " c.service"),
  "4 wrong type (Restart=lots)": replace(unit("b"), exec("b"), `${exec("b")}Restart=lots\n`),
  "4b unknown key": replace(unit("b"), exec("b"), `${exec("b")}Colour=blue\n`),
  "4c ExecStart relative/not found": replace(unit("b"), "/bin/run b", "nothing b"),
  "5 duplicate ExecStart (2 in simple service)": replace(unit("b"), exec("b"), exec("b") + exec("x")),
  "5b duplicate: drop-in overrides b to x": write(
    `${unit("b")}.d/over.conf`,
    `[Service]\nExecStart=\n${exec("x")}`,
  ),
  "6 rename b->b2 (c still Requires b)": all(
    erase(unit("b")),
    b2,
    replace(target, "b.service", "b2.service"),
  ),
  "7 dangling Requires on c": says("c", "Requires=zz.service"),
  "7b dangling Requires on target": replace(target, "[Unit]\n", "[Unit]\nRequires=zz.service\n"),
  "7c dangling Wants on target": replace(target, "[Unit]\n", "[Unit]\nWants=zz.service\n"),
  "7d BindsTo+After zz on c (zz inactive)": says("c", "BindsTo=zz.service\nAfter=zz.service"),
  "8 cycle b<->c (After+Requires)": says("b", "Requires=c.service\nAfter=c.service"),
  "9 remove b that c Requires: unit + target": all(erase(unit("b")), unwanted("b")),
  "basic.target shadowed by empty file": write("units/basic.target", ""),
  "a: SuccessAction=exit (then a restarted)": says("a", "SuccessAction=exit"),
  "Wants=exit.target on tb.target (start)": replace(target, "[Unit]\n", "[Unit]\nWants=exit.target\n"),
  "Wants=shutdown.target": replace(target, "[Unit]\n", "[Unit]\nWants=shutdown.target\n"),
  "a: Conflicts=basic.target": says("a", "Conflicts=basic.target"),
  "tb.target Conflicts=init.scope": replace(target, "[Unit]\n", "[Unit]\nConflicts=init.scope\n"),
  "noop + daemon-reexec": nothing,
  "reexec with all units removed": units,
  "reexec with unit dir gone": eraseBelow("units"),
  "user.conf garbage + daemon-reexec": write("user.conf", garbage),
};
