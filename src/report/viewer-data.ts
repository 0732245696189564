/** What the script in the page reads (src/viewer): plain JSON, one key a part of the page that moves. */
import type { ReportModel } from "./model.js";
import type { ReplayData } from "./replay/replay-data.js";
import type { WhatIfData } from "./what-if/what-if-data.js";

export interface ViewerData {
  readonly replay: ReplayData | null;
  readonly whatIf: WhatIfData | null;
}

export const viewerData = ({ whatIf }: ReportModel, replay: ReplayData | null): ViewerData => ({
  replay,
  whatIf: whatIf?.kind === "offered" ? whatIf.data : null,
});
