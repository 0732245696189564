import type { Json } from "../../../../src/base/json.js";
import { all, cutAt, type Edit, erase, nothing, write } from "../files.js";
import { dump, ecosystem, files } from "../formats/pm2.js";

type App = { readonly [key: string]: Json };
const apps = JSON.parse(files.get(dump)!) as readonly App[];
const eco = (value: Json): Edit => write(ecosystem, JSON.stringify(value));
const withA = (more: App): Edit => eco({ apps: apps.map((app, k) => (k === 0 ? { ...app, ...more } : app)) });
const lessB = apps.filter(({ name }) => name !== "b");
const { script: _, ...noScript } = apps[0]!;

export const ecosystemEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 remove service b": eco({ apps: lessB }),
  "10 config missing": erase(ecosystem),
  "2 empty apps []": eco({ apps: [] }),
  "2b empty object {}": eco({}),
  "2c zero bytes": write(ecosystem, ""),
  "3 truncated": cutAt(ecosystem, '"c"'),
  '4 wrong type (apps: "lots")': eco({ apps: "lots" }),
  '4a wrong type (instances: "lots" on a)': withA({ instances: "lots" }),
  "4b unknown key": withA({ colour: "blue" }),
  "4c missing script": eco({ apps: [noScript, ...apps.slice(1)] }),
  "4d script nonexistent": withA({ script: "/bin/nothing a" }),
  "4e null app entry": eco({ apps: [null, ...apps] }),
  "5 duplicate name (b, 2nd is x)": eco({ apps: [...apps, { name: "b", script: "/bin/run x" }] }),
  "6 rename b->b2": eco({
    apps: apps.map((app) => (app["name"] === "b" ? { name: "b2", script: "/bin/run b2" } : app)),
  }),
};

const lacksB = write(dump, JSON.stringify(lessB));
const cut = cutAt(dump, '"c"');
const zero = write(dump, "");
const noBackup = erase(`${dump}.bak`);

export const dumpEdits: Readonly<Record<string, Edit>> = {
  "0 noop": nothing,
  "1 dump lacks b": lacksB,
  "dump lacks b": lacksB,
  "10 dump missing": erase(dump),
  "dump missing": erase(dump),
  "2 dump=[]": write(dump, "[]"),
  "dump=[]": write(dump, "[]"),
  "2c dump zero bytes": zero,
  "dump zero bytes": zero,
  "dump zero bytes + bak removed": all(zero, noBackup),
  "3 dump truncated": cut,
  "dump truncated + bak removed": all(cut, noBackup),
};
