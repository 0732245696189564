/** Edits of configuration documents by path: file stem + JSON pointer (RFC 6901), `managers/legacy#/manages/3`. */
import { type Document, isCollection, isMap, isSeq, parseDocument, stringify } from "yaml";
import { type Issue, nearestName } from "../../base/issue.js";

import { compareNatural } from "../../base/order.js";
import { err, ok, type Result } from "../../base/result.js";
import type { Doc } from "../managers/contract.js";
import { isFile } from "./files.js";
import { plainDocument } from "./parsed.js";
import type { EditSpec } from "./spec.js";

interface Target {
  readonly id: string;
  /** Empty: the whole file. */
  readonly keys: readonly (string | number)[];
}

const parsePath = (path: string): Target => {
  const [file, pointer] = path.split("#", 2) as [string, string | undefined];
  const id = file.endsWith(".yaml") || isFile({ id: file }) ? file : `${file}.yaml`;
  const keys = (pointer ?? "")
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { id, keys };
};

/** The documents after the edits; every edited one carries `version`. Comments in them stay. */
export function applyEdits(
  documents: readonly Doc[],
  edits: readonly EditSpec[],
  version: number,
): Result<readonly Doc[], readonly Issue[]> {
  const files = new Map(documents.map((doc) => [doc.id, doc]));
  const issues: Issue[] = [];
  for (const edit of edits) {
    const issue = applyEdit(files, edit, version);
    if (issue !== null) issues.push(issue);
  }
  if (issues.length > 0) return err(issues);
  return ok([...files.values()].sort((a, b) => compareNatural(a.id, b.id)));
}

function applyEdit(files: Map<string, Doc>, edit: EditSpec, version: number): Issue | null {
  if (edit.kind === "text") return editText(files, edit, version);
  const target = parsePath(edit.path);
  if (target.keys.length === 0) return editFile(files, target.id, edit, version);
  const doc = files.get(target.id);
  if (doc === undefined) return noSuchFile(files, target.id, edit.path);
  const parsed = parseDocument(doc.text);
  const issue = editInside(parsed, target.keys, edit);
  if (issue === null) files.set(doc.id, { ...doc, version, text: parsed.toString({ lineWidth: 0 }) });
  return issue;
}

function editText(
  files: Map<string, Doc>,
  edit: Extract<EditSpec, { kind: "text" }>,
  version: number,
): Issue | null {
  const { id } = parsePath(edit.file);
  const doc = files.get(id);
  if (doc === undefined) return noSuchFile(files, id, edit.file);
  if (!doc.text.includes(edit.replace)) {
    return {
      code: "no-such-text",
      severity: "error",
      message: `${id} does not contain "${edit.replace}"`,
      path: edit.file,
    };
  }
  files.set(id, { ...doc, version, text: doc.text.replace(edit.replace, () => edit.with) });
  return null;
}

function editFile(
  files: Map<string, Doc>,
  id: string,
  edit: Exclude<EditSpec, { kind: "text" }>,
  version: number,
): Issue | null {
  const doc = files.get(id);
  if (edit.kind === "add" || edit.kind === "set") {
    const value = edit.kind === "add" ? edit.value : edit.to;
    const text = typeof value === "string" ? value : stringify(value, { lineWidth: 0 });
    files.set(id, { id, version, text });
    return null;
  }
  if (doc === undefined) return noSuchFile(files, id, edit.path);
  files.delete(id);
  if (edit.kind === "delete") return null;
  const to = edit.to.endsWith(".yaml") ? edit.to : `${edit.to}.yaml`;
  const renamed =
    edit.kind === "rename" && !to.includes("/") ? `${id.slice(0, id.lastIndexOf("/") + 1)}${to}` : to;
  files.set(renamed, { ...plainDocument(doc), id: renamed, version });
  return null;
}

function noSuchFile(files: ReadonlyMap<string, Doc>, id: string, path: string): Issue {
  const near = nearestName(id, files.keys());
  return {
    code: "no-such-document",
    severity: "error",
    message: `there is no document ${id}`,
    path,
    ...(near === undefined ? {} : { hint: `did you mean "${near.replace(/\.yaml$/, "")}"?` }),
  };
}

function editInside(
  doc: Document,
  keys: readonly (string | number)[],
  edit: Exclude<EditSpec, { kind: "text" }>,
): Issue | null {
  const exists = doc.hasIn(keys);
  const parent = keys.length === 1 ? doc.contents : doc.getIn(keys.slice(0, -1), true);
  if (edit.kind === "add") {
    const node = doc.getIn(keys, true);
    if (isSeq(node)) doc.addIn(keys, doc.createNode(edit.value));
    else if (!exists && isCollection(parent)) doc.setIn(keys, doc.createNode(edit.value));
    else
      return {
        ...noSuchPlace(doc, edit.path, keys),
        message: `${edit.path} is neither a list nor a new key`,
      };
    return null;
  }
  if (!exists) return noSuchPlace(doc, edit.path, keys);
  switch (edit.kind) {
    case "delete":
      doc.deleteIn(keys);
      return null;
    case "set":
      doc.setIn(keys, doc.createNode(edit.to));
      return null;
    case "rename":
    case "move": {
      const node = doc.getIn(keys, true);
      doc.deleteIn(keys);
      const to =
        edit.kind === "move"
          ? parsePath(edit.to.includes("#") ? edit.to : `x#${edit.to}`).keys
          : [...keys.slice(0, -1), edit.to];
      doc.setIn(to, node);
      return null;
    }
  }
}

function noSuchPlace(doc: Document, path: string, keys: readonly (string | number)[]): Issue {
  let depth = keys.length - 1;
  while (depth > 0 && !doc.hasIn(keys.slice(0, depth))) depth--;
  const node = depth === 0 ? doc.contents : doc.getIn(keys.slice(0, depth), true);
  const there = isMap(node)
    ? node.items.map((item) => String(item.key)).join(", ")
    : isSeq(node)
      ? `${node.items.length} items`
      : "a single value";
  return {
    code: "no-such-place",
    severity: "error",
    message: `${path} does not exist`,
    path,
    expected: `one of: ${there}`,
  };
}
