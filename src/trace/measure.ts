/** Measures of a saved trace: the same fold that a run feeds, fed from the file. */
import { feedTrace } from "./feed.js";
import { MeasureFold } from "./measure-fold.js";
import type { Measures } from "./measures.js";
import type { Trace } from "./trace.js";

export const measure = (trace: Trace): Measures =>
  feedTrace(trace, (fleet) => new MeasureFold(fleet, trace.header.spec)).result();
