/** What moves a report in the browser. The page says everything without it; this adds what needs a hand. */
import type { ViewerData } from "../report/viewer-data.js";
import { openForPrint } from "./print.js";
import { startReplay } from "./replay/replay.js";
import { startWhatIf } from "./what-if/start.js";

const data = JSON.parse(document.querySelector("#report-data")!.textContent) as ViewerData;

openForPrint();
startReplay(data.replay);
startWhatIf(data.whatIf);
