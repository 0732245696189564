/** A pool without threads, for managers that are values of this thread: the same desk answers, one question at a time. */
import type { Answer, CheckDesk } from "../check-desk.js";
import type { SearchPool } from "../check-pool.js";

/** `verify` asks the managers that are not ours again. Answers that cannot be given reject. */
export function inProcessPool(desk: CheckDesk): SearchPool {
  let id = 0;
  let last: Promise<unknown> = Promise.resolve();
  const answer = (question: Parameters<CheckDesk["answer"]>[0]): Promise<Answer> => {
    const mine = last.then(async () => {
      // Whoever waits for signs of life of this thread, such as a test runner, gets its turn.
      await new Promise((resolve) => setImmediate(resolve));
      return desk.answer(question)!;
    });
    last = mine.catch(() => {});
    return mine;
  };
  return {
    open: (search, subject) => {
      desk.answer({ ask: "open", search, subject });
    },
    ask: (question) => answer({ ...question, id: id++ }),
    verify: async () => [await answer({ ask: "verify", id: id++ })],
  };
}
