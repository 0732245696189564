/**
 * A manager that is not ours, held to the contract: its inputs are frozen, its answers checked, what it throws is told
 * as its own mistake, and it must answer the same when it is asked the same again. What it costs is paid only by those.
 */
import { AssertionError } from "../base/assert.js";
import { canonicalJson, type Json } from "../base/json.js";
import { plainDocuments } from "../models/config/parsed.js";
import type {
  Doc,
  GuardSpec,
  Manager,
  Memory,
  Reading,
  Self,
  Step,
  Turn,
} from "../models/managers/contract.js";
import type { ManagerModel } from "../models/managers/define-manager.js";
import type { Policy } from "../models/managers/policy.js";
import { completeStep } from "./complete-step.js";
import { memorySchema, readingSchema } from "./contract-schema.js";
import { type FaultContext, fault, ManagerFault, shorten, wrongAnswer } from "./fault.js";
import { freezePlain } from "./freeze-plain.js";
import { firstDifference, pathText, shapeProblems, valueAt } from "./problems.js";
import { Sample } from "./sample.js";

export interface ContainOptions {
  /** How the user knows it: a path or a command. */
  readonly label: string;
  /** Asks everything twice at once. Another process is asked again at the end only. */
  readonly twice: boolean;
  /** Told before and after each call, so that somebody can notice one that does not return. */
  readonly calls?: { enter(): void; leave(): void };
}

export interface Contained {
  readonly model: ManagerModel;
  /** Asks `fresh`, which has not seen this run, a sample of the same in another order. Throws what it finds. */
  verify(fresh: ManagerModel): void;
}

/** What a manager was built with. */
interface Built {
  readonly policy: Policy;
  readonly guards: readonly GuardSpec[];
  readonly read: (documents: readonly Doc[], self: Self) => Reading;
}

interface Asked {
  readonly built: Built;
  readonly memory: Memory;
  readonly turn: Turn;
  readonly step: Step;
}

const sampleSize = 200;
/** Every step is asked twice up to this one, then one in sixteen: impurity shows early or not at all. */
const alwaysTwice = 200;

export function contain(model: ManagerModel, options: ContainOptions): Contained {
  const sample = new Sample<Asked>(sampleSize);
  return {
    model: {
      ...model,
      build: (policy, guards, read) => new Containment(model, { policy, guards, read }, options, sample),
    },
    verify(fresh) {
      const rebuilt = new Map<Built, Containment>();
      for (const asked of sample.shuffled()) {
        const again =
          rebuilt.get(asked.built) ?? new Containment(fresh, asked.built, { ...options, twice: false });
        rebuilt.set(asked.built, again);
        again.mustRepeat(asked);
      }
      sample.clear();
    },
  };
}

class Containment implements Manager {
  readonly name: string;
  readonly about: string;
  readonly policy: Policy;
  readonly guards: readonly GuardSpec[];
  readonly watchesHealth?: true;
  private readonly inner: Manager;
  private steps = 0;
  private lastRead: Reading | null = null;

  constructor(
    model: ManagerModel,
    private readonly built: Built,
    private readonly options: ContainOptions,
    private readonly sample: Sample<Asked> | null = null,
  ) {
    this.name = model.name;
    this.about = model.about;
    const { policy, guards, read } = built;
    this.policy = policy;
    this.guards = guards;
    const context = this.context(null, () => "");
    this.inner = this.call(context, "build", () => model.build(policy, guards, read));
    if (this.inner?.watchesHealth === true) this.watchesHealth = true;
    const wrong = ["boot", "read", "step"].filter(
      (key) => typeof (this.inner as unknown as Record<string, unknown>)?.[key] !== "function",
    );
    if (wrong.length > 0) throw fault(context, "wrong-answer", `was built without ${wrong.join(", ")}`);
  }

  boot(durable: Json | null): Memory {
    const context = this.context(null, () => JSON.stringify({ boot: durable }));
    freezePlain(durable);
    const take = (): Memory =>
      this.memory(
        context,
        this.call(context, "boot", () => this.inner.boot(durable)),
      );
    const memory = take();
    if (this.options.twice) this.mustAgree(context, "memory", memory, take());
    return memory;
  }

  read(given: readonly Doc[], self: Self): Reading {
    const documents = plainDocuments(given);
    const context = this.context(self.manager, () => JSON.stringify({ documents, self }));
    freezePlain(documents);
    freezePlain(self);
    const take = (): Reading => this.call(context, "read", () => this.inner.read(documents, self));
    const reading = take();
    if (reading === this.lastRead) return reading;
    const notPlain = freezePlain(reading);
    const problems = notPlain === null ? shapeProblems(readingSchema, reading) : [notPlain];
    if (problems.length > 0) throw wrongAnswer(context, "reading", problems);
    if (this.options.twice) this.mustAgree(context, "reading", reading, take());
    this.lastRead = reading;
    return reading;
  }

  step(memory: Memory, turn: Turn): Step {
    const step = this.ask(memory, turn);
    const again = this.options.twice && (this.steps < alwaysTwice || this.steps % 16 === 0);
    if (again) this.mustAgree(this.asking(memory, turn), "step", step, this.ask(memory, turn));
    this.steps++;
    this.sample?.offer(() => ({ built: this.built, memory, turn, step }));
    return step;
  }

  /** Throws unless the answer is the one that was given in the run. */
  mustRepeat({ memory, turn, step }: Asked): void {
    const later = this.ask(memory, turn);
    this.mustAgree(this.asking(memory, turn), "step", step, later, "after other questions");
  }

  private ask(memory: Memory, turn: Turn): Step {
    freezePlain(memory);
    freezePlain(turn);
    const context = this.asking(memory, turn);
    const answer: unknown = this.call(context, "step", () => this.inner.step(memory, turn));
    const completed = completeStep(this.policy, memory, turn, answer);
    if ("problems" in completed) throw wrongAnswer(context, "step", completed.problems);
    return completed.step;
  }

  private memory(context: FaultContext, answer: Memory): Memory {
    const notPlain = freezePlain(answer);
    const problems = notPlain === null ? shapeProblems(memorySchema, answer) : [notPlain];
    if (problems.length > 0) throw wrongAnswer(context, "memory", problems);
    return answer;
  }

  private mustAgree(
    context: FaultContext,
    what: string,
    first: unknown,
    second: unknown,
    when = "at once",
  ): void {
    if (first === second || canonicalJson(first) === canonicalJson(second)) return;
    const path = firstDifference(first, second) ?? [];
    const text = (value: unknown): string => shorten(JSON.stringify(valueAt(value, path)) ?? "nothing", 120);
    throw fault(
      context,
      "impure",
      `answers the same question differently: asked again ${when}, ${pathText([what, ...path])} is ${text(second)} instead of ${text(first)}`,
      {
        expected:
          "the same answer to the same question: no clock, no randomness, nothing kept but the memory",
      },
    );
  }

  private call<T>(context: FaultContext, what: string, run: () => T): T {
    this.options.calls?.enter();
    try {
      return run();
    } catch (error) {
      if (error instanceof ManagerFault || error instanceof AssertionError) throw error;
      throw thrown(context, what, error);
    } finally {
      this.options.calls?.leave();
    }
  }

  private asking(memory: Memory, turn: Turn): FaultContext {
    return this.context(turn.self.manager, () => JSON.stringify({ memory, turn }));
  }

  private context(manager: string | null, request: () => string): FaultContext {
    return { label: this.options.label, manager, request };
  }
}

const writesToFrozen = /read only property|not extensible|Cannot delete property|Cannot define property/;

/** What a manager throws is its own mistake; the commonest one, writing into its input, has a name. */
function thrown(context: FaultContext, what: string, error: unknown): ManagerFault {
  const place = placeOf(context.label, error);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof TypeError && writesToFrozen.test(error.message)) {
    const expected = "inputs, and memory that was handed back, stay as they are; return new values";
    const said = `changed what it was given in ${what} (${error.message})`;
    return fault(context, "mutates-input", said, { ...place, expected }, error);
  }
  const expected = "an answer to every question; what it cannot decide belongs in `waitingOn`";
  return fault(context, "threw", `threw in ${what}: ${message}`, { ...place, expected }, error);
}

/** Line and column inside the user's own file, from the topmost frame that is in it. */
function placeOf(label: string, error: unknown): { line: number; column: number } | Record<string, never> {
  const file = label.split(/[\\/]/).at(-1)!;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const frame of stack.split("\n")) {
    const at = frame.lastIndexOf(`${file}:`);
    const found = at < 0 ? null : /^(\d+):(\d+)/.exec(frame.slice(at + file.length + 1));
    if (found !== null) return { line: Number(found[1]), column: Number(found[2]) };
  }
  return {};
}
