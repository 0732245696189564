/** What the script in the page reads (src/viewer): plain JSON, one key a part of the page that moves. */
export type ViewerData = Readonly<Record<string, never>>;

export const viewerData = (): ViewerData => ({});
