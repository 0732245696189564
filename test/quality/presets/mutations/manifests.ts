import {
  all,
  cutAt,
  type Edit,
  erase,
  eraseBelow,
  garbage,
  move,
  nothing,
  replace,
  write,
} from "../files.js";
import { manifest, pod, podFile } from "../formats/manifests.js";

const file = (name: string): string => `dir/${name}.yaml`;
const files = ["a", "b", "c", "d", "m"];
const empty = erase(...files.map(file));

export const kubectlEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove d": erase(file("d")),
  "10 dir missing": eraseBelow("dir"),
  "11 self: m removed": erase(file("m")),
  "2 dir emptied": empty,
  "2b all files zero bytes": all(...files.map((name) => write(file(name), ""))),
  "2c d zero bytes": write(file("d"), ""),
  "2d List with items: []": all(empty, write("dir/list.yaml", "apiVersion: v1\nkind: List\nitems: []\n")),
  "3 truncated d": cutAt(file("d"), "{app", 4),
  "3c garbage d": write(file("d"), garbage),
  "4 wrong type (data: 7)": replace(file("a"), "{name: a}", "7"),
  "4b unknown key": replace(file("a"), "\ndata:", "\ncolour: blue\ndata:"),
  "4c missing kind": replace(file("d"), "kind: ConfigMap\n", ""),
  "4d missing name": replace(file("d"), "  name: d\n", ""),
  "5 duplicate name b in d.yaml": write(file("d"), manifest("b").replace("{name: b}", "{name: x}")),
  "6 rename b->b2": write(file("b"), manifest("b2")),
  "6b label key typo on all (selector app=t)": all(
    ...files.map((name) => replace(file(name), "{app: t}", "{ap: t}")),
  ),
  "6c file renamed .yaml->.yml~": move(file("d"), "dir/d.yml~"),
};

const without = (name: string): Edit => replace(podFile, `---\n${pod(name)}`, "");
const ofB = (part: string, by: string): Edit => replace(podFile, pod("b"), pod("b").replace(part, by));

const lost = (name: string): string =>
  pod(name).replace("    image: tb\n", "    image: tb\n    envFrom: [{configMapRef: {name: zz}}]\n");

export const podmanEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove pod d": without("d"),
  "10 config missing": erase(podFile),
  "11 self: m removed": without("m"),
  "2 zero bytes": write(podFile, ""),
  "2b empty doc": write(podFile, "---\n"),
  "3 truncated mid-doc": cutAt(podFile, "[/bin/run, c", 5),
  "3b truncated at doc boundary (a,b left)": cutAt(podFile, `---\n${pod("c")}`),
  "3c garbage": write(podFile, garbage),
  "4 wrong type (containers: lots)": ofB(
    pod("b").slice(pod("b").indexOf("containers")),
    "containers: lots\n",
  ),
  "4b unknown key": ofB("spec:\n", "spec:\n  colour: blue\n"),
  "4c missing image on b": ofB("    image: tb\n", ""),
  "4d bad command on b": ofB("/bin/run", "/bin/nothing"),
  "4e image not present on b": ofB("image: tb", "image: zz"),
  "5 duplicate pod name b (2nd x)": replace(
    podFile,
    pod("b"),
    `${pod("b")}---\n${pod("b").replace("run, b", "run, x")}`,
  ),
  "6 rename b->b2": replace(podFile, pod("b"), pod("b2")),
  "7 dangling ref (configMap zz)": replace(podFile, pod("b"), lost("b")),
};

export const podmanOfC: Readonly<Record<string, Edit>> = {
  "7 dangling ref (configMap zz) on c": replace(podFile, pod("c"), lost("c")),
};
