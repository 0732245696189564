/** What the script in the page reads (src/viewer): plain JSON, one key a part of the page that moves. */
import type { ReplayData } from "./replay/replay-data.js";

export interface ViewerData {
  readonly replay: ReplayData | null;
}

export const viewerData = (replay: ReplayData | null): ViewerData => ({ replay });
