/** A word of a command as a shell takes it back. */
export const quoted = (text: string): string =>
  /^[\w./:=,%@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
