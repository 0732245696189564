import { all, cutAt, type Edit, erase, eraseBelow, garbage, move, replace, write } from "../files.js";
import { files, release } from "../formats/helm.js";
import { manifest } from "../formats/manifests.js";

const template = (name: string): string => `chart/templates/${name}.yaml`;
const names = ["a", "b", "c", "d", "m"];
const each = (edit: (name: string) => Edit): Edit => all(...names.map(edit));
const wrapped = (name: string): Edit =>
  write(template(name), `{{ if .Values.on }}${files.get(template(name))!}{{ end }}`);
const values = (text: string): Edit => write("chart/values.yaml", text);

export const helmEdits: Readonly<Record<string, Edit>> = {
  "1 remove template d": erase(template("d")),
  "10 chart missing": eraseBelow("chart"),
  "11 self: m removed": erase(template("m")),
  "11b self: release secret gone": erase(release),
  "12b .helmignore = templates/": write("chart/.helmignore", "templates/\n"),
  "2 templates emptied": erase(...names.map(template)),
  "2b templates dir missing": eraseBelow("chart/templates"),
  "2c all templates zero bytes": each((name) => write(template(name), "")),
  "2d Chart.yaml zero bytes": write("chart/Chart.yaml", ""),
  "2e values flag false wraps all": all(each(wrapped), values("on: false\n")),
  "3 truncated d": cutAt(template("d"), "{app", 4),
  "3c garbage d": write(template("d"), garbage),
  "4 values wrong type (on: [])": all(wrapped("d"), values("on: []\n")),
  "4c missing kind": replace(template("d"), "kind: ConfigMap\n", ""),
  "5 duplicate name b in d.yaml": write(template("d"), manifest("b").replace("{name: b}", "{name: x}")),
  "6 rename b->b2": write(template("b"), manifest("b2")),
  "6b file renamed d.yaml->d.yaml.bak": move(template("d"), `${template("d")}.bak`),
  "6c file renamed d.yaml->_d.yaml": move(template("d"), "chart/templates/_d.yaml"),
  "7 dangling include": replace(template("d"), "{name: d}", '{{ include "nothing" . }}'),
  "7b dangling values key": replace(template("d"), "{name: d}", "{name: {{ .Values.no.key }}}"),
};
