/** The simulator of a page: bundled with everything that it needs, carried as text, started from a blob. */
import type { WhatIfData } from "../../report/what-if/what-if-data.js";
import { type Answered, createAnswerer } from "./answer.js";
import type { Answer, Question, Traced } from "./protocol.js";

/** First what the page carries, then questions, which are answered in their order. */
export type ToWorker = Omit<WhatIfData, "simulator"> | Question;
export type FromWorker = Answer | Traced;

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};

/** A hand that goes on dragging asks again within this time; a hash in between would only hold it up. */
const restMs = 200;

let answer: ((question: Question) => Answered) | null = null;
let hashing: ReturnType<typeof setTimeout> | undefined;

scope.onmessage = ({ data }) => {
  // The hash of an older answer interests nobody any more.
  clearTimeout(hashing);
  if ("document" in data) {
    answer = createAnswerer({ ...data, simulator: "" });
    return;
  }
  const { answer: found, traced } = answered(data);
  scope.postMessage(found);
  if (traced !== null) hashing = setTimeout(() => scope.postMessage(traced()), restMs);
};

/** What the simulator asserts is a bug of ours, and still told in words. */
function answered(question: Question): Answered {
  try {
    return answer!(question);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reasons = [`this is a bug in fleetquake: ${message}`];
    return { answer: { id: question.id, kind: "refused", reasons }, traced: null };
  }
}
