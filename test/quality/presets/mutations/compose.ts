import { all, append, cutAt, type Edit, erase, garbage, nothing, replace, write } from "../files.js";
import { file, project } from "../formats/compose.js";

const service = (name: string): string => `  ${name}:\n    image: tb\n    command: "/bin/run ${name}"\n`;
const head = 'version: "3.7"\n';
const ofA = 'command: "/bin/run a"\n';
const withA = (line: string): Edit => replace(file, ofA, `${ofA}    ${line}\n`);
const cycle = replace(file, service("b"), `${service("b")}    depends_on: [c]\n`);
const second = append(file, service("b").replace("run b", "run x"));
const renamed = replace(file, service("b"), service("b2"));

export const composeEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove service d": replace(file, service("d"), ""),
  "10 config missing": erase(file),
  "11 self: m removed": replace(file, service("m"), ""),
  "2 services: {}": write(file, `${head}services: {}\n`),
  "2b services: (null)": write(file, `${head}services:\n`),
  "2c zero bytes": write(file, ""),
  "3 truncated mid-string": cutAt(file, "run c", 2),
  "3b truncated at service boundary (a,b left)": cutAt(file, "  c:\n"),
  "3c garbage": write(file, garbage),
  "4 wrong type (services: list)": write(file, `${head}services: [a, b]\n`),
  "4a wrong type on a (command: {x: 1})": replace(file, ofA, "command: {x: 1}\n"),
  "4b unknown key on a": withA("colour: blue"),
  "4c missing image on a": replace(file, `image: tb\n    ${ofA}`, ofA),
  "4d bad command on a": replace(file, "/bin/run a", "/bin/nothing a"),
  "5 duplicate key b (2nd x)": second,
  "5b duplicate container_name a,d": all(
    withA("container_name: one"),
    replace(file, service("d"), `${service("d")}    container_name: one\n`),
  ),
  "6 rename b->b2 (c dep follows)": all(renamed, replace(file, "[b]", "[b2]")),
  "6b project name changes": write(project, "tb2"),
  "7 dangling depends_on zz": replace(file, "[b]", "[b, zz]"),
  "8 cycle b<->c": cycle,
  "9 remove b that c depends on": replace(file, service("b"), ""),
};

export const swarmEdits: Readonly<Record<string, Edit>> = {
  ...composeEdits,
  "4 wrong type (replicas: lots)": withA("deploy: {replicas: lots}"),
  "4e replicas: 0 on a": withA("deploy: {replicas: 0}"),
  "6 rename b->b2": all(renamed, replace(file, "[b]", "[b2]")),
  "6b stack name changes": write(project, "tb2"),
  "7 dangling depends_on / network": all(replace(file, "[b]", "[b, zz]"), withA("networks: [zz]")),
};
