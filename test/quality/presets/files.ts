/** Configuration as files: what stands in them by path, and the edits that people and accidents make. */
export type Files = ReadonlyMap<string, string>;
export type Edit = (files: Map<string, string>) => void;

export function edited(files: Files, edit: Edit): Files {
  const copy = new Map(files);
  edit(copy);
  return copy;
}

export const nothing: Edit = () => {};
export const all =
  (...edits: readonly Edit[]): Edit =>
  (files) => {
    for (const edit of edits) edit(files);
  };
export const write =
  (path: string, text: string): Edit =>
  (files) => {
    files.set(path, text);
  };
export const erase =
  (...paths: readonly string[]): Edit =>
  (files) => {
    for (const path of paths) if (!files.delete(path)) throw new Error(`there is no ${path}`);
  };
/** Everything below a directory. */
export const eraseBelow =
  (folder: string): Edit =>
  (files) => {
    for (const path of [...files.keys()]) if (path.startsWith(`${folder}/`)) files.delete(path);
  };
export const move =
  (from: string, to: string): Edit =>
  (files) => {
    for (const [path, text] of [...files]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      files.delete(path);
      files.set(to + path.slice(from.length), text);
    }
  };

/** An edit that changes nothing is a mistake in the description. */
const rewrite =
  (path: string, change: (text: string) => string): Edit =>
  (files) => {
    const before = files.get(path);
    if (before === undefined) throw new Error(`there is no ${path}`);
    const after = change(before);
    if (after === before) throw new Error(`nothing changes in ${path}`);
    files.set(path, after);
  };
export const replace = (path: string, part: string, by: string): Edit =>
  rewrite(path, (text) => text.replaceAll(part, by));
export const append = (path: string, more: string): Edit => rewrite(path, (text) => text + more);
/** Cut where `part` begins, or `more` characters later. */
export const cutAt = (path: string, part: string, more = 0): Edit =>
  rewrite(path, (text) => {
    const at = text.indexOf(part);
    if (at < 0) throw new Error(`${path} has no ${part}`);
    return text.slice(0, at + more);
  });

export const garbage = "]]%%{{ <html> 502 \u0000\n";
