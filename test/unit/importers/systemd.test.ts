/** Rules of systemd.unit(5), systemd.service(5) and their kin, one small set of units each. */
import { describe, expect, it } from "vitest";
import type { Imported } from "../../../src/importers/contract.js";
import { systemd } from "../../../src/importers/systemd/systemd.js";
import { itemOf, needsOf, noOptions, problems, running, treeOf } from "../../helpers/imported.js";

const exec = "[Service]\nExecStart=/bin/x\n";
const unit = (text: string) => `[Unit]\n${text}\n${exec}`;
const units = (
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Imported => systemd.read(treeOf(files, links), noOptions);
/** Without what every unit has by default. */
const needs = (imported: Imported, name: string) =>
  needsOf(imported, name).filter((text) => text !== "startup (sysinit.target)");

describe("dependencies", () => {
  it.each([
    ["Requires=b.service", ["hard b.service"]],
    ["Requisite=b.service", ["hard b.service"]],
    ["BindsTo=b.service", ["hard b.service"]],
    ["PartOf=b.service", ["hard b.service"]],
    ["Wants=b.service c.service", ["soft b.service", "soft c.service"]],
    ["Upholds=b.service", ["soft b.service"]],
    ["After=b.service", ["startup? b.service"]],
    ["Wants=b.service\\\n # a comment in between\n  c.service", ["soft b.service", "soft c.service"]],
    ["Wants=b.service\nWants=", ["soft b.service"]],
    ["After=network.target", []],
    ["Before=b.service", []],
  ])("%s", (text, expected) => {
    const imported = units({ "a.service": unit(text), "b.service": exec, "c.service": exec });
    expect(needs(imported, "a.service")).toEqual(expected);
  });

  it("Before= is an order for the other one", () => {
    expect(needs(units({ "a.service": unit("Before=b.service"), "b.service": exec }), "b.service")).toEqual([
      "startup? a.service",
    ]);
  });

  it("an empty assignment takes no dependency back, and says so", () => {
    const imported = units({
      "a.service": unit("Wants=b.service"),
      "a.service.d/x.conf": "[Unit]\nWants=\n",
      "b.service": exec,
    });
    expect(needs(imported, "a.service")).toEqual(["soft b.service"]);
    expect(problems(imported)).toEqual(["a.service.d/x.conf:2 warning no-reset"]);
  });

  it("services need sysinit.target by default, unless they refuse", () => {
    const files = {
      "sysinit.target": "[Unit]\n",
      "a.service": exec,
      "b.service": unit("DefaultDependencies=no"),
    };
    expect(needsOf(units(files), "a.service")).toEqual(["startup sysinit.target"]);
    expect(needsOf(units(files), "b.service")).toEqual([]);
    expect(itemOf(units(files), "a.service").needsKnown).toBe(false);
  });

  it("sockets, timers and paths activate a service", () => {
    const imported = units({
      "a.socket": "[Socket]\nListenStream=1\n",
      "b.timer": "[Timer]\nOnBootSec=1\nUnit=a.service\n",
      "c.path": "[Path]\nPathExists=/x\n",
      "d.socket": "[Socket]\nListenStream=2\nAccept=yes\n",
      "a.service": exec,
      "c.service": exec,
    });
    expect(["a.socket", "b.timer", "c.path", "d.socket"].map((name) => needs(imported, name))).toEqual([
      ["hard a.service"],
      ["hard a.service"],
      ["hard c.service"],
      [],
    ]);
    expect(running(imported)).toEqual(["a.service", "c.service"]);
  });

  it("RequiresMountsFor= finds the mounts on the way", () => {
    const imported = units({
      "a.service": unit("RequiresMountsFor=/var/lib/my-app/data"),
      "var-lib.mount": "[Mount]\nWhat=/dev/x\n",
      "var-lib-my\\x2dapp.mount": "[Mount]\nWhat=/dev/y\n",
    });
    expect(needs(imported, "a.service")).toEqual(["hard var-lib-my\\x2dapp.mount", "hard var-lib.mount"]);
  });

  it("working directories, mounts below mounts and names on D-Bus need something without saying so", () => {
    const imported = units({
      "a.service":
        "[Service]\nExecStart=/x\nWorkingDirectory=-/srv/a\nRootDirectory=/opt\nType=dbus\nBusName=x.y\n",
      "srv.mount": "[Mount]\nWhere=/srv\n",
      "srv-a-b.mount": "[Mount]\nWhere=/srv/a/b/\n",
      "dbus.socket": "[Socket]\n",
      "dbus.service": exec,
    });
    expect(needs(imported, "a.service")).toEqual(["hard srv.mount", "hard dbus.socket"]);
    expect(needs(imported, "srv-a-b.mount")).toEqual(["hard srv.mount"]);
    expect(needs(imported, "srv.mount")).toEqual([]);
  });

  it("what is required and not here is told; what is only wanted is not", () => {
    const imported = units({
      "a.service": unit("Requires=x.service\nWants=y.service\nAfter=z.service\nRequires=dev-sda.device"),
    });
    expect(problems(imported)).toEqual(["a.service:2 warning not-here"]);
  });

  it("starting one stops what it conflicts with", () => {
    const imported = units({ "a.service": unit("Conflicts=b.service shutdown.target"), "b.service": exec });
    expect(problems(imported)).toEqual(["a.service:2 warning conflict"]);
  });
});

describe("where units come from", () => {
  it("the folder that counts more wins; drop-ins of all folders are read by name", () => {
    const imported = units({
      "etc/systemd/system/a.service": unit("Wants=etc.service"),
      "usr/lib/systemd/system/a.service": unit("Wants=lib.service"),
      "usr/lib/systemd/system/a.service.d/20.conf": "[Unit]\nWants=lib20.service\n",
      "usr/lib/systemd/system/a.service.d/10.conf": "[Unit]\nWants=lib10.service\n",
      "etc/systemd/system/a.service.d/20.conf": "[Unit]\nWants=etc20.service\n",
      "etc/systemd/system/service.d/30.conf": "[Unit]\nWants=all.service\n",
    });
    expect(needs(imported, "a.service")).toEqual([
      "soft (etc.service)",
      "soft (lib10.service)",
      "soft (etc20.service)",
      "soft (all.service)",
    ]);
    expect(itemOf(imported, "a.service").at.file).toBe("etc/systemd/system/a.service");
  });

  it("a template is no unit; its instances are, with the instance in the place of %i", () => {
    const imported = units({
      "web@.service": unit("Requires=db@%i.service\nWants=%p-log.service"),
      "db@.service": exec,
      "db@.service.d/x.conf": "[Unit]\nWants=disk-%i.service\n",
      "web-log.service": exec,
      "main.service": unit("Wants=web@eu.service"),
    });
    expect(running(imported)).toEqual(["db@eu.service", "main.service", "web-log.service", "web@eu.service"]);
    expect(needs(imported, "web@eu.service")).toEqual(["hard db@eu.service", "soft web-log.service"]);
    expect(needs(imported, "db@eu.service")).toEqual(["soft (disk-eu.service)"]);
    expect(itemOf(imported, "web@eu.service").at).toEqual({ file: "web@.service", line: 1, column: 1 });
  });

  it("aliases are one unit, by links, by texts that hold a path, and by Alias=", () => {
    const files = {
      "a.service": unit("Wants=old.service"),
      "new.service": `${exec}[Install]\nAlias=third.service\n`,
      "b.service": unit("Wants=third.service"),
    };
    const linked = units({ ...files, "old.service": files["new.service"] }, { "old.service": "new.service" });
    expect(needs(linked, "a.service")).toEqual(["soft new.service"]);
    expect(needs(linked, "b.service")).toEqual(["soft new.service"]);
    const written = units({ ...files, "old.service": "../x/new.service" });
    expect(needs(written, "a.service")).toEqual(["soft new.service"]);
    expect(problems(written)).toContain("old.service:1 warning text-link");
    expect(running(written)).toEqual(["a.service", "b.service", "new.service"]);
  });

  it("aliases in a circle end", () => {
    const imported = units(
      { "c.service": unit("Wants=a.service") },
      { "a.service": "b.service", "b.service": "a.service" },
    );
    expect(running(imported)).toEqual(["c.service"]);
  });

  it("a link to /dev/null or an empty file masks a unit, and who requires it will not start", () => {
    const files = {
      "usr/lib/systemd/system/m.service": exec,
      "usr/lib/systemd/system/a.service": unit("Requires=m.service"),
    };
    const mask = "etc/systemd/system/m.service";
    for (const imported of [units(files, { [mask]: "/dev/null" }), units({ ...files, [mask]: "" })]) {
      expect(running(imported)).toEqual(["a.service"]);
      expect(problems(imported)).toEqual(["usr/lib/systemd/system/a.service:2 error masked"]);
    }
  });

  it("folders of links want and require", () => {
    const imported = units({
      "x.target": "[Unit]\n",
      "x.target.wants/a.service": exec,
      "x.target.requires/b@1.service": exec,
      "a.service": exec,
      "b@.service": exec,
    });
    expect(needs(imported, "x.target")).toEqual(["hard b@1.service", "soft a.service"]);
    expect(running(imported)).toContain("b@1.service");
  });

  it("[Install] counts where no link says what is enabled", () => {
    const files = {
      "usr/lib/systemd/system/multi-user.target": "[Unit]\n",
      "usr/lib/systemd/system/a.service": `${exec}[Install]\nWantedBy=nothing.target\nWantedBy=\nWantedBy=multi-user.target\n`,
    };
    expect(needs(units(files), "multi-user.target")).toEqual(["soft a.service"]);
    const enabled = units({ ...files, "etc/systemd/system/multi-user.target.wants/b.service": exec });
    expect(needs(enabled, "multi-user.target")).toEqual(["soft (b.service)"]);
  });

  it("on a machine only what default.target pulls in runs", () => {
    const imported = units(
      {
        "lib/systemd/system/multi-user.target": "[Unit]\nRequires=basic.target\n",
        "lib/systemd/system/basic.target": "[Unit]\nWants=sockets.target\n",
        "lib/systemd/system/sockets.target": "[Unit]\n",
        "lib/systemd/system/sockets.target.wants/s.socket": "[Socket]\n",
        "lib/systemd/system/s.socket": "[Socket]\nListenStream=1\n",
        "lib/systemd/system/s.service": exec,
        "lib/systemd/system/idle.service": exec,
      },
      { "lib/systemd/system/default.target": "multi-user.target" },
    );
    expect(running(imported)).toEqual(["s.service"]);
    expect(problems(imported)).toEqual(["lib/systemd/system/idle.service:1 warning not-started"]);
  });

  it("units of users belong to other managers", () => {
    const files = { "usr/lib/systemd/user/u.service": exec, "usr/lib/systemd/system/s.service": exec };
    expect(running(units(files))).toEqual(["s.service"]);
    expect(running(units({ "usr/lib/systemd/user/u.service": exec }))).toEqual(["u.service"]);
  });
});

describe("units that cannot be loaded", () => {
  it.each([
    ["no ExecStart=", "[Unit]\nDescription=x\n", 1],
    ["two ExecStart=", `${exec}ExecStart=/bin/y\n`, 3],
    ["all taken back", `${exec}ExecStart=\n`, 1],
    ["D-Bus without a name", `${exec}Type=dbus\n`, 1],
    ["nothing but noise", "}{ nonsense\n", 1],
  ])("%s", (_, text, line) => {
    const imported = units({ "a.service": text });
    expect(problems(imported)).toContain(`a.service:${line} error bad-setting`);
    expect(running(imported)).toEqual([]);
  });

  it.each([
    ["a command that was cut off", "[Service]\nExecStart=/bi"],
    ["taken back and given again", `${exec}ExecStart=\nExecStart=/bin/y\n`],
    ["an unknown key", `${exec}Nonsense=1\n`],
  ])("%s is loaded", (_, text) => {
    expect(running(units({ "a.service": text }))).toEqual(["a.service"]);
  });

  it("tasks that end do not run, and lead on to what they need", () => {
    const imported = units({
      "a.service": `${unit("Requires=b.service")}Type=oneshot\nExecStart=/bin/y\n`,
      "b.service": exec,
    });
    expect(running(imported)).toEqual(["b.service"]);
    expect(problems(imported)).toEqual([]);
  });
});
