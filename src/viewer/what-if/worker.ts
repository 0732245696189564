/** The simulator of a page: bundled with everything that it needs, carried as text, started from a blob. */
import type { WhatIfData } from "../../report/what-if/what-if-data.js";
import { createAnswerer } from "./answer.js";
import type { Answer, Question } from "./protocol.js";

/** First what the page carries, then questions, which are answered in their order. */
export type ToWorker = Omit<WhatIfData, "simulator"> | Question;

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(answer: Answer): void;
};

let answer: ((question: Question) => Answer) | null = null;

scope.onmessage = ({ data }) => {
  if ("document" in data) answer = createAnswerer({ ...data, simulator: "" });
  else scope.postMessage(answered(data));
};

/** What the simulator asserts is a bug of ours, and still told in words. */
function answered(question: Question): Answer {
  try {
    return answer!(question);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: question.id, kind: "refused", reasons: [`this is a bug in fleetquake: ${message}`] };
  }
}
