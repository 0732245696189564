/** What moves a report in the browser. The page says everything without it; this adds what needs a hand. */
import { openForPrint } from "./print.js";

openForPrint();
