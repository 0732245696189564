/**
 * What was seen and only noted, by hand: no log was kept of it. `-b` stopped, `+x` started, `~a` restarted, `=` nothing
 * changed, `!` the manager is gone; `all` is everything that ran.
 */
import { helm } from "./formats/helm.js";
import { podman } from "./formats/manifests.js";
import { monit } from "./formats/monit.js";
import { scanner } from "./formats/scanners.js";
import { supervisord } from "./formats/supervisord.js";
import { helmEdits } from "./mutations/helm.js";
import { podmanEdits, podmanOfC } from "./mutations/manifests.js";
import { monitEdits } from "./mutations/monit.js";
import { scannerEdits } from "./mutations/scanners.js";
import { supervisordEdits } from "./mutations/supervisord.js";
import type { Cell } from "./observed.js";
import type { Subject } from "./subjects.js";
import type { Outcome } from "./world.js";

export const notedSubjects: Readonly<Record<string, Subject>> = {
  "helm upgrade --install": { preset: "helm/upgrade", format: helm, edits: helmEdits },
  "supervisord SIGHUP": {
    preset: "supervisord/sighup",
    format: supervisord({ client: false, anew: true }),
    edits: supervisordEdits,
  },
  "s6-svscanctl -an": { preset: "s6/rescan-nuke", format: scanner(true), edits: scannerEdits },
  "monit SIGHUP": { preset: "monit/sighup", format: monit, edits: monitEdits },
  "podman kube play --replace": {
    preset: "podman/kube-play-replace",
    format: podman,
    edits: { ...podmanEdits, ...podmanOfC },
  },
};

const five = ["a", "b", "c", "d", "m"];
const four = ["a", "b", "c", "d"];

function outcome(text: string, all: readonly string[]): Outcome {
  const found: Record<string, string[]> = { "-": [], "+": [], "~": [] };
  for (const [, sign, name] of text.matchAll(/([-+~])(\w+)/g)) {
    found[sign!]!.push(...(name === "all" ? all : [name!]));
  }
  return { stopped: found["-"]!, started: found["+"]!, restarted: found["~"]!, alive: !text.includes("!") };
}

const notes = (
  manager: string,
  all: readonly string[],
  seen: Readonly<Record<string, string>>,
): readonly Cell[] =>
  Object.entries(seen).map(([mutation, text]) => ({ manager, mutation, seen: outcome(text, all) }));

export const noted: readonly Cell[] = [
  ...notes("helm upgrade --install", five, {
    "1 remove template d": "-d",
    "10 chart missing": "=",
    "11 self: m removed": "-m",
    "11b self: release secret gone": "=",
    "12b .helmignore = templates/": "-all",
    "2 templates emptied": "-all",
    "2b templates dir missing": "-all",
    "2c all templates zero bytes": "-all",
    "2d Chart.yaml zero bytes": "=",
    "2e values flag false wraps all": "-all",
    "3 truncated d": "=",
    "3c garbage d": "=",
    "4 values wrong type (on: [])": "-d",
    "4c missing kind": "=",
    "5 duplicate name b in d.yaml": "-d",
    "6 rename b->b2": "-b +b2",
    "6b file renamed d.yaml->d.yaml.bak": "=",
    "6c file renamed d.yaml->_d.yaml": "-d",
    "7 dangling include": "=",
    "7b dangling values key": "=",
  }),
  ...notes("supervisord SIGHUP", four, {
    "0 noop": "~all",
    "1 remove service b": "-b ~a ~c ~d",
    "10 team file missing": "-a -b -c ~d",
    "10b main config missing": "-all !",
    "11 self: [unix_http_server]+[rpcinterface] removed": "~all",
    "12 include dir vanishes": "-all",
    "12b [include] section removed": "-all",
    "12c include glob typo": "-all",
    "2 empty team file": "-a -b -c ~d",
    "2b empty main config (0 bytes)": "-all !",
    "2c main has only [supervisord] (no include, no rpc)": "-all",
    "3 truncated team file (mid-key)": "-b -c ~a ~d",
    "3b truncated at section boundary": "-b -c ~a ~d",
    "3c garbage team file": "-all !",
    "4 wrong type (numprocs=lots)": "-all !",
    "4b unknown key": "~all",
    "4c missing command": "-all !",
    "4d command not executable": "-a ~b ~c ~d",
    "5 duplicate name same file (b twice; 2nd is x)": "-b +x ~a ~c ~d",
    "5b duplicate name across files (team2 defines b=x)": "-b +x ~a ~c ~d",
    "6 rename b->b2": "-b +b2 ~a ~c ~d",
    "7 dangling ref (group programs=zz)": "-all !",
    "7b adding group wraps a,b": "~all",
  }),
  ...notes("s6-svscanctl -an", five, {
    "1 remove symlink b": "-b",
    "10 scan dir missing": "=",
    "10b scan dir renamed away": "=",
    "11 self: m removed": "-m",
    "11b self: control dir of scanner removed": "=",
    "12 definitions dir vanishes": "-all",
    "1b remove definition dir b (symlink dangles)": "-b",
    "2 scan dir emptied": "-all",
    "3 run script of b truncated to 0 bytes": "=",
    "3b run script of b garbage": "=",
    "4 wrong type: scan entry b is a regular file": "-b",
    "4b run not executable": "=",
    "5 duplicate: second link b2 -> sv/b": "=",
    "6 rename b->b2 (mv def + link)": "=",
    "6b rename scan link only b->b2": "=",
    "7 dangling symlink zz": "=",
  }),
  ...notes("monit SIGHUP", four, {
    "10b main missing": "= !",
    "10c main perms 0644 -> 0777": "= !",
    "3c garbage": "= !",
    "4 wrong type (set daemon lots)": "= !",
    "4b unknown key": "= !",
    "5 duplicate name b": "= !",
    "7 dangling depends zz": "= !",
    "8 cycle b<->c": "= !",
    "9 remove b that c depends on": "= !",
  }),
  ...notes("podman kube play --replace", five, {
    "0 noop": "~all",
    "1 remove pod d": "~a ~b ~c ~m",
    "10 config missing": "=",
    "11 self: m removed": "~a ~b ~c ~d",
    "2 zero bytes": "=",
    "3 truncated mid-doc": "=",
    "3b truncated at doc boundary (a,b left)": "~a ~b",
    "3c garbage": "=",
    "4 wrong type (containers: lots)": "=",
    "4b unknown key": "~all",
    "4c missing image on b": "~a -b -c -d -m",
    "4d bad command on b": "-b ~a ~c ~d ~m",
    "4e image not present on b": "~a -b -c -d -m",
    "5 duplicate pod name b (2nd x)": "~all",
    "6 rename b->b2": "=",
    "7 dangling ref (configMap zz) on c": "-c ~a ~b ~d ~m",
  }),
];
